"""What a stretch of events amounts to: per order, line, approval and warehouse, and in total."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from math import fsum

from sales_wh_flow.approval.rules.needs import SUPERSEDED
from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.order.rules.status import COLOURS
from sales_wh_flow.returns.rules.facts import REPLACE
from sales_wh_flow_demo import events as ev
from sales_wh_flow_demo.figure_rows import ApprovalFigures, Day, LineFigures, Parcels


@dataclass(slots=True)
class Figures:
	written: dict[str, ev.OrderWritten] = field(default_factory=dict)
	total: dict[str, float] = field(default_factory=dict)
	status: dict[str, str] = field(default_factory=dict)
	lines: dict[tuple[str, str], LineFigures] = field(default_factory=dict)
	approvals: dict[str, ApprovalFigures] = field(default_factory=dict)
	days: dict[date, Day] = field(default_factory=dict)
	pick_lists: int = 0
	delivery_notes: int = 0
	purchases: int = 0
	owed: Counter[tuple[str, str]] = field(default_factory=Counter)
	"""(rule, role) -> approvals that would be asked of it, where nobody decides."""
	served: set[str] = field(default_factory=set)
	sent_from: Counter[int] = field(default_factory=Counter)
	"""parcels of an order as it was planned -> orders."""
	parcels: Parcels = field(default_factory=lambda: Parcels())
	boxes: Counter[str] = field(default_factory=Counter)
	"""kind of box -> how many were packed."""
	refused: int = 0
	returns: Counter[tuple[str, str]] = field(default_factory=Counter)
	"""(decision, remedy) -> order lines of which something came back."""

	def from_at_most(self, warehouses: int) -> float:
		"""The share of orders that leave from so many warehouses, of those of which something leaves."""
		sent = self.sent_from.total() - self.sent_from[0]
		few = sum(count for places, count in self.sent_from.items() if 0 < places <= warehouses)
		return few / sent if sent else 1.0

	def short_share(self) -> float:
		"""Of the lines as they were ordered, how many were not all there."""
		return self.parcels.short / self.parcels.lines if self.parcels.lines else 0.0

	def parcels_of_least(self) -> float | None:
		"""Parcels beside the fewest that the same goods need; None where nothing was compared."""
		return self.parcels.compared / self.parcels.least if self.parcels.least else None

	@property
	def is_taxed(self) -> bool:
		"""Whether totals have tax in them."""
		return any(event.is_taxed for event in self.written.values())

	def by_status(self) -> list[tuple[str, int]]:
		"""Orders in each status that occurs, in the order of an order's life."""
		counted = Counter(self.status.values())
		return [(status, counted[status]) for status in COLOURS if counted[status]]

	def open_lines(self) -> list[LineFigures]:
		return [line for line in self.lines.values() if not line.is_cancelled]

	def fill_at_submit(self) -> float:
		"""The mean over submitted lines of the share locked at submit; 1 without lines."""
		return _mean(line.fill_at_submit for line in self.open_lines())

	def fill_now(self) -> float:
		"""The mean over submitted lines of the share that is locked or delivered; 1 without lines."""
		return _mean(line.fill_now for line in self.open_lines())

	def fill_by_warehouse(self) -> list[tuple[str, float, int]]:
		"""(warehouse, fill at submit, lines), by warehouse name."""
		by_warehouse: dict[str, list[float]] = {}
		for line in self.open_lines():
			by_warehouse.setdefault(line.warehouse, []).append(line.fill_at_submit)
		return [(name, _mean(fills), len(fills)) for name, fills in sorted(by_warehouse.items())]

	def routed_by_warehouse(self) -> dict[str, tuple[int, float]]:
		"""warehouse -> (lines, stock units) sent there."""
		routed: dict[str, tuple[int, float]] = {}
		for line in self.open_lines():
			count, qty = routed.get(line.warehouse, (0, 0.0))
			routed[line.warehouse] = (count + 1, rounded(qty + line.ordered))
		return routed

	def waiting_by_item(self) -> list[tuple[str, float, str, int]]:
		"""(item, quantity, uom, lines) of waiting demand; where most lines wait first, then most units."""
		waiting: dict[str, tuple[float, str, int]] = {}
		for line in self.open_lines():
			if is_positive(line.waiting):
				qty, _uom, count = waiting.get(line.item, (0.0, "", 0))
				waiting[line.item] = (rounded(qty + line.waiting), line.uom, count + 1)
		rows = [(item, *figures) for item, figures in waiting.items()]
		return sorted(rows, key=lambda row: (-row[3], -row[1], row[0]))

	def approvals_by_rule(self) -> list[tuple[str, Counter]]:
		"""(rule, how many in each state), by rule name."""
		by_rule: dict[str, Counter] = {}
		for asked in self.approvals.values():
			by_rule.setdefault(asked.rule, Counter())[asked.state] += 1
		return sorted(by_rule.items())

	def decided(self, state: str) -> int:
		return sum(asked.state == state for asked in self.approvals.values())


