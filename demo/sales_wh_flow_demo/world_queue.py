"""The queue of a company in memory: lines that wait for stock, each in its turn."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from heapq import heapify, heappop, heappush

from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.quantities import is_less, is_positive
from sales_wh_flow.stock_lock.rules import allocation
from sales_wh_flow.stock_lock.rules.facts import WaitingLine
from sales_wh_flow_demo.world_state import Line, OrderState

Entry = tuple[tuple, OrderState, Line]
"""Sorted by its first member, the line's turn."""


class Waiting:
	"""Lines that wait, by Bin and by the least they can take, each in its turn.

	A shortage that lasts fills it with lines for which nothing comes; whoever is served is found without
	looking at the others.
	"""

	def __init__(self) -> None:
		self._queues: dict[BinKey, dict[float, list[Entry]]] = {}
		self._bins: dict[str, set[BinKey]] = {}
		self._places: dict[str, tuple[BinKey, float, tuple]] = {}

	def update(self, state: OrderState, lines: Iterable[Line]) -> None:
		for line in lines:
			self._leave(line)
			if is_positive(line.waiting):
				self._enter(state, line)

	def bins(self, items: Collection[str]) -> list[BinKey]:
		"""The Bins in which somebody waits for one of these items."""
		return sorted(
			key for item in items for key in self._bins.get(item, ()) if any(self._queues[key].values())
		)

	def in_turn(self, free: Mapping[BinKey, float]) -> Iterator[OrderState]:
		"""Whose line is next of those that can take some of ``free``, which the caller keeps up to date."""
		heads: list[tuple[tuple, BinKey, float]] = []
		for key, qty in free.items():
			for least, queue in self._queues.get(key, {}).items():
				if queue and is_positive(qty) and not is_less(qty, least):
					heads.append((queue[0][0], key, least))
		heapify(heads)
		while heads:
			turn, key, least = heappop(heads)
			if not is_positive(free[key]) or is_less(free[key], least):
				continue
			queue = self._queues[key][least]
			place = bisect_left(queue, turn, key=_turn)
			if place < len(queue) and queue[place][0] == turn:
				yield queue[place][1]
				queue = self._queues[key][least]
			place = bisect_right(queue, turn, key=_turn)
			if place < len(queue):
				heappush(heads, (queue[place][0], key, least))

	def _enter(self, state: OrderState, line: Line) -> None:
		least = _least(line)
		turn = allocation.turn(_waiting_line(state, line))
		self._places[line.row] = (line.bin_key, least, turn)
		self._bins.setdefault(line.item.code, set()).add(line.bin_key)
		queue = self._queues.setdefault(line.bin_key, {}).setdefault(least, [])
		insort(queue, (turn, state, line), key=_turn)

	def _leave(self, line: Line) -> None:
		place = self._places.pop(line.row, None)
		if place:
			key, least, turn = place
			queue = self._queues[key][least]
			del queue[bisect_left(queue, turn, key=_turn)]


def _turn(entry: Entry) -> tuple:
	return entry[0]


def _least(line: Line) -> float:
	"""The smallest quantity of which the line can be given something."""
	return min(line.waiting, line.step or (1.0 if line.item.is_whole_number else 0.0))


def _waiting_line(state: OrderState, line: Line) -> WaitingLine:
	return WaitingLine(
		order=state.order.name,
		row=line.row,
		item_code=line.item.code,
		warehouse=line.warehouse,
		qty_stock=line.waiting,
		due=datetime.combine(state.order.due, time()),
		since=datetime.combine(state.submitted_on or date.min, time()),
		is_whole_number=line.item.is_whole_number,
	)
