"""What deliveries take out of the locks of the rows they serve, and of each batch and serial number in them.

A row is an order line, or a component of its bundle (a Packed Item of the order). Callers hold the orders and
Bins.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import frappe
from frappe.utils import flt, now

from sales_wh_flow.base import bulk
from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.compat import open_qty_sql
from sales_wh_flow.base.quantities import is_less, is_positive
from sales_wh_flow.base.serial_nos import typed_lots
from sales_wh_flow.stock_lock.rules.lots import Swap

DOCTYPE = "Stock Reservation Entry"


@dataclass(frozen=True, slots=True)
class RowLock:
	"""A lock of an order line or of a component. ``line``: the order line itself, or that of its bundle;
	``row``: what the lock names. Quantities in stock UOM.
	"""

	name: str
	line: str
	item_code: str
	warehouse: str
	reserved_stock: float
	delivered_stock: float
	wanted_stock: float
	order: str
	row: str

	@property
	def what(self) -> tuple[str, str, str]:
		return (self.line, self.item_code, self.warehouse)

	@property
	def key(self) -> BinKey:
		return (self.item_code, self.warehouse)

	@property
	def open_stock(self) -> float:
		return self.reserved_stock - self.delivered_stock


@dataclass(frozen=True, slots=True)
class LotRow:
	"""A batch or serial number of a lock, as a row of its entry."""

	row: str
	lock: str
	lot: str
	qty_stock: float
	delivered_stock: float

	@property
	def open_stock(self) -> float:
		return self.qty_stock - self.delivered_stock


def locks_of_lines(lines: Iterable[str]) -> list[RowLock]:
	"""The locks of these order lines and of their components, delivered ones among them, oldest first; one
	locking read, none for no line.
	"""
	names = tuple(sorted(set(lines)))
	if not names:
		return []
	columns = _COLUMNS.format(open_qty=open_qty_sql("sre"))
	rows = frappe.db.sql(
		f"""(select sre.name, sre.voucher_detail_no, {columns} from `tab{DOCTYPE}` sre
			where sre.voucher_detail_no in %(lines)s and sre.voucher_type = 'Sales Order'
				and sre.docstatus = 1 lock in share mode)
		union all
		(select sre.name, packed.parent_detail_docname, {columns} from `tabPacked Item` packed
			straight_join `tab{DOCTYPE}` sre on sre.voucher_detail_no = packed.name
				and sre.voucher_type = 'Sales Order' and sre.voucher_no = packed.parent and sre.docstatus = 1
			where packed.parent_detail_docname in %(lines)s and packed.parenttype = 'Sales Order'
			lock in share mode)
		order by creation, name""",
		{"lines": names},
	)
	return [RowLock(*row[:-1]) for row in rows]


_COLUMNS = """sre.item_code, sre.warehouse, sre.reserved_qty,
	sre.reserved_qty - {open_qty}, sre.voucher_qty, sre.voucher_no, sre.voucher_detail_no detail,
	sre.creation"""


def lot_rows(locks: Iterable[str]) -> list[LotRow]:
	"""The batches and serial numbers of these locks; no statement for none."""
	names = tuple(locks)
	if not names:
		return []
	rows = frappe.db.sql(
		"""select name, parent, coalesce(serial_no, batch_no), qty, delivered_qty
		from `tabSerial and Batch Entry` where parenttype = 'Stock Reservation Entry' and parent in %s
		order by parent, idx lock in share mode""",
		(names,),
	)
	return [LotRow(*row) for row in rows]


def lots_of_bundles(bundles: Iterable[str]) -> dict[str, dict[str, float]]:
	"""{Serial and Batch Bundle: {batch or serial number: quantity}}; no statement for none."""
	names = tuple({name for name in bundles if name})
	if not names:
		return {}
	rows = frappe.db.sql(
		"""select parent, coalesce(nullif(serial_no, ''), batch_no), abs(qty)
		from `tabSerial and Batch Entry`
		where parenttype = 'Serial and Batch Bundle' and parent in %s""",
		(names,),
	)
	found: dict[str, dict[str, float]] = {}
	for bundle, lot, qty in rows:
		lots = found.setdefault(bundle, {})
		lots[lot] = lots.get(lot, 0.0) + flt(qty)
	return found


def lots_of_rows(rows: Sequence[tuple[Any, float]]) -> list[dict[str, float]]:
	"""For each (row of a document, quantity in stock UOM) {batch or serial number: quantity}: of its Serial
	and Batch Bundle, else what its own fields name. At most one statement.
	"""
	bundles = lots_of_bundles(row.get("serial_and_batch_bundle") for row, _qty in rows)
	return [
		bundles.get(row.get("serial_and_batch_bundle"))
		or typed_lots(row.get("serial_no"), row.get("batch_no"), qty)
		for row, qty in rows
	]


def add_delivered(changes: Mapping[str, float], locks: Iterable[RowLock]) -> None:
	"""Raise (or lower, below zero) what was delivered of these locks, and say it in their status: one
	statement.
	"""
	changed = [lock for lock in locks if changes.get(lock.name)]
	if not changed:
		return
	cases = " ".join("when %s then %s" for _ in changed)
	statuses = [part for lock in changed for part in (lock.name, _status(lock, changes[lock.name]))]
	quantities = [part for lock in changed for part in (lock.name, changes[lock.name])]
	frappe.db.sql(
		f"""update `tab{DOCTYPE}` force index (primary) set status = case name {cases} end,
			delivered_qty = delivered_qty + case name {cases} end, modified = %s, modified_by = %s
		where name in %s""",
		(*statuses, *quantities, now(), frappe.session.user, tuple(lock.name for lock in changed)),
	)


def add_delivered_lots(changes: Mapping[str, float]) -> None:
	"""Raise (or lower, below zero) what was delivered of rows of batches and serial numbers, {row: qty}."""
	if changes:
		cases = " ".join("when %s then %s" for _ in changes)
		frappe.db.sql(
			f"""update `tabSerial and Batch Entry` force index (primary)
				set delivered_qty = delivered_qty + case name {cases} end
			where name in %s""",
			(*(part for pair in changes.items() for part in pair), tuple(changes)),
		)


def swap_lots(swaps: Sequence[Swap], *, are_serials: bool) -> None:
	"""The locks hold other batches, or serial numbers, from now on; at most five statements, none for
	none.

	A row that gives all it holds becomes the other one; of another the part that goes becomes a row of its
	own.
	"""
	column = "serial_no" if are_serials else "batch_no"
	whole = {swap.row: swap.lot for swap in swaps if swap.is_whole}
	bulk.set_each("Serial and Batch Entry", column, whole)
	if whole and are_serials:
		frappe.db.sql(
			"""update `tabSerial and Batch Entry` held force index (primary)
			straight_join `tabSerial No` sn force index (primary) on sn.name = held.serial_no
			set held.batch_no = sn.batch_no where held.name in %s""",
			(tuple(whole),),
		)
	_split_rows([swap for swap in swaps if not swap.is_whole], column)


def _split_rows(swaps: Sequence[Swap], column: str) -> None:
	if not swaps:
		return
	new = bulk.new_names(len(swaps))
	rows = " union all ".join("select %s name, %s old, %s lot, %s qty" for _ in swaps)
	values = [(name, it.row, it.lot, it.qty_stock) for name, it in zip(new, swaps, strict=True)]
	frappe.db.sql(
		f"""insert into `tabSerial and Batch Entry`
		(name, owner, creation, modified, modified_by, docstatus, idx, parent, parenttype, parentfield,
			{column}, qty, delivered_qty, warehouse)
		select part.name, held.owner, held.creation, %s, %s, held.docstatus, held.idx, held.parent,
			held.parenttype, held.parentfield, part.lot, part.qty, 0, held.warehouse
		from ({rows}) part join `tabSerial and Batch Entry` held on held.name = part.old""",
		(now(), frappe.session.user, *(one for row in values for one in row)),
	)
	given: dict[str, float] = {}
	for swap in swaps:
		given[swap.row] = given.get(swap.row, 0.0) + swap.qty_stock
	cases = " ".join("when %s then %s" for _ in given)
	frappe.db.sql(
		f"""update `tabSerial and Batch Entry` force index (primary)
		set qty = qty - case name {cases} end where name in %s""",
		(*(part for pair in given.items() for part in pair), tuple(given)),
	)
	frappe.db.sql(
		"""delete held from `tabSerial and Batch Entry` held force index (primary)
		where held.name in %s and held.qty = 0 and held.delivered_qty = 0""",
		(tuple(given),),
	)


def _status(lock: RowLock, change: float) -> str:
	delivered = lock.delivered_stock + change
	if not is_less(delivered, lock.reserved_stock):
		return "Delivered"
	if is_positive(delivered):
		return "Partially Delivered"
	return "Reserved" if lock.reserved_stock == lock.wanted_stock else "Partially Reserved"
