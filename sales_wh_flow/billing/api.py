"""What the desk and other programs may ask and do about the money of an order."""

import frappe

from sales_wh_flow.base import border, retry
from sales_wh_flow.billing import by_hand, panel


@frappe.whitelist(methods=["GET"])
@border.checked()
def money_of(sales_order: str) -> dict:
	"""What the order's form shows of its money; what only those read who read invoices is empty for others.

	Shape: `billing.panel.money_panel`.
	"""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")
	return panel.money_panel(order)


@frappe.whitelist(methods=["POST"])
@border.checked()
def draft_invoice(sales_order: str) -> str:
	"""A draft of the invoice for what may be invoiced of an order now. Returns its name."""
	frappe.get_doc("Sales Order", sales_order).check_permission("read")
	frappe.has_permission("Sales Invoice", "create", throw=True)
	return retry.again_if_refused(lambda: by_hand.draft_now(sales_order))
