"""What the desk and other programs may ask and do about the money of an order."""

import frappe

from sales_wh_flow.base import border, retry
from sales_wh_flow.billing import by_hand, panel
from sales_wh_flow.billing.answers import BillingUnused, MoneyPanel


@frappe.whitelist(methods=["GET"])
@border.checked()
def money_of(sales_order: str) -> MoneyPanel | BillingUnused:
	"""What the order's form shows of its money; empty lists for who may read no invoices."""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")
	return panel.money_panel(order)


@frappe.whitelist(methods=["POST"])
@border.checked()
def draft_invoice(sales_order: str) -> str:
	"""A draft of the invoice for what may be invoiced of an order now. Returns its name."""
	frappe.get_doc("Sales Order", sales_order).check_permission("read")
	frappe.has_permission("Sales Invoice", "create", throw=True)
	return retry.from_a_fresh_transaction(lambda: by_hand.draft_now(sales_order))
