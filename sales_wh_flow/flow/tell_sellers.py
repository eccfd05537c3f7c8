"""Tell sellers what became of their orders' stock: one notification for each seller and run."""

from collections import defaultdict
from collections.abc import Mapping

from redis.exceptions import RedisError

import frappe

from sales_wh_flow import lock_messages as words
from sales_wh_flow.settings import flow_settings
from sales_wh_flow.store import owners

_WRITER = "frappe.desk.doctype.notification_log.notification_log.make_notification_logs"


def what_their_orders_got(got: Mapping[str, float], lost: Mapping[str, float]) -> None:
	"""{order: locked} and {order: taken away} of one run, in stock UOM."""
	if not flow_settings().get("tell_sellers"):
		return
	by_seller: dict[str, list[str]] = defaultdict(list)
	for order, seller in owners.of_orders({*got, *lost}).items():
		by_seller[seller].append(order)
	for seller, names in by_seller.items():
		mine = sorted(names)
		subject = words.served_subject([it for it in mine if it in got], [it for it in mine if it in lost])
		notify([seller], mine[0], subject, words.served_text(mine, got, lost))


def notify(users: list[str], order: str, subject: str, text: str = "") -> None:
	"""Write the notification after the commit: what is undone is not announced. ``text`` is HTML."""
	log = {
		"type": "Alert",
		"document_type": "Sales Order",
		"document_name": order,
		"subject": subject,
		"from_user": frappe.session.user,
		"email_content": text,
	}
	try:
		frappe.enqueue(
			_WRITER, doc=frappe._dict(log), users=owners.emails_of(users), enqueue_after_commit=True
		)
	except RedisError:
		# The stock has moved; that nobody can be told of it must not undo that.
		frappe.log_error(f"{order}: its seller could not be told", subject)


def mail(user: str, order: str, subject: str, text: str) -> None:
	"""An e-mail in addition; a site that sends none logs that, and goes on."""
	try:
		frappe.sendmail(
			recipients=owners.emails_of([user]),
			subject=frappe.utils.strip_html(subject),
			message=text,
			reference_doctype="Sales Order",
			reference_name=order,
		)
	except frappe.OutgoingEmailError:
		frappe.log_error(f"No e-mail account to warn {user} about {order}")
