"""A notification about an order on people's desks, once the transaction is committed."""

from collections.abc import Iterable

import frappe
from frappe.desk.doctype.notification_log.notification_log import make_notification_logs

from sales_wh_flow.base import background
from sales_wh_flow.base import users as owners

_WRITER = "frappe.desk.doctype.notification_log.notification_log.make_notification_logs"


def notify(users: Iterable[str], order: str, subject: str, text: str = "") -> None:
	"""Write the notification after the commit: what is undone is not announced. ``text`` is HTML.

	Frappe's own helper enqueues at once. That nobody can be told must not undo what was done.
	"""
	emails = owners.emails_of(users)
	if emails:
		background.run(_WRITER, doc=_log(order, subject, text), users=emails)


def write(users: Iterable[str], order: str, subject: str) -> None:
	"""The same at once, for a job of its own."""
	emails = owners.emails_of(users)
	if emails:
		make_notification_logs(_log(order, subject, ""), emails)


def _log(order: str, subject: str, text: str):
	return frappe._dict(
		type="Alert",
		document_type="Sales Order",
		document_name=order,
		subject=subject,
		from_user=frappe.session.user,
		email_content=text,
	)
