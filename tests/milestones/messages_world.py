"""Rules and orders for tests of messages."""

import frappe

from sales_wh_flow.milestones import send
from tests.billing.billing_world import confirm, ship, shipped_order
from tests.factories import make_customer, make_user, unique

__all__ = ["confirm", "ship", "shipped_order"]


def make_message_rule(milestone="Confirmed", state="On", **values):
	doc = {
		"doctype": "Message Rule",
		"title": unique("Rule"),
		"state": state,
		"milestone": milestone,
		"audience": "Customer",
		"channel": "Mail",
		"company": "",
		"customer_group": "",
		"receiver_role": "",
		**values,
	}
	return frappe.get_doc(doc).insert(ignore_permissions=True)


def make_notification_rule():
	"""A rule that runs a Notification of Frappe's: what that sends, an SMS, say."""
	notification = frappe.get_doc(
		{
			"doctype": "Notification",
			"name": f"N {frappe.generate_hash(length=6)}",
			"enabled": 1,
			"channel": "Email",
			"event": "Custom",
			"document_type": "Sales Order",
			"subject": "Told by {{ doc.name }}",
			"message": "A note",
			"recipients": [{"receiver_by_role": "Accounts User"}],
		}
	).insert()
	make_user("Accounts User")
	return make_message_rule("Confirmed", channel="Notification", notification=notification.name)


def reachable_customer(language="", **values) -> str:
	"""A customer with an e-mail address."""
	name = make_customer(language=language, **values)
	frappe.db.set_value("Customer", name, "email_id", f"{frappe.generate_hash(length=8)}@customer.example")
	return name


def address_of(customer) -> str:
	return frappe.db.get_value("Customer", customer, "email_id")


def messages(order, **filters):
	"""Of an order, as dicts, by milestone."""
	return frappe.get_all(
		"Order Message", {"sales_order": order, **filters}, ["*"], order_by="milestone, receiver"
	)


def send_all(order) -> None:
	"""As the job does, of this order alone."""
	for it in messages(order.name, state="Waiting"):
		if it.channel != "Webhook":
			send.send_message(it.name)


def mails(order):
	"""The rows of Frappe's Email Queue about an order; lines that the mail's format broke are whole again."""
	about = {"reference_doctype": "Sales Order", "reference_name": order}
	found = frappe.get_all("Email Queue", about, ["name", "message"])
	return [frappe._dict(it, message=it.message.replace("=\n", "")) for it in found]


def mail_account() -> None:
	"""An outgoing account, so that mails can be queued; nothing leaves."""
	if frappe.db.exists("Email Account", {"default_outgoing": 1, "enable_outgoing": 1}):
		return
	frappe.get_doc(
		{
			"doctype": "Email Account",
			"email_account_name": "Flow Tests",
			"email_id": "flow-tests@example.com",
			"enable_outgoing": 1,
			"default_outgoing": 1,
			"smtp_server": "localhost",
			"no_smtp_authentication": 1,
		}
	).db_insert()
