"""Services go with the last goods of their order.

Nobody picks a service, so a note made from what was picked has none, and ERPNext would show the order as
delivered in part for ever.
"""

import frappe

from erpnext.selling.doctype.sales_order import sales_order as native_order

from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.dispatch.store import left_on_orders


def take_services_along(note) -> bool:
	"""Put the services of each order on a saved draft note that takes the last of its goods; the caller saves
	it. Returns whether there were some.
	"""
	orders = {row.against_sales_order for row in note.items if row.against_sales_order}
	if not orders:
		return False
	left = left_on_orders.left_lines(orders)
	unfinished = {it.order for it in left if not it.is_service and is_positive(it.left)}
	wanted = [it for it in left if it.is_service and is_positive(abs(it.left)) and it.order not in unfinished]
	for order in sorted({it.order for it in wanted}):
		mapped = native_order.make_delivery_note(order, None, {"ignore_pricing_rule": True})
		rows = {row.so_detail: row for row in mapped.items}
		for it in wanted:
			if it.order == order and it.row in rows:
				row = frappe.copy_doc(rows[it.row])
				row.update({"name": None, "qty": rounded(it.left)})
				note.append("items", row)
	return bool(wanted)
