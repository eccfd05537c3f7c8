"""Locks that outlive an edit of their order, although ERPNext cancels them all.

Callers hold the rows of the order and its Bins, and bring lines and Bins in step afterwards.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import frappe
from frappe.utils import now

from sales_wh_flow.base.compat import OPEN_LOCK_STATUSES, consumed_columns
from sales_wh_flow.stock_lock.store.reservations import DOCTYPE


@dataclass(frozen=True, slots=True)
class Entry:
	"""A submitted reservation of an order, delivered or not, as it was before the edit."""

	name: str
	sales_order_item: str
	item_code: str
	warehouse: str
	status: str


def all_of(order: str) -> list[Entry]:
	"""Every submitted entry of an order, oldest first. A plain read, to know the Bins that are to be held: a
	locking one would lock the gaps in which others, who hold theirs, insert their entries.
	"""
	rows = frappe.db.sql(
		f"""select name, voucher_detail_no, item_code, warehouse, status from `tab{DOCTYPE}`
		where voucher_type = 'Sales Order' and voucher_no = %s and docstatus = 1
		order by creation, name""",
		order,
	)
	return [Entry(*row) for row in rows]


def revive(entries: Iterable[Entry]) -> None:
	"""Make the entries what they were: submitted, with their status, batches and serial numbers."""
	kept = list(entries)
	if not kept:
		return
	names = tuple(entry.name for entry in kept)
	cases = " ".join("when %s then %s" for _ in kept)
	frappe.db.sql(
		f"""update `tab{DOCTYPE}` force index (primary) set docstatus = 1, status = case name {cases} end,
			modified = %s, modified_by = %s
		where name in %s and docstatus = 2""",
		(*(part for it in kept for part in (it.name, it.status)), now(), frappe.session.user, names),
	)
	frappe.db.sql(
		"""update `tabSerial and Batch Entry` set docstatus = 1
		where parenttype = 'Stock Reservation Entry' and parent in %s and docstatus = 2""",
		(names,),
	)


def follow_rows(order: str) -> None:
	"""Let the open entries of an order say what their lines or components ask now, and whether they hold all
	of it.
	"""
	used = " + ".join(f"sre.{column}" for column in consumed_columns())
	asked = "coalesce(packed.qty, line.stock_qty)"
	frappe.db.sql(
		f"""update `tab{DOCTYPE}` sre
		left join `tabSales Order Item` line on line.name = sre.voucher_detail_no
			and line.parent = sre.voucher_no
		left join `tabPacked Item` packed on packed.name = sre.voucher_detail_no
			and packed.parent = sre.voucher_no
		set sre.voucher_qty = {asked}, sre.status = if({used} > 0, sre.status,
			if(sre.reserved_qty = {asked}, 'Reserved', 'Partially Reserved'))
		where sre.voucher_type = 'Sales Order' and sre.voucher_no = %s and sre.docstatus = 1
			and sre.status in %s and {asked} is not null""",
		(order, OPEN_LOCK_STATUSES),
	)
