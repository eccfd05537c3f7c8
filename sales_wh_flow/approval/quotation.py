"""A Quotation under the same rules as the order it becomes: what it would owe, asking, deciding, the gate.

An approval given here covers the order made from it, see ``store/quotations.py``.
"""

import frappe
from frappe import _
from frappe.utils import flt

from sales_wh_flow.approval import gate as orders
from sales_wh_flow.approval import hands, timeline, with_reason
from sales_wh_flow.approval import needs as owed
from sales_wh_flow.approval import request as deciders
from sales_wh_flow.approval.needs import Owed
from sales_wh_flow.approval.refusals import ApprovalRequired
from sales_wh_flow.approval.rules import needs as rules
from sales_wh_flow.approval.rules.votes import Claim
from sales_wh_flow.approval.store import gate, new_requests, quotations, requests
from sales_wh_flow.approval.words import quotation as words
from sales_wh_flow.base import said, settings
from sales_wh_flow.base.notify import notify
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse as refuse_with
from sales_wh_flow.base.timeline import note

APPROVE_FIRST = "Approve Before Submit"


def is_gated() -> bool:
	"""Whether a Quotation needs its approvals before it is submitted."""
	return (
		settings.is_on(settings.APPROVAL) and settings.flow_settings().approval_of_quotations == APPROVE_FIRST
	)


def follow_quotation_changes(doc) -> None:
	"""A draft is saved: approvals that it got worse than no longer count; who made it worse is noted."""
	if not is_gated() or doc.is_new() or not doc.docstatus.is_draft():
		return
	known = requests.of_quotation(doc.name)
	before = doc.get_doc_before_save()
	now = owed.needs_now(quotations.as_order(doc)) if known else None
	hands.note_worse(quotations.as_order(doc), quotations.as_order(before) if before else None, now)
	if now:
		requests.supersede(now.outdated(known))


def require_for_quotation(doc) -> None:
	"""The gate: a Quotation goes out only with every approval it owes. Raises: ApprovalRequired."""
	if not is_gated():
		return
	order = quotations.as_order(doc)
	now = owed.needs_now(order)
	known = requests.of_quotation(doc.name, for_update=True) if now.needs else ()
	lacking = now.missing(known)
	if lacking:
		why = orders.reasons_for_me(order, now, lacking)
		states = {approval.rule: approval.state for approval in now.current(known)}
		rows = [(need.rule, why[need.rule], states.get(need.rule, "")) for need in lacking]
		frappe.throw(
			words.word_refused_quotation(doc.name, rows),
			exc=ApprovalRequired,
			title=_("Approval Required"),
		)


def withdraw_with_quotation(doc) -> None:
	"""Nobody is asked about a cancelled Quotation; its approvals cover no order any more."""
	requests.supersede(requests.of_quotation(doc.name))


def forget_quotation(doc) -> None:
	"""The approvals outlive their Quotation."""
	requests.supersede(one for one in requests.of_quotation(doc.name) if one.state == rules.OPEN)
	quotations.outlive_quotation(doc.name)
	gate.forget_gate(doc.name)


def ask_for_quotation(name: str) -> list[str]:
	"""Ask for every approval that the saved draft owes and nobody was asked for. Returns their names."""
	if not is_gated():
		refuse_with(RuleViolation("switched_off", capability=_("Approval of Quotations")))
	doc = frappe.get_doc("Quotation", name, for_update=True)
	_check_draft(doc)
	order = quotations.as_order(doc)
	now = owed.needs_now(order)
	requests.lock_series()
	known = requests.of_quotation(name, for_update=True)
	requests.supersede(now.outdated(known))
	asked = {one.rule for one in now.current(known) if one.state in (rules.OPEN, rules.REJECTED)}
	needs = [need for need in now.missing(known) if need.rule not in asked]
	if not needs:
		return []
	new = [with_reason.with_reason(now, need) for need in needs]
	made = new_requests.approvals_for(now.order, new, now.digest, frappe.session.user)
	for request in made:
		request.update({"sales_order": None, "quotation": name})
	deciders.assign(order, made)
	for request in made:
		_keep_out_of_sweeps(request)
	new_requests.insert_approvals(made)
	note(doc, timeline.asked, reasons=[need.rule for need in needs])
	for request in made:
		_tell(order, request)
	return [request.name for request in made]


def decide(approval: str, action: str, comment: str | None = None) -> str:
	"""Approve or refuse one approval of a Quotation as the session's user. Returns its state.

	Raises: ValidationError when it is decided, or the Quotation changed; PermissionError when it is not this
	user's to decide.
	"""
	doc = frappe.get_doc("Quotation", quotations.quotation_of_approval(approval), for_update=True)
	_check_draft(doc)
	if action == "refuse":
		deciders.check_refusal_reason(comment)
	order = quotations.as_order(doc)
	request = frappe.get_doc(requests.DOCTYPE, approval, for_update=True)
	right = _right(order, request)
	now = owed.needs_now(order)
	if action == "refuse":
		deciders.end_refused(request, right, comment)
	else:
		_keep_figures(order, now, request)
		level = request.level
		deciders.vote(order, request, right, comment)
		_keep_out_of_sweeps(request)
		if request.state == rules.OPEN and request.level != level:
			_tell(order, request)
	deciders.save(request)
	note(doc, timeline.voted, rule=request.rule, action=action, comment=said.typed(comment))
	if request.state != rules.OPEN:
		subject = said.keep(
			timeline.told_of_quotation, quotation=doc.name, rule=request.rule, state=request.state
		)
		notify([request.requested_by], doc.name, subject, doctype="Quotation")
	return request.state


def why_not_decide_quotation(order, request) -> RuleViolation | None:
	"""What keeps the session's user from deciding, or None."""
	if request.state != rules.OPEN:
		return RuleViolation("already_decided", approval=request.name, state=_(request.state))
	if any(hand.user == frappe.session.user and hand.rule == request.rule for hand in gate.hands(order.name)):
		return RuleViolation("own_order", approval=request.name)
	try:
		deciders.require_claim(order, request)
	except RuleViolation as violation:
		return violation
	return None


def _right(order, request) -> Claim:
	problem = why_not_decide_quotation(order, request)
	if problem:
		refuse_with(problem)
	return deciders.require_claim(order, request)


def _keep_figures(order, now: Owed, request) -> None:
	"""What is approved is what is true now, and no worse than what was shown."""
	need = next((it for it in now.needs if it.rule == request.rule and not it.is_shadow), None)
	if need is None:
		return
	if owed.is_worse_than_shown(need, flt(request.measured)):
		reason = orders.reasons_for_me(order, now, [need])[need.rule]
		refuse_with(RuleViolation("figures_changed", approval=request.name, reason=reason))
	request.update(new_requests.figures_of_needs(now.order, with_reason.with_reason(now, need), now.digest))


def _keep_out_of_sweeps(request) -> None:
	"""Reminders, escalation and mails speak of orders; about a Quotation its people are told once."""
	request.update({"due_on": None, "remind_on": None, "to_tell": 0})


def _tell(order, request) -> None:
	people = [user for user, _name in deciders.people(order, request)]
	subject = said.keep(timeline.told_request_of_quotation, quotation=order.name, rule=request.rule)
	notify(people, order.name, subject, doctype="Quotation")


def _check_draft(doc) -> None:
	if not doc.docstatus.is_draft():
		frappe.throw(_("Quotation {0} is no draft any more.").format(frappe.bold(doc.name)))
