"""What the desk and other programs may ask about the time of orders."""

import frappe

from sales_wh_flow.base import border
from sales_wh_flow.stage_clock import measure
from sales_wh_flow.stage_clock.answers import TimedStay


@frappe.whitelist(methods=["GET"])
@border.checked()
def stages_of_order(sales_order: str) -> list[TimedStay]:
	"""The stages of an order so far, oldest first."""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")
	return measure.stages_of_order(order.name)
