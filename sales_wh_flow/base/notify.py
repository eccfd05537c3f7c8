"""A notification about an order on people's desks, once the transaction is committed."""

from collections.abc import Iterable

import frappe
from frappe.desk.doctype.notification_log.notification_log import make_notification_logs

from sales_wh_flow.base import background, reader, said
from sales_wh_flow.base import users as owners

_WRITER = "sales_wh_flow.base.notify.write_logs"


def notify(
	users: Iterable[str], order: str, subject: str, text: str = "", doctype: str = "Sales Order"
) -> None:
	"""Write the notification after the commit: what is undone is not announced.

	``subject``, ``text``: HTML, or kept texts (``base.said``), which each user reads in words of his own.
	Frappe's own helper enqueues at once. That nobody can be told must not undo what was done.
	"""
	wanted = sorted(set(users))
	if wanted:
		background.owe(_WRITER, log=log_of(order, subject, text, doctype), users=wanted)


def notify_now(users: Iterable[str], order: str, subject: str, doctype: str = "Sales Order") -> None:
	"""Write the notification now; for what runs in a job of its own."""
	write_logs(log_of(order, subject, "", doctype), list(users))


def write_logs(log: dict, users: list[str]) -> None:
	"""One notification for each of the users, worded for each."""
	for alike in reader.alike(users):
		emails = owners.emails_of(alike)
		if not emails:
			continue
		with reader.reading_as(alike[0]):
			worded = {field: said.worded(log[field]) for field in ("subject", "email_content")}
			make_notification_logs(frappe._dict(log, **worded), emails)


def log_of(order: str, subject: str, text: str, doctype: str = "Sales Order") -> dict:
	"""A notification as ``write_logs`` takes it."""
	return {
		"type": "Alert",
		"document_type": doctype,
		"document_name": order,
		"subject": subject,
		"from_user": frappe.session.user,
		"email_content": text,
	}
