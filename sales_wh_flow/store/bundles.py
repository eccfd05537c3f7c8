"""Locks of product bundles: each holds stock for one component, a Packed Item of the order, which its
``voucher_detail_no`` names.

ERPNext reserves and delivers order lines only, so it neither makes such entries nor lowers them; in all else
they are Stock Reservation Entries like any other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

import frappe
from frappe.utils import flt, now

from sales_wh_flow.compat import OPEN_LOCK_STATUSES, open_qty_sql
from sales_wh_flow.rules.bundles import HeldPart
from sales_wh_flow.rules.facts import BinKey
from sales_wh_flow.rules.quantities import is_less, is_positive
from sales_wh_flow.store.reservations import OpenLock

DOCTYPE = "Stock Reservation Entry"


@dataclass(frozen=True, slots=True)
class PartLock:
	"""A lock of a component. ``line``: the order line of its bundle; quantities in stock UOM."""

	name: str
	line: str
	item_code: str
	warehouse: str
	reserved_stock: float
	delivered_stock: float
	wanted_stock: float

	@property
	def what(self) -> tuple[str, str, str]:
		return (self.line, self.item_code, self.warehouse)

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


def locks_of_lines(lines: Iterable[str]) -> list[PartLock]:
	"""The locks of these order lines' components, delivered ones among them, oldest first; a locking read.

	No statement for no line.
	"""
	names = tuple(set(lines))
	if not names:
		return []
	rows = frappe.db.sql(
		f"""select sre.name, packed.parent_detail_docname, sre.item_code, sre.warehouse,
			sre.reserved_qty, sre.reserved_qty - {open_qty_sql("sre")}, sre.voucher_qty
		from `tabPacked Item` packed
		straight_join `tab{DOCTYPE}` sre on sre.voucher_detail_no = packed.name
			and sre.voucher_type = 'Sales Order' and sre.voucher_no = packed.parent and sre.docstatus = 1
		where packed.parent_detail_docname in %s and packed.parenttype = 'Sales Order'
		order by sre.creation, sre.name lock in share mode""",
		(names,),
	)
	return [PartLock(*row) for row in rows]


def all_open() -> list[OpenLock]:
	"""The open locks of components on the whole site, oldest first."""
	rows = frappe.db.sql(
		f"""select sre.name, sre.item_code, sre.warehouse, sre.voucher_no, sre.voucher_detail_no,
			{open_qty_sql("sre")}, sre.reserved_qty
		from `tab{DOCTYPE}` sre
		join `tabPacked Item` packed on packed.name = sre.voucher_detail_no and packed.parent = sre.voucher_no
		where sre.docstatus = 1 and sre.status in %s order by sre.creation, sre.name""",
		(OPEN_LOCK_STATUSES,),
	)
	return [OpenLock(*row) for row in rows]


def is_part(entry) -> bool:
	"""Whether a Stock Reservation Entry holds stock for a component of a bundle."""
	return bool(
		entry.voucher_detail_no
		and frappe.db.exists("Packed Item", {"name": entry.voucher_detail_no, "parenttype": "Sales Order"})
	)


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
		"""select parent, coalesce(serial_no, batch_no), abs(qty) from `tabSerial and Batch Entry`
		where parenttype = 'Serial and Batch Bundle' and parent in %s""",
		(names,),
	)
	found: dict[str, dict[str, float]] = {}
	for bundle, lot, qty in rows:
		lots = found.setdefault(bundle, {})
		lots[lot] = lots.get(lot, 0.0) + flt(qty)
	return found


def add_delivered(changes: Mapping[str, float], locks: Iterable[PartLock]) -> None:
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
		f"""update `tab{DOCTYPE}` set status = case name {cases} end,
			delivered_qty = delivered_qty + case name {cases} end, modified = %s, modified_by = %s
		where name in %s""",
		(*statuses, *quantities, now(), frappe.session.user, tuple(lock.name for lock in changed)),
	)


def add_delivered_lots(changes: Mapping[str, float]) -> None:
	"""The same for rows of batches and serial numbers: {row: quantity}."""
	if changes:
		cases = " ".join("when %s then %s" for _ in changes)
		frappe.db.sql(
			f"""update `tabSerial and Batch Entry` set delivered_qty = delivered_qty + case name {cases} end
			where name in %s""",
			(*(part for pair in changes.items() for part in pair), tuple(changes)),
		)


def keys_of(orders: Iterable[str]) -> set[BinKey]:
	"""The Bins of the components in these orders; a locking read, no statement for no order."""
	names = tuple(set(orders))
	if not names:
		return set()
	rows = frappe.db.sql(
		"""select item_code, warehouse from `tabPacked Item`
		where parent in %s and parenttype = 'Sales Order' and warehouse is not null lock in share mode""",
		(names,),
	)
	return {(item, warehouse) for item, warehouse in rows}


def held_parts(orders: Iterable[str], may_go: Mapping[str, float]) -> list[HeldPart]:
	"""The components these orders are to hold, with their open locks and what of each ``may_go``.

	No statement for no order.
	"""
	names = tuple(set(orders))
	if not names:
		return []
	rows = frappe.db.sql(
		f"""select packed.name, line.name, packed.qty / line.stock_qty,
			coalesce(line_unit.must_be_whole_number, 0), sre.name, coalesce({open_qty_sql("sre")}, 0),
			sre.reservation_based_on = 'Serial and Batch'
		from `tabPacked Item` packed
		join `tabSales Order Item` line on line.name = packed.parent_detail_docname and line.stock_qty > 0
		join `tabItem` item on item.name = packed.item_code and item.is_stock_item = 1
		left join `tabUOM` line_unit on line_unit.name = line.stock_uom
		left join `tab{DOCTYPE}` sre on sre.voucher_detail_no = packed.name and sre.voucher_no = packed.parent
			and sre.voucher_type = 'Sales Order' and sre.docstatus = 1 and sre.status in %(open)s
		where packed.parent in %(orders)s and packed.parenttype = 'Sales Order' and packed.swf_not_locked = 0
			and packed.qty > 0
		order by packed.name, sre.creation desc, sre.name desc lock in share mode""",
		{"orders": names, "open": OPEN_LOCK_STATUSES},
	)
	return [_held_part(list(same), may_go) for _part, same in groupby(rows, key=lambda row: row[0])]


def _held_part(rows: list[tuple], may_go: Mapping[str, float]) -> HeldPart:
	"""One component from its rows, one for each of its locks, or one that names none."""
	_part, line, per_bundle, is_whole, *_lock = rows[0]
	able = [(name, min(may_go.get(name, 0.0), qty), qty, one) for *_same, name, qty, one in rows]
	return HeldPart(
		bundle=line,
		held_stock=sum(qty for _name, _able, qty, _one in able),
		per_bundle=per_bundle,
		step=float(is_whole),
		# What names batches or serial numbers goes whole, so all of it must be free to go.
		locks=tuple(
			(name, most, bool(one)) for name, most, qty, one in able if most and not (one and most < qty)
		),
	)


def _status(lock: PartLock, change: float) -> str:
	delivered = lock.delivered_stock + change
	if not is_less(delivered, lock.reserved_stock):
		return "Delivered"
	if is_positive(delivered):
		return "Partially Delivered"
	return "Reserved" if lock.reserved_stock == lock.wanted_stock else "Partially Reserved"
