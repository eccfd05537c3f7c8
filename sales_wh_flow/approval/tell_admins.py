"""Tell the admins of a broken approval rule: an order waits because of it, and only they can mend it."""

from collections.abc import Callable, Iterable

import frappe
from frappe import _
from frappe.utils import escape_html

from sales_wh_flow.approval.rules.facts import ApprovalNeed
from sales_wh_flow.approval.store import requests
from sales_wh_flow.approval.subject import Subject
from sales_wh_flow.base import background, said
from sales_wh_flow.base import users as owners

ADMINS = "System Manager"


def tell_admins_soon(
	about: Subject, needs: Iterable[ApprovalNeed], reason: Callable[[ApprovalNeed], str]
) -> None:
	"""Tell them in the background, once for each rule and order, which rules could not be asked.

	At once, not after the commit: the gate's refusal undoes everything that this transaction wrote.
	"""
	for need in needs:
		if need.error:
			background.now(
				"sales_wh_flow.approval.jobs.tell_admins_of_broken_rule",
				queue="short",
				job_id=f"broken_approval_rule::{need.rule}::{about.name}",
				deduplicate=True,
				rule=need.rule,
				order=about.name,
				doctype=about.doctype,
				reason=said.worded(reason(need)),
			)


def of_people_gone(request) -> None:
	"""A note on the desk of every admin: whom a rule names is gone, the fallback role was asked."""
	from frappe.desk.doctype.notification_log.notification_log import make_notification_logs

	log = {
		"type": "Alert",
		"document_type": "Order Approval Rule",
		"document_name": request.rule,
		"subject": _(
			"Nobody whom the approval rule {0} names can decide about {1} any more. {2} is asked."
		).format(
			frappe.bold(escape_html(request.rule)),
			frappe.bold(escape_html(request.quotation or request.sales_order)),
			escape_html(said.worded(request.waits_for)),
		),
		"from_user": frappe.session.user,
	}
	users = [user for user, _name in requests.users_with_role(ADMINS)]
	if users:
		make_notification_logs(frappe._dict(log), owners.emails_of(users))


def of_broken_rule(rule: str, about: Subject, reason: str) -> None:
	"""An Error Log, and a note on the desk of every admin."""
	from frappe.desk.doctype.notification_log.notification_log import make_notification_logs

	frappe.log_error(_("Approval rule {0} can't be asked").format(rule), f"{about.name}: {reason}")
	log = {
		"type": "Alert",
		"document_type": "Order Approval Rule",
		"document_name": rule,
		"subject": _("{0} {1} waits because the approval rule {2} can't be asked: {3}").format(
			_(about.doctype),
			frappe.bold(escape_html(about.name)),
			frappe.bold(escape_html(rule)),
			escape_html(reason),
		),
		"from_user": frappe.session.user,
	}
	users = [user for user, _name in requests.users_with_role(ADMINS)]
	if users:
		make_notification_logs(frappe._dict(log), owners.emails_of(users))
