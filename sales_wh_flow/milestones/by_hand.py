"""What people do about messages and customers' links by hand."""

from sales_wh_flow.base import background, hold_rows, settings
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.milestones import page_link
from sales_wh_flow.milestones.rules.message_rules import CUSTOMER
from sales_wh_flow.milestones.store import page_links, people, queue

_FAILED = (queue.FAILED, queue.CAME_BACK)


def send_again(message: str) -> str:
	"""What failed, also what is tried again later, goes now; to the address that is known now. Returns the
	receiver.

	Raises: ValidationError for a message that has not failed, or where no address is known yet.
	"""
	known = queue.message_facts(message)
	has_failed = known and (known["state"] in _FAILED or (known["state"] == queue.WAITING and known["why"]))
	if not has_failed:
		refuse(RuleViolation("message_is_not_failed", state=known["state"] if known else "gone"))
	receiver = known["receiver"]
	if known["audience"] == CUSTOMER and known["channel"] == "Mail":
		(order,) = people.orders_to_tell([known["sales_order"]], known["milestone"])
		if not order.customer_email:
			refuse(RuleViolation("still_no_address", order=order.name))
		receiver = order.customer_email
	queue.wait_again(message, receiver)
	background.run(
		"sales_wh_flow.milestones.jobs.send_messages", job_id="send_order_messages", deduplicate=True
	)
	return receiver


def link_of_order(order: str) -> str:
	"""The address of the customer's page of an order, to be handed on."""
	hold_rows.hold_order_row(order)  # before anything is read: several may press at once
	if not settings.flow_settings().customer_page:
		refuse(RuleViolation("customer_page_is_off"))
	return page_link.link_for_customer(order)


def withdraw_links(order: str) -> int:
	"""No link of the order works any more. Returns how many did."""
	hold_rows.hold_order_row(order)
	return page_links.revoke_links(order)
