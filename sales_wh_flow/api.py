"""What the desk and other programs may call. Writes are POST; the actor is always the session's user.

Each call loads the document by name, checks permission on it, and hands over to one verb of the flow.
"""

import frappe

from sales_wh_flow.flow import dispatch, pick, refresh_status, serve
from sales_wh_flow.store import overview
from sales_wh_flow.store.retry import from_a_fresh_transaction


@frappe.whitelist(methods=["GET"])
def order_overview(sales_order: str) -> dict:
	"""What the order's form shows: per line ordered, delivered, locked, waiting, picked; lists and notes made.

	Shape: {"flow_status", "lines": [{"idx", "item_code", "warehouse", "uom", "ordered", "delivered", "locked",
	"waiting", "picked", "reason"}], "pick_lists": [{"name", "docstatus", "warehouse"}], "delivery_notes": [{"name",
	"docstatus", "tracking_no", "tracking_link", "delivered_on"}]}. Unit: the item's stock UOM.
	"""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")
	return overview.of(order)


@frappe.whitelist(methods=["POST"])
def lock_waiting(sales_order: str) -> float:
	"""Try again now to lock what an order waits for. Returns the quantity locked, in stock UOM."""
	frappe.get_doc("Sales Order", sales_order).check_permission("submit")
	return from_a_fresh_transaction(lambda: serve.order(sales_order, "asked by hand"))


@frappe.whitelist(methods=["POST"])
def make_pick_lists(sales_order: str) -> list[str]:
	"""Draft Pick Lists for what is locked, one per warehouse. Returns their names."""
	frappe.has_permission("Pick List", "create", throw=True)
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")
	names = pick.make(order)
	refresh_status.of(order.name)
	return names


@frappe.whitelist(methods=["POST"])
def make_delivery_note(pick_list: str) -> str:
	"""A draft Delivery Note for what a submitted Pick List picked. Returns its name."""
	frappe.has_permission("Delivery Note", "create", throw=True)
	picked = frappe.get_doc("Pick List", pick_list)
	picked.check_permission("read")
	return dispatch.make_delivery_note(picked)


@frappe.whitelist(methods=["POST"])
def confirm_delivery(delivery_note: str) -> str:
	"""The customer has the goods. Returns when that was stamped."""
	note = frappe.get_doc("Delivery Note", delivery_note)
	note.check_permission("write")
	dispatch.confirm_delivery(note)
	return str(note.swf_delivered_on)
