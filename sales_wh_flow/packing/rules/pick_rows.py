"""Which picked rows a scan packs, and how much of each."""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_less, is_positive, rounded


@dataclass(frozen=True, slots=True)
class PickedRow:
	"""A row of a submitted Pick List that serves an order. ``packed_stock``: in boxes that have not left.
	``weight_kg``, ``sides_cm`` (shortest first): of one stock unit, 0 where nobody entered it.
	"""

	name: str
	pick_list: str
	sales_order: str
	sales_order_item: str
	packed_item: str | None
	item_code: str
	item_name: str
	stock_uom: str
	company: str
	warehouse: str
	customer: str
	customer_name: str
	ship_to: str | None
	batch_no: str | None = None
	serial_nos: tuple[str, ...] = ()
	has_batch: bool = False
	has_serial: bool = False
	picked_stock: float = 0.0
	delivered_stock: float = 0.0
	packed_stock: float = 0.0
	weight_kg: float = 0.0
	sides_cm: tuple[float, ...] = (0.0, 0.0, 0.0)

	@property
	def left_stock(self) -> float:
		"""What was picked, has not left and is in no box."""
		return max(rounded(self.picked_stock - self.delivered_stock - self.packed_stock), 0.0)


@dataclass(frozen=True, slots=True)
class Wanted:
	"""What somebody put in: an item, of a batch or with a serial number, so much in stock units."""

	item_code: str
	qty_stock: float = 1.0
	batch_no: str | None = None
	serial_no: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
	"""So much of a picked row goes into the box."""

	row: PickedRow
	qty_stock: float
	batch_no: str | None = None
	serial_no: str | None = None


def rows_for(
	rows: Sequence[PickedRow], wanted: Wanted, *, bad: Set[str] = frozenset()
) -> tuple[PickedRow, ...]:
	"""Those of the rows that what was put in can be from, in their order.

	Raises: RuleViolation for an item that was not picked, one that needs its batch or serial number, a serial
	number or batch that was not picked, one that is bad, and no quantity.
	"""
	found = [row for row in rows if row.item_code == wanted.item_code]
	if not found:
		raise RuleViolation("not_picked", item=wanted.item_code)
	if not is_positive(wanted.qty_stock):
		raise RuleViolation("pack_no_quantity", item=wanted.item_code)
	if found[0].has_serial:
		if wanted.serial_no in bad:
			raise RuleViolation("lot_is_bad", item=wanted.item_code, lot=wanted.serial_no)
		return _with_serial(found, wanted)
	if found[0].has_batch:
		return _with_batch(found, wanted, bad)
	return tuple(found)


def _with_serial(rows: list[PickedRow], wanted: Wanted) -> tuple[PickedRow, ...]:
	if not wanted.serial_no:
		raise RuleViolation("scan_the_serial", item=wanted.item_code)
	if is_less(1, wanted.qty_stock) or is_less(wanted.qty_stock, 1):
		raise RuleViolation("serial_is_one", serial=wanted.serial_no)
	found = tuple(row for row in rows if wanted.serial_no in row.serial_nos)
	found = found or tuple(row for row in rows if not row.serial_nos)
	if not found:
		raise RuleViolation("serial_not_picked", item=wanted.item_code, serial=wanted.serial_no)
	return found


def _with_batch(rows: list[PickedRow], wanted: Wanted, bad: Set[str]) -> tuple[PickedRow, ...]:
	batch_no = wanted.batch_no
	if not batch_no:
		left = {row.batch_no for row in rows if is_positive(row.left_stock)} or {row.batch_no for row in rows}
		if len(left) > 1 or None in left:
			raise RuleViolation("scan_the_batch", item=wanted.item_code)
		batch_no = left.pop()
	if batch_no in bad:
		raise RuleViolation("lot_is_bad", item=wanted.item_code, lot=batch_no)
	found = tuple(row for row in rows if row.batch_no in (batch_no, None))
	if not found:
		raise RuleViolation("batch_not_picked", item=wanted.item_code, batch=batch_no)
	return found


def draw_from_rows(rows: Sequence[PickedRow], left: dict[str, float], wanted: Wanted) -> tuple[Part, ...]:
	"""How much goes in from each row. ``left``: what can still be packed of them.

	Raises: RuleViolation where the rows have less than was put in, saying how much there is.
	"""
	parts, open_stock = [], wanted.qty_stock
	for row in rows:
		qty = min(left.get(row.name, 0.0), open_stock)
		if is_positive(qty):
			batch_no = row.batch_no or (wanted.batch_no if row.has_batch else None)
			parts.append(Part(row, rounded(qty), batch_no, wanted.serial_no if row.has_serial else None))
			open_stock = rounded(open_stock - qty)
	if is_positive(open_stock):
		there = rounded(wanted.qty_stock - open_stock)
		if not is_positive(there):
			raise RuleViolation("packed_already", item=wanted.item_code)
		raise RuleViolation("more_than_picked", item=wanted.item_code, qty=wanted.qty_stock, left=there)
	return tuple(parts)
