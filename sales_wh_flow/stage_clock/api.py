"""What the desk and other programs may ask about the time of orders."""

import frappe

from sales_wh_flow.base import border
from sales_wh_flow.stage_clock import measure


@frappe.whitelist(methods=["GET"])
@border.checked()
def stages_of_order(sales_order: str) -> list[dict]:
	"""The stages of an order so far, oldest first; shape: `measure.stages_of_order`."""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")
	return measure.stages_of_order(order.name)
