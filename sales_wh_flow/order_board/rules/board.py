"""Orders in columns by stage, in each the warehouses, the latest first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sales_wh_flow.order.rules import stages
from sales_wh_flow.order.rules.lateness import AT_RISK, LATE, ON_TIME

COLUMNS = tuple(name for name in stages.STAGES if name != stages.ENDED.name)
"""The stages that the board shows, in the order of an order's life."""

_WORST_FIRST = {LATE: 0, AT_RISK: 1, ON_TIME: 2, "": 3}


@dataclass(frozen=True, slots=True)
class BoardOrder:
	"""One order. ``warehouse``: "" where its goods come from several. ``promised``: or asked for."""

	name: str
	stage: str
	warehouse: str
	currency: str
	value: float
	lateness: str = ""
	promised: date | None = None


@dataclass(frozen=True, slots=True)
class BoardFigures:
	"""How many, of which late and at risk, and their value by currency."""

	orders: int
	late: int
	at_risk: int
	value: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Column:
	"""A stage with its figures, those of each warehouse, and the names of the orders to show."""

	stage: str
	figures: BoardFigures
	warehouses: Mapping[str, BoardFigures]
	shown: tuple[str, ...]


def arrange(orders: Iterable[BoardOrder], most: int) -> tuple[tuple[Column, ...], BoardFigures]:
	"""Every column, empty ones too, and all of them together. ``most``: orders shown in each."""
	members: dict[str, list[BoardOrder]] = {stage: [] for stage in COLUMNS}
	for order in orders:
		if order.stage in members:
			members[order.stage].append(order)
	columns = tuple(_column(stage, found, most) for stage, found in members.items())
	return columns, _count([order for found in members.values() for order in found])


def _column(stage: str, members: list[BoardOrder], most: int) -> Column:
	there: dict[str, list[BoardOrder]] = defaultdict(list)
	for order in members:
		there[order.warehouse].append(order)
	return Column(
		stage,
		_count(members),
		{warehouse: _count(there[warehouse]) for warehouse in sorted(there)},
		tuple(order.name for order in sorted(members, key=_urgency)[:most]),
	)


def _count(orders: list[BoardOrder]) -> BoardFigures:
	value: dict[str, float] = defaultdict(float)
	for order in orders:
		value[order.currency] += order.value
	return BoardFigures(
		len(orders),
		sum(order.lateness == LATE for order in orders),
		sum(order.lateness == AT_RISK for order in orders),
		dict(value),
	)


def _urgency(order: BoardOrder) -> tuple:
	return (_WORST_FIRST.get(order.lateness, 3), order.promised or date.max, order.name)
