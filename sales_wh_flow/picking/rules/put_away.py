"""What lies in a picker's crate, or in a box, and is picked for nobody any more."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sales_wh_flow.base.quantities import is_positive, rounded

OPEN, PUT_BACK, USED, NOT_THERE = "Open", "Put Back", "Used", "Not There"
STATES = (OPEN, PUT_BACK, USED, NOT_THERE)
"""Of a task: to be done; back on its shelf; taken for another order; none of it was there."""


@dataclass(frozen=True, slots=True)
class TakenRow:
	"""A row of a Pick List. Quantities in stock UOM; ``taken_stock``, ``taken_serials``: off the shelf."""

	name: str
	item_code: str
	warehouse: str
	batch_no: str
	asked_stock: float
	asked_serials: tuple[str, ...]
	taken_stock: float
	taken_serials: tuple[str, ...]
	sales_order: str
	stands_in: str


@dataclass(frozen=True, slots=True)
class Leftover:
	"""Goods to put back. ``qty_stock`` in stock UOM."""

	row: TakenRow
	qty_stock: float
	serial_nos: tuple[str, ...] = ()


def came_off(before: Iterable[TakenRow], after: Sequence[TakenRow] = ()) -> tuple[Leftover, ...]:
	"""What was taken off the shelf for rows that are gone, are smaller, or ask for something else now.

	A row that was made anew for the same order and goods, as ERPNext does with lists that it fills itself,
	stands for the one before.
	"""
	known = list(before)
	names = {row.name for row in known}
	now = {row.name: row for row in after}
	anew = {_of(row): row for row in after if row.name not in names}
	found = (_left_of(row, now.get(row.name) or anew.get(_of(row))) for row in known)
	return tuple(one for one in found if is_positive(one.qty_stock))


def _of(row: TakenRow) -> tuple[str, str, str, str]:
	return (row.sales_order, row.item_code, row.warehouse, row.batch_no)


def _left_of(row: TakenRow, now: TakenRow | None) -> Leftover:
	if now is None or not _is_same(row, now):
		return Leftover(row, row.taken_stock, row.taken_serials)
	if row.taken_serials:
		left = tuple(serial for serial in row.taken_serials if serial not in now.asked_serials)
		return Leftover(row, float(len(left)), left)
	return Leftover(row, max(rounded(row.taken_stock - now.asked_stock), 0.0))


def _is_same(row: TakenRow, now: TakenRow) -> bool:
	return (row.item_code, row.warehouse, row.batch_no) == (now.item_code, now.warehouse, now.batch_no)


def is_no_count(qty_stock: float, asked_stock: float) -> bool:
	"""Whether nobody can have put so much back: less than nothing, or more than was taken."""
	return is_positive(-qty_stock) or is_positive(rounded(qty_stock - asked_stock))
