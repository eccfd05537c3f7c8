"""An order's lines as its customer ordered them: what was split over warehouses is one line again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sales_wh_flow.base.quantities import rounded


@dataclass(frozen=True, slots=True)
class ConfirmedLine:
	"""``days``: (when it is promised or None, how much of it), the earliest first. Unit: as ordered."""

	first_row: int
	item_code: str
	uom: str
	rate: float
	qty: float
	amount: float
	days: tuple[tuple[date | None, float], ...]


@dataclass(frozen=True, slots=True)
class OrderedPart:
	"""A row of the order. ``sort``: what else has to be the same for rows to be one line to the customer."""

	row: int
	item_code: str
	uom: str
	rate: float
	sort: str
	qty: float
	amount: float
	day: date | None


def join_parts(parts: Iterable[OrderedPart]) -> tuple[ConfirmedLine, ...]:
	"""Rows of one item, unit, price and text are one line, where the first of them stands."""
	groups: dict[tuple[str, str, float, str], list[OrderedPart]] = {}
	for part in parts:
		groups.setdefault((part.item_code, part.uom, part.rate, part.sort), []).append(part)
	return tuple(_joined(group) for group in groups.values())


def _joined(group: list[OrderedPart]) -> ConfirmedLine:
	days: dict[date | None, float] = {}
	for part in group:
		days[part.day] = rounded(days.get(part.day, 0.0) + part.qty)
	first = group[0]
	return ConfirmedLine(
		first.row,
		first.item_code,
		first.uom,
		first.rate,
		rounded(sum(part.qty for part in group)),
		sum(part.amount for part in group),
		tuple(sorted(days.items(), key=lambda it: (it[0] is None, it[0] or date.max))),
	)
