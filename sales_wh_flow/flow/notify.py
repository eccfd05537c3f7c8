"""A notification about an order on people's desks, once the transaction is committed."""

from collections.abc import Iterable

from redis.exceptions import RedisError

import frappe

from sales_wh_flow.store import owners

_WRITER = "frappe.desk.doctype.notification_log.notification_log.make_notification_logs"


def notify(users: Iterable[str], order: str, subject: str, text: str = "") -> None:
	"""Write the notification after the commit: what is undone is not announced. ``text`` is HTML.

	Frappe's own helper enqueues at once.
	"""
	emails = owners.emails_of(users)
	if not emails:
		return
	log = {
		"type": "Alert",
		"document_type": "Sales Order",
		"document_name": order,
		"subject": subject,
		"from_user": frappe.session.user,
		"email_content": text,
	}
	try:
		frappe.enqueue(_WRITER, doc=frappe._dict(log), users=emails, enqueue_after_commit=True)
	except RedisError:
		# What was done stands; that nobody can be told of it must not undo it.
		frappe.log_error(f"{order}: nobody could be told", subject)
