"""What a warehouse has to do: which line is late, which is for today, which waits."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sales_wh_flow.base.quantities import is_positive, rounded

LATE, TODAY, LATER, WAITING = "late", "today", "later", "waiting"
LISTED, PICKED, TRANSFER = "listed", "picked", "transfer"
HELD, TO_COUNT = "held", "count"
KINDS = (LATE, TODAY, LATER, TRANSFER, LISTED, PICKED, HELD, TO_COUNT, WAITING)
"""Late, for today and for later: locked and on no Pick List yet. Transfer: the same, but it goes to another
warehouse first. Listed: on a draft one. Picked: on a submitted one, not dispatched. Held: nothing may be
picked before a change of the order is approved. Count: not found at its place, and nobody has counted there
since. Waiting: nothing is locked for it. A line may have a share in several.
"""


@dataclass(frozen=True, slots=True)
class OpenLine:
	"""A line of an order that has not left its warehouse. ``ships_on``: the day on which it has to leave.

	``locked_stock`` includes what is on Pick Lists: ``drafted_stock`` on drafts, ``picked_stock`` on
	submitted ones that are not dispatched. ``missing_stock`` was not found, and nobody has counted since.
	``is_held``: a change of the order waits for approval.
	"""

	order: str
	row: str
	warehouse: str
	ships_on: date
	open_stock: float
	locked_stock: float = 0.0
	drafted_stock: float = 0.0
	picked_stock: float = 0.0
	is_brought_away: bool = False
	is_held: bool = False
	missing_stock: float = 0.0

	@property
	def unlisted_stock(self) -> float:
		"""Locked and on no Pick List."""
		return max(rounded(self.locked_stock - self.drafted_stock - self.picked_stock), 0.0)

	@property
	def to_pick_stock(self) -> float:
		"""What may go on a Pick List now."""
		return 0.0 if self.is_held else max(rounded(self.unlisted_stock - self.missing_stock), 0.0)


@dataclass(frozen=True, slots=True)
class Warehouse:
	"""A warehouse's day. ``cut_off``: what is for today has to be picked by then, None = by midnight.

	``lines_per_day``: how many lines it can pick, 0 = nobody said.
	"""

	name: str
	cut_off: time | None = None
	lines_per_day: int = 0


@dataclass(frozen=True, slots=True)
class Work:
	"""A warehouse's numbers: lines of each kind, and how much of the day's capacity is taken."""

	warehouse: str
	lines: dict[str, int] = field(default_factory=dict)
	orders: int = 0
	used_pct: float | None = None
	minutes_left: int | None = None


def kinds(line: OpenLine, today: date) -> dict[str, float]:
	"""{kind: how much of the line}, in stock UOM; kinds without any are left out."""
	when = LATE if line.ships_on < today else TODAY if line.ships_on == today else LATER
	if line.is_brought_away:
		when = TRANSFER
	unlocked = max(rounded(line.open_stock - line.locked_stock), 0.0)
	shares = {
		when: line.to_pick_stock,
		LISTED: line.drafted_stock,
		PICKED: line.picked_stock,
		HELD: rounded(line.unlisted_stock + unlocked) if line.is_held else 0.0,
		TO_COUNT: 0.0 if line.is_held else min(line.missing_stock, line.unlisted_stock),
		WAITING: 0.0 if line.is_held else unlocked,
	}
	return {kind: rounded(qty) for kind, qty in shares.items() if qty and is_positive(qty)}


def of_warehouse(warehouse: Warehouse, lines: Iterable[OpenLine], now: datetime) -> Work:
	"""The numbers of one warehouse, from its lines.

	Capacity counts what has to be picked today: what is late, for today, and on draft Pick Lists.
	"""
	counts = dict.fromkeys(KINDS, 0)
	orders, to_do = set(), set()
	for line in lines:
		for kind in kinds(line, now.date()):
			counts[kind] += 1
			if kind in (LATE, TODAY, LISTED):
				to_do.add(line.row)
		orders.add(line.order)
	used = None
	if warehouse.lines_per_day > 0:
		used = round(100 * len(to_do) / warehouse.lines_per_day, 1)
	return Work(warehouse.name, counts, len(orders), used, _minutes_left(warehouse, now))


def _minutes_left(warehouse: Warehouse, now: datetime) -> int | None:
	"""Until the cut-off of today, below zero when it has passed; None without one."""
	if warehouse.cut_off is None:
		return None
	left = datetime.combine(now.date(), warehouse.cut_off) - now
	return int(left / timedelta(minutes=1))
