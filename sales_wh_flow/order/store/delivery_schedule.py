"""The days on which parts of an order's row are due: ERPNext 16's *Delivery Schedule*."""

import frappe

_PART = "Delivery Schedule Item"


def last_day_sql(row: str) -> str:
	"""SQL for the last day of a row's schedule, null where it has none."""
	if not frappe.db.table_exists(_PART):
		return "null"
	return f"""(select max(part.delivery_date) from `tab{_PART}` part
		where part.sales_order_item = {row}.name and part.sales_order = {row}.parent)"""


def order_of_row(row: str | None) -> str | None:
	"""The order that a row lies in; one statement."""
	return frappe.db.get_value("Sales Order Item", row, "parent") if row else None


def drop_schedule(order: str) -> None:
	"""Nothing of the order is due any more; at most one statement."""
	if frappe.db.table_exists(_PART):
		frappe.db.delete(_PART, {"sales_order": order})
