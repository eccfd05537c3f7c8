"""Locks of product bundles: each holds stock for one component, a Packed Item of the order, which its
``voucher_detail_no`` names.

ERPNext reserves and delivers order lines only, so it neither makes such entries nor lowers them; in all else
they are Stock Reservation Entries like any other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import frappe
from frappe.utils import flt, now

from sales_wh_flow.compat import OPEN_LOCK_STATUSES, open_qty_sql
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


def orders_to_serve() -> list[str]:
	"""Orders with a bundle that misses components and has something free of each it misses, sooner due first.

	How many bundles that makes is decided under the locks.
	"""
	rows = frappe.db.sql(
		_ORDERS_TO_SERVE.format(open_qty=open_qty_sql("sre")), {"open": OPEN_LOCK_STATUSES, "now": now()}
	)
	return list(dict.fromkeys(row[0] for row in rows))


_ORDERS_TO_SERVE = """
select part.name from (
	select so.name, so.creation, line.name line, line.delivery_date,
		coalesce(bin.actual_qty - bin.reserved_stock, 0) free,
		packed.qty * (1 - least(line.delivered_qty / line.qty, 1)) - coalesce((
			select sum({open_qty}) from `tabStock Reservation Entry` sre
			where sre.voucher_detail_no = packed.name and sre.voucher_type = 'Sales Order'
				and sre.voucher_no = so.name and sre.docstatus = 1 and sre.status in %(open)s), 0) missing
	from `tabSales Order` so
	join `tabPacked Item` packed on packed.parent = so.name and packed.parenttype = 'Sales Order'
	join `tabSales Order Item` line on line.name = packed.parent_detail_docname and line.qty > 0
	join `tabItem` item on item.name = packed.item_code and item.is_stock_item = 1
	left join `tabBin` bin on bin.item_code = packed.item_code and bin.warehouse = packed.warehouse
	where so.docstatus = 1 and so.status not in ('Closed', 'On Hold', 'Completed') and so.per_delivered < 100
		and packed.swf_not_locked = 0 and line.delivered_by_supplier = 0
		and (so.swf_waits_from is null or so.swf_waits_from <= %(now)s)
) part
group by part.name, part.line, part.delivery_date, part.creation
having max(part.missing) > 0.0000005 and min(part.free > 0 or part.missing <= 0.0000005) = 1
order by part.delivery_date, part.creation, part.name"""


def _status(lock: PartLock, change: float) -> str:
	delivered = lock.delivered_stock + change
	if not is_less(delivered, lock.reserved_stock):
		return "Delivered"
	if is_positive(delivered):
		return "Partially Delivered"
	return "Reserved" if lock.reserved_stock == lock.wanted_stock else "Partially Reserved"
