"""What leaves is taken out of locks: by the batches and serial numbers that leave, else oldest first.

Whoever picks may take another batch or serial number than the one that is locked. The lock follows to what
leaves: what it held instead is free for others.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.quantities import is_less, is_positive, rounded


@dataclass(frozen=True, slots=True)
class Leaving:
	"""A quantity of a component that leaves; ``lots``: (batch or serial number, quantity) it names."""

	what: tuple[Any, ...]
	qty_stock: float
	lots: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Holding:
	"""What a lock has of a component; ``lots``: (row, batch or serial number, quantity) of its entry."""

	lock: str
	what: tuple[Any, ...]
	qty_stock: float
	lots: tuple[tuple[str, str, float], ...] = ()


def take_from_locks(
	leaving: Iterable[Leaving], holding: Sequence[Holding]
) -> tuple[dict[str, float], dict[str, float]]:
	"""How much each lock gives: ({lock: quantity}, {row of a batch or serial number: quantity}).

	Locks that hold what is named come first, then the oldest; ``holding`` is in that order. What no lock
	covers is not in the answer.
	"""
	wanted: dict[tuple[Any, ...], float] = defaultdict(float)
	named: dict[tuple[Any, ...], float] = defaultdict(float)
	for it in leaving:
		wanted[it.what] += it.qty_stock
		for lot, qty in it.lots:
			named[it.what, lot] += qty
	taken: dict[str, float] = defaultdict(float)
	moved: dict[str, float] = defaultdict(float)
	for by_name in (True, False):
		for held in holding:
			for row, lot, there in held.lots or (("", "", held.qty_stock),):
				left = min(there - moved[row] if row else there, held.qty_stock - taken[held.lock])
				qty = rounded(min(left, wanted[held.what], named[held.what, lot] if by_name else left))
				if is_positive(qty):
					wanted[held.what] -= qty
					named[held.what, lot] -= qty
					taken[held.lock] = rounded(taken[held.lock] + qty)
					if row:
						moved[row] = rounded(moved[row] + qty)
	return (
		{name: qty for name, qty in taken.items() if qty},
		{row: qty for row, qty in moved.items() if qty},
	)


@dataclass(frozen=True, slots=True)
class Swap:
	"""One row of a lock gives ``qty_stock`` of what it holds and holds ``lot`` instead. ``is_whole``: it has
	nothing else, now or before.
	"""

	row: str
	lock: str
	old: str
	lot: str
	qty_stock: float
	is_whole: bool


LotKey = tuple[BinKey, str]
"""((item, warehouse), batch or serial number)"""


def swaps(
	leaving: Iterable[Leaving], holding: Sequence[Holding], whole: Mapping[str, float]
) -> tuple[Swap, ...]:
	"""What the locks of each row must hold instead, so that they hold what leaves.

	``whole``: {row of a lock: all it ever held}; a row of which a part was delivered keeps that.
	"""
	found: list[Swap] = []
	for what, lots in _named(leaving).items():
		rows = [(held.lock, *row) for held in holding if held.what == what for row in held.lots]
		own = _sums((lot, qty) for _lock, _row, lot, qty in rows)
		wanted = [(lot, rounded(qty - own.get(lot, 0.0))) for lot, qty in lots.items()]
		wanted = [(lot, qty) for lot, qty in wanted if is_positive(qty)]
		spare = {lot: rounded(qty - lots.get(lot, 0.0)) for lot, qty in own.items()}
		for lock, row, old, there in reversed(rows):
			left = rounded(min(there, max(spare[old], 0.0)))
			spare[old] = rounded(spare[old] - left)
			while wanted and is_positive(left):
				lot, qty = wanted.pop()
				part = min(qty, left)
				is_whole = not is_less(part, whole[row])
				found.append(Swap(row, lock, old, lot, rounded(part), is_whole))
				left = rounded(left - part)
				if is_less(part, qty):
					wanted.append((lot, rounded(qty - part)))
	return tuple(found)


def not_free(
	swaps: Iterable[Swap], places: Mapping[str, BinKey], free: Mapping[LotKey, float]
) -> list[LotKey]:
	"""What the locks would have to hold and is not free for them; what one lock gives another may take.

	``places``: the Bin of each lock.
	"""
	asked: dict[LotKey, float] = defaultdict(float)
	for swap in swaps:
		asked[places[swap.lock], swap.lot] += swap.qty_stock
		asked[places[swap.lock], swap.old] -= swap.qty_stock
	return sorted(key for key, qty in asked.items() if is_positive(qty - free.get(key, 0.0)))


def _named(leaving: Iterable[Leaving]) -> dict[tuple[Any, ...], dict[str, float]]:
	named: dict[tuple[Any, ...], dict[str, float]] = defaultdict(lambda: defaultdict(float))
	for it in leaving:
		for lot, qty in it.lots:
			named[it.what][lot] += qty
	return named


def _sums(pairs: Iterable[tuple[str, float]]) -> dict[str, float]:
	totals: dict[str, float] = defaultdict(float)
	for key, qty in pairs:
		totals[key] += qty
	return totals
