"""What the desk and other programs may ask and do about messages and customers' pages."""

import frappe

from sales_wh_flow.base import border, retry
from sales_wh_flow.milestones import by_hand, preview


@frappe.whitelist(methods=["GET"])
@border.checked()
def messages_of_order(sales_order: str) -> list[dict]:
	"""What was told of an order; shape: `preview.messages_of`."""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")
	return preview.messages_of(order.name)


@frappe.whitelist(methods=["GET"])
@border.checked(milestone=border.name)
def preview_messages(sales_order: str, milestone: str) -> list[dict]:
	"""What would be told if the order passed the milestone now; shape: `preview.preview_messages`."""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")
	return preview.preview_messages(order, milestone)


@frappe.whitelist(methods=["POST"])
@border.checked(message=border.name)
def send_again(message: str) -> str:
	"""A message that failed waits again. Returns to whom it goes."""
	order = frappe.db.get_value("Order Message", message, "sales_order")
	frappe.get_doc("Sales Order", order).check_permission("write")
	return retry.again_if_refused(lambda: by_hand.send_again(message))


@frappe.whitelist(methods=["POST"])
@border.checked()
def customer_page_link(sales_order: str) -> str:
	"""The address of the order's page for its customer; whoever has it sees the page without login."""
	frappe.get_doc("Sales Order", sales_order).check_permission("write")
	return retry.again_if_refused(lambda: by_hand.link_of_order(sales_order))


@frappe.whitelist(methods=["POST"])
@border.checked()
def withdraw_customer_page_links(sales_order: str) -> int:
	"""The order's links stop working. Returns how many did work."""
	frappe.get_doc("Sales Order", sales_order).check_permission("write")
	return retry.again_if_refused(lambda: by_hand.withdraw_links(sales_order))
