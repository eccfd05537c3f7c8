"""Locks that hold more than their line still has to deliver: nobody would ever deliver it."""

from collections.abc import Iterable
from dataclasses import dataclass

import frappe

from sales_wh_flow.base.compat import OPEN_LOCK_STATUSES, open_qty_sql
from sales_wh_flow.base.quantities import SQL_NOISE
from sales_wh_flow.order.store import gone, open_orders


@dataclass(frozen=True, slots=True)
class Excess:
	"""An order line or component: what its locks hold, and what is still to come of it, in stock UOM."""

	order: str
	row: str
	item_code: str
	held_stock: float
	to_come_stock: float


def excess_rows(orders: Iterable[str] | None = None) -> list[Excess]:
	"""Of these orders, or of all; a locking read where orders are named. No statement for no order."""
	names = None if orders is None else tuple(sorted(set(orders)))
	if names == ():
		return []
	lock = "" if names is None else "lock in share mode"
	found = frappe.db.sql(
		f"""select held.voucher_no, held.row, held.item_code, held.qty, greatest(coalesce(
			if(so.docstatus = 1 and {open_orders.not_over_sql()} and so.skip_delivery_note = 0
					and coalesce(line.delivered_by_supplier, whole.delivered_by_supplier, 0) = 0,
				coalesce(line.stock_qty - {gone.gone_sql("line")} * line.conversion_factor,
					part.qty * (1 - {gone.gone_sql("whole")} / whole.qty)), 0), 0), 0) to_come
		from (
			select sre.voucher_no, sre.voucher_detail_no row, sre.item_code, sum({open_qty_sql("sre")}) qty
			from `tabStock Reservation Entry` sre
			where sre.voucher_type = 'Sales Order' and sre.docstatus = 1 and sre.status in %(open)s
				and {"1 = 1" if names is None else "sre.voucher_no in %(orders)s"}
			group by sre.voucher_no, sre.voucher_detail_no, sre.item_code {lock}
		) held
		left join `tabSales Order` so on so.name = held.voucher_no
		left join `tabSales Order Item` line on line.name = held.row and line.parent = held.voucher_no
		left join `tabPacked Item` part on part.name = held.row and part.parent = held.voucher_no
			and part.parenttype = 'Sales Order'
		left join `tabSales Order Item` whole on whole.name = part.parent_detail_docname and whole.qty > 0
		having held.qty - to_come > {SQL_NOISE} order by held.voucher_no, held.row {lock}""",
		{"open": OPEN_LOCK_STATUSES, "orders": names},
	)
	return [Excess(*row) for row in found]
