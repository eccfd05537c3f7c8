"""What a box holds of an order is taken out: the order is opened again, or gets nothing any more."""

import frappe

from sales_wh_flow.packing import close_box, fill
from sales_wh_flow.packing.held import check_still_here, hold_box, orders_in_box
from sales_wh_flow.packing.permissions import own_places
from sales_wh_flow.packing.rules import states
from sales_wh_flow.packing.store import contents


def may_empty(box: str) -> bool:
	"""Whether the session's user may take goods out of this box."""
	warehouse = frappe.db.get_value("Order Box", box, "warehouse")
	return bool(
		frappe.has_permission("Pick List", "write")
		and frappe.has_permission("Order Box", "read", doc=box)
		and own_places([warehouse])
	)


def take_order_out(box: str, order: str, reason: str) -> None:
	"""A box of this order alone is cancelled, so that it keeps its number and what it held as a record; one
	with goods of others is opened and gives this order's goods back. Nothing where it is cancelled already.

	Raises: ValidationError for a box that is on its way.
	"""
	orders = orders_in_box(box)
	row = hold_box(box, orders)
	if row.state == states.CANCELLED or order not in orders:
		return
	check_still_here(row)
	if orders == (order,):
		close_box.cancel_box(box, reason, orders)
		return
	if row.state == states.CLOSED:
		close_box.open_again(box, reason, orders)
	for it in contents.contents_of([box], for_update=True):
		if it.sales_order == order:
			for serial_no in it.serial_nos or (None,):
				fill.take_out(box, it.name, 1.0 if serial_no else it.qty_stock, orders, serial_no)
