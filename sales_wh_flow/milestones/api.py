"""What the desk and other programs may ask and do about messages and customers' pages."""

import frappe

from sales_wh_flow.base import border, retry
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.milestones import (
	by_hand,
	own_templates,
	page_looks,
	preview,
	returned_by_customer,
	wishes,
)
from sales_wh_flow.milestones.answers import MessageOfOrder, PreviewedMessage


@frappe.whitelist(methods=["GET"])
@border.checked()
def messages_of_order(sales_order: str) -> list[MessageOfOrder]:
	"""What was told of an order, the newest first; at most a hundred."""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")
	return preview.messages_of(order.name)


@frappe.whitelist(methods=["GET"])
@border.checked(milestone=border.name)
def preview_messages(sales_order: str, milestone: str) -> list[PreviewedMessage]:
	"""What would be told if the order passed the milestone now."""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")
	return preview.preview_messages(order, milestone)


@frappe.whitelist(methods=["POST"])
@border.checked(rule=border.name)
def make_templates(rule: str) -> list[str]:
	"""The app's own words of a Message Rule as Email Templates, one a language. Returns their names."""
	frappe.has_permission("Email Template", "create", throw=True)
	doc = frappe.get_doc("Message Rule", rule)
	doc.check_permission("write")
	return own_templates.make_templates(doc)


@frappe.whitelist(methods=["POST"])
@border.checked(message=border.name)
def send_again(message: str) -> str:
	"""A message that failed waits again. Returns to whom it goes."""
	order = frappe.get_doc("Order Message", message).sales_order
	frappe.get_doc("Sales Order", order).check_permission("write")
	return retry.from_a_fresh_transaction(lambda: by_hand.send_again(message))


@frappe.whitelist(methods=["POST"])
@border.checked()
def customer_page_link(sales_order: str) -> str:
	"""The address of the order's page for its customer; whoever has it sees the page without login."""
	frappe.get_doc("Sales Order", sales_order).check_permission("write")
	return retry.from_a_fresh_transaction(lambda: by_hand.link_of_order(sales_order))


@frappe.whitelist(methods=["POST"])
@border.checked()
def withdraw_customer_page_links(sales_order: str) -> int:
	"""The order's links stop working. Returns how many did work."""
	frappe.get_doc("Sales Order", sales_order).check_permission("write")
	return retry.from_a_fresh_transaction(lambda: by_hand.withdraw_links(sales_order))


@frappe.whitelist(methods=["POST"], allow_guest=True)
@border.checked(
	order=border.name,
	asked=border.records(row=border.name, qty=border.number),
	return_reason=border.name,
	customer_says=border.text,
)
def announce_return(
	asked: list | str,
	token: str | None = None,
	order: str | None = None,
	return_reason: str | None = None,
	customer_says: str | None = None,
) -> str:
	"""A customer announces goods of an order: with the token of its page, or logged in. The case's number."""
	name = _order_on_page(token, order)
	return retry.from_a_fresh_transaction(
		lambda: returned_by_customer.announce_for(name, asked, return_reason, customer_says)
	)


@frappe.whitelist(methods=["POST"], allow_guest=True)
@border.checked(order=border.name, is_wanted=border.flag)
def tell_me_or_not(is_wanted: bool | str | int, token: str | None = None, order: str | None = None) -> bool:
	"""A customer wants to be told of an order, or no more: with the token of its page, or logged in. Returns
	whether the customer is told from now on.
	"""
	name = _order_on_page(token, order)
	return retry.from_a_fresh_transaction(lambda: wishes.choose_messages(name, bool(is_wanted)))


def _order_on_page(token: str | None, order: str | None) -> str:
	"""The order of whoever writes on its customer's page."""
	try:
		page_looks.count_written(token)
		return returned_by_customer.order_of_customer(token, order)
	except RuleViolation as violation:
		refuse(violation)
