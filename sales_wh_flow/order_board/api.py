"""What an order's form asks about the whole flow."""

import frappe

from sales_wh_flow.base import border
from sales_wh_flow.order_board.store import overview
from sales_wh_flow.reroute import bring_together


@frappe.whitelist(methods=["GET"])
@border.checked()
def order_overview(sales_order: str) -> dict:
	"""What the order's form shows: per line ordered, delivered, locked, waiting, picked; lists and notes
	made.

	Shape: {"flow_status", "lines": [{"idx", "item_code", "warehouse", "uom", "ordered", "delivered",
	"locked", "waiting", "picked", "reason"}], "pick_lists": [{"name", "docstatus", "warehouse"}],
	"delivery_notes": [{"name", "docstatus", "tracking_no", "tracking_link", "delivered_on"}], "transfers":
	`reroute.bring_together.state_of`}. Unit: the item's stock UOM.
	"""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")
	return {**overview.read_overview(order), "transfers": bring_together.state_of(order)}
