"""Tell people about approvals: a notification on their desk, after the commit, never for what was undone."""

from collections.abc import Iterable

import frappe

from sales_wh_flow import approval_messages as words
from sales_wh_flow import permissions
from sales_wh_flow.store.approvals import Approval, NewApproval, emails_of

_WRITER = "frappe.desk.doctype.notification_log.notification_log.make_notification_logs"


def approvers(order, asked: Iterable[NewApproval], asked_by: str) -> None:
	"""Those who can decide what was asked."""
	for one in asked:
		excluded = set() if one.allows_own_order else {order.owner, asked_by}
		users = [user for user, _name in permissions.deciders(order, one.need.approver_role, excluded)]
		_notify(users, order.name, words.request_subject(order.name, one.need.rule, asked_by))


def asker(order: str, approval: Approval, state: str, comment: str | None, is_submitted: bool) -> None:
	"""The one who asked: what was decided and why; open forms of the order hear it, too."""
	actor = frappe.session.user
	if approval.requested_by != actor:
		subject = words.decision_subject(order, approval, state, actor, is_submitted)
		_notify([approval.requested_by], order, subject, comment)
	frappe.publish_realtime(
		"swf_approval",
		{"sales_order": order, "approval": approval.name, "state": state, "submitted": is_submitted},
		doctype="Sales Order",
		docname=order,
		after_commit=True,
	)


def _notify(users: list[str], order: str, subject: str, text: str | None = None) -> None:
	if not users:
		return
	log = {
		"type": "Alert",
		"document_type": "Sales Order",
		"document_name": order,
		"subject": subject,
		"from_user": frappe.session.user,
		"email_content": frappe.utils.escape_html(text) if text else "",
	}
	# Frappe's own helper enqueues at once, so an undone decision would still be announced.
	frappe.enqueue(_WRITER, doc=frappe._dict(log), users=emails_of(users), enqueue_after_commit=True)
