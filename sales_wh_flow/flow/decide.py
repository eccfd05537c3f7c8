"""Approve and refuse: who decided what, and the submit that the last approval brings."""

from dataclasses import dataclass

import frappe
from frappe import _

from sales_wh_flow import approval_messages as words
from sales_wh_flow.flow import refresh_status, tell
from sales_wh_flow.messages import refuse as refuse_with
from sales_wh_flow.rules import approval as rules
from sales_wh_flow.rules.problems import RuleViolation
from sales_wh_flow.store import approvals, orders
from sales_wh_flow.store.approvals import Approval


@dataclass(frozen=True, slots=True)
class Decision:
	"""What came of it. ``waits_for``: rules still open.

	``why_not``: why the order was not submitted with all its approvals, HTML, else empty.
	"""

	state: str
	is_submitted: bool = False
	waits_for: tuple[str, ...] = ()
	why_not: str = ""


def grant(order: str, approval: str, comment: str | None = None) -> Decision:
	"""Give one approval as the session's user; with the last one the order is submitted.

	Raises: ValidationError when it is decided already, the order is no draft, or it changed since;
	PermissionError when it is not this user's to decide. When the submit is refused the approval stays given.
	"""
	doc, one, others = _lock(order, approval)
	_write(doc, one, rules.APPROVED, comment)
	waits_for = tuple(other.rule for other in others if other.state == rules.OPEN)
	is_submitted, why_not = (False, "") if waits_for else _submit(doc)
	refresh_status.of(order)
	tell.asker(order, one, rules.APPROVED, comment, is_submitted)
	return Decision(rules.APPROVED, is_submitted, waits_for, why_not)


def refuse(order: str, approval: str, comment: str | None) -> Decision:
	"""Refuse one approval, saying why. What else is open is taken back: the order has to change anyway.

	Raises: as ``grant``; ValidationError when no reason is given.
	"""
	if not (comment or "").strip():
		frappe.throw(
			_("Say why you refuse: the author has to know what to change."), title=_("Reason Missing")
		)
	doc, one, others = _lock(order, approval)
	_write(doc, one, rules.REJECTED, comment)
	approvals.supersede(other for other in others if other.state == rules.OPEN)
	refresh_status.of(order)
	tell.asker(order, one, rules.REJECTED, comment, False)
	return Decision(rules.REJECTED)


def check_may_decide(approval: Approval, author: str) -> None:
	"""Raises: RuleViolation unless the session's user may decide; author and asker need the rule's leave."""
	roles = set(frappe.get_roles())
	for involved in (author, approval.requested_by):
		rules.check_may_decide(approval.facts(involved), frappe.session.user, roles)


def _lock(order: str, name: str) -> tuple:
	"""(order, approval, the order's other approvals), locked, as last committed and fit to be decided."""
	doc = frappe.get_doc("Sales Order", order, for_update=True)
	known = approvals.of_order(order, for_update=True)
	one = next((approval for approval in known if approval.name == name), None)
	try:
		_check(doc, one, name)
	except RuleViolation as violation:
		refuse_with(violation)
	return doc, one, [approval for approval in known if approval.name != name]


def _check(doc, approval: Approval | None, name: str) -> None:
	if not approval:
		raise RuleViolation("already_decided", approval=name, state=_(rules.SUPERSEDED))
	if approval.state != rules.OPEN:
		raise RuleViolation("already_decided", approval=name, state=_(approval.state))
	if not doc.docstatus.is_draft():
		raise RuleViolation("not_a_draft", order=doc.name, status=_(doc.status))
	check_may_decide(approval, doc.owner)
	if approval.fingerprint != rules.fingerprint(orders.facts(doc)):
		raise RuleViolation("order_changed", order=doc.name, approval=name)


def _write(doc, approval: Approval, state: str, comment: str | None) -> None:
	approvals.decide(approval.name, state, comment)
	doc.add_comment("Info", words.decision(approval, state, comment))


def _submit(doc) -> tuple[bool, str]:
	"""(True, "") or (False, why not). A refused submit is undone alone."""
	messages = list(frappe.local.message_log)
	frappe.db.savepoint("swf_submit")
	# The approvals are the right to submit this order; the approver needs none of his own and gains none.
	doc.flags.ignore_permissions = True
	try:
		doc.submit()
	except (frappe.ValidationError, frappe.PermissionError) as error:
		frappe.db.rollback(save_point="swf_submit")
		frappe.local.message_log = messages
		return False, str(error)
	return True, ""