def fold(events: Iterable[ev.Event]) -> Figures:
	"""The figures after all these events, which must come in the order in which they happened."""
	figures = Figures()
	for event in events:
		count(figures, event)
	return figures


def count(figures: Figures, event: ev.Event) -> None:
	"""Adds one event, the next that happened."""
	add = _counts.get(type(event))
	if add:
		add(figures, event)


def _mean(values: Iterable[float]) -> float:
	values = list(values)
	return fsum(values) / len(values) if values else 1.0


def _day(figures: Figures, day: date) -> Day:
	return figures.days.setdefault(day, Day())


def _written(figures: Figures, event: ev.OrderWritten) -> None:
	figures.written[event.order] = event
	figures.total[event.order] = event.total
	_day(figures, event.day).written += 1


def _revised(figures: Figures, event: ev.OrderRevised) -> None:
	figures.total[event.order] = event.total


def _planned(figures: Figures, event: ev.ParcelsPlanned) -> None:
	figures.sent_from[event.parcels] += 1
	figures.parcels.lines += event.lines
	figures.parcels.short += event.short
	if event.least is not None:
		figures.parcels.compared += event.parcels
		figures.parcels.least += event.least


def _asked(figures: Figures, event: ev.ApprovalAsked) -> None:
	figures.approvals[event.approval] = ApprovalFigures(event.order, event.rule, event.role)


def _owed(figures: Figures, event: ev.ApprovalOwed) -> None:
	figures.owed[event.rule, event.role] += 1


def _decided(figures: Figures, event: ev.ApprovalDecided) -> None:
	asked = figures.approvals[event.approval]
	asked.state, asked.decided_by = event.state, event.actor


def _set_aside(figures: Figures, event: ev.ApprovalSetAside) -> None:
	figures.approvals[event.approval].state = SUPERSEDED


def _submitted(figures: Figures, event: ev.OrderSubmitted) -> None:
	for row in event.rows:
		figures.lines[event.order, row.row] = LineFigures(
			event.order, row.item, row.warehouse, row.uom, row.qty
		)


def _locked(figures: Figures, event: ev.StockLocked) -> None:
	for row in event.rows:
		line = figures.lines[event.order, row.row]
		line.locked = rounded(line.locked + row.qty)
		if not event.cause:
			line.locked_at_submit = rounded(line.locked_at_submit + row.qty)
	if event.cause:
		figures.served.add(event.order)


def _expired(figures: Figures, event: ev.BatchExpired) -> None:
	for rows, sign in ((event.rows, -1), (event.instead, 1)):
		for row in rows:
			line = figures.lines[event.order, row.row]
			line.locked = rounded(line.locked + sign * row.qty)


def _picked(figures: Figures, event: ev.PickListMade) -> None:
	figures.pick_lists += 1


def _dispatched(figures: Figures, event: ev.GoodsDispatched) -> None:
	figures.delivery_notes += 1
	_day(figures, event.day).dispatched += 1
	for row in event.rows:
		line = figures.lines[event.order, row.row]
		line.locked = rounded(line.locked - row.qty)
		line.delivered = rounded(line.delivered + row.qty)


def _boxed(figures: Figures, event: ev.BoxesPacked) -> None:
	figures.boxes.update(event.boxes)


def _refused(figures: Figures, event: ev.GoodsRefused) -> None:
	figures.refused += 1


def _returned(figures: Figures, event: ev.GoodsReturned) -> None:
	figures.returns[event.decision, event.remedy] += len({row.row for row in event.rows})
	for row in event.rows if event.remedy == REPLACE else ():  # it is demand of the same order again
		line = figures.lines[event.order, row.row]
		line.ordered = rounded(line.ordered + row.qty)


def _closed_short(figures: Figures, event: ev.LineClosedShort) -> None:
	for row in event.rows:
		line = figures.lines[event.order, row.row]
		line.ordered = rounded(line.ordered - row.qty)


def _cancelled(figures: Figures, event: ev.OrderCancelled) -> None:
	for (order, _row), line in figures.lines.items():
		if order == event.order:
			line.is_cancelled, line.locked = True, 0.0


def _received(figures: Figures, event: ev.GoodsReceived) -> None:
	figures.purchases += 1


def _reached(figures: Figures, event: ev.StatusReached) -> None:
	figures.status[event.order] = event.status


_counts = {
	ev.OrderWritten: _written,
	ev.OrderRevised: _revised,
	ev.ParcelsPlanned: _planned,
	ev.ApprovalAsked: _asked,
	ev.ApprovalOwed: _owed,
	ev.ApprovalDecided: _decided,
	ev.ApprovalSetAside: _set_aside,
	ev.OrderSubmitted: _submitted,
	ev.StockLocked: _locked,
	ev.BatchExpired: _expired,
	ev.PickListMade: _picked,
	ev.BoxesPacked: _boxed,
	ev.GoodsDispatched: _dispatched,
	ev.GoodsRefused: _refused,
	ev.GoodsReturned: _returned,
	ev.LineClosedShort: _closed_short,
	ev.OrderCancelled: _cancelled,
	ev.GoodsReceived: _received,
	ev.StatusReached: _reached,
}
