"""Which approvals an order owes, asking for them, and the gate in front of its submit."""

from collections.abc import Collection

import frappe
from frappe import _
from frappe.utils import flt

from sales_wh_flow.approval import figure_rights, hands, owed, subject, tell, timeline, with_reason
from sales_wh_flow.approval import request as deciders
from sales_wh_flow.approval.owed import Owed
from sales_wh_flow.approval.refusals import ApprovalRequired
from sales_wh_flow.approval.rules import needs as rules
from sales_wh_flow.approval.rules.facts import ApprovalNeed
from sales_wh_flow.approval.store import gate, new_requests, order_facts, workflows
from sales_wh_flow.approval.store import requests as approvals
from sales_wh_flow.approval.store.gate import Hand, Passed
from sales_wh_flow.approval.store.requests import Approval
from sales_wh_flow.approval.subject import Subject
from sales_wh_flow.approval.tell_admins import tell_admins_soon
from sales_wh_flow.approval.words import gate as words
from sales_wh_flow.base import native_checks, said, settings
from sales_wh_flow.base.alongside import alongside, alongside_request
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse as refuse_with
from sales_wh_flow.base.refusals import refuse_in_words
from sales_wh_flow.base.timeline import note
from sales_wh_flow.order import hold, refresh_status

CREDIT_CHECK = "check_credit_limit"
"""ERPNext's own check on a Sales Order: refuses whatever exceeds the credit limit, approved or not."""


def follow_changes(doc) -> None:
	"""A draft is saved: approvals that it got worse than no longer count; what was asked is asked again.

	Statements: 1 for an order without approvals.
	"""
	if not settings.is_on(settings.APPROVAL) or doc.is_new() or not doc.docstatus.is_draft():
		return
	follow_draft(doc, doc.get_doc_before_save())


def follow_draft(doc, before) -> None:
	"""Follow what was saved of a draft, or of what a Quotation becomes; ``before``: as it was stored."""
	known = subject.approvals_about(subject.subject_of_order(doc))
	now = owed.needs_now(doc) if known else None
	worse = hands.note_worse(doc, before, now)
	if now is None:
		return
	if now.outdated(known):
		bring_approvals_up_to_date(doc, now, worse)
	else:
		_refresh(now, known)  # whoever saves holds the order's row, and so does whoever decides
	hands.exclude(doc, worse)


def require(doc) -> None:
	"""The gate: let the order be submitted only with every approval it owes.

	Raises: ApprovalRequired naming every reason with its numbers, and the next step.
	"""
	if not settings.is_on(settings.APPROVAL):
		return
	_check(doc, owed.under_lock(doc))


def confirm(doc) -> None:
	"""The order is written: it must be the one that the gate saw.

	Code may skip validation, and with it the gate (``flags.ignore_validate``), or change the order behind
	the gate. Raises: ApprovalRequired.
	"""
	native_checks.restore(doc, __name__, CREDIT_CHECK)
	if not settings.is_on(settings.APPROVAL):
		return
	passed: Passed | None = alongside(doc).take("passed")
	if not passed or passed.digest != rules.fingerprint(order_facts.facts_of_document(doc)):
		_check(doc, owed.under_lock(doc))
		passed = alongside(doc).take("passed")
	gate.remember(doc.name, passed)


def keep_granted_credit(doc) -> None:
	"""A later save of an order whose credit was approved: ERPNext's credit check stays away.

	Unless the total rises: nobody approved that. While its items are updated, credit is judged at the end.
	"""
	native_checks.restore(doc, __name__, CREDIT_CHECK)
	if not settings.is_on(settings.APPROVAL):
		return
	updating = alongside_request().order_before_update
	if updating and updating.name == doc.name:
		native_checks.waive(doc, __name__, CREDIT_CHECK)
		return
	before = doc.get_doc_before_save()
	digits = doc.precision("base_grand_total")
	is_covered = before and flt(doc.base_grand_total, digits) <= flt(before.base_grand_total, digits)
	if is_covered:
		waive_granted_credit(doc)


def waive_granted_credit(doc) -> None:
	"""ERPNext checks the credit again when an order is re-opened; what was approved stays approved."""
	if settings.is_on(settings.APPROVAL) and approvals.has_granted(doc.name, rules.CREDIT_EXPOSURE):
		native_checks.waive(doc, __name__, CREDIT_CHECK)


def keep_granted_credit_of_orders(doc, field: str) -> None:
	"""A Delivery Note or Sales Invoice of nothing but orders whose credit was approved is not checked again.

	ERPNext checks it where the customer's Sales Orders bypass the credit check.
	"""
	native_checks.restore(doc, __name__, CREDIT_CHECK)
	orders = {row.get("so_detail") and row.get(field) for row in doc.items}
	if (
		settings.is_on(settings.APPROVAL)
		and all(orders)
		and approvals.all_granted(orders, rules.CREDIT_EXPOSURE)
	):
		native_checks.waive(doc, __name__, CREDIT_CHECK)


def withdraw_after_cancel(doc) -> None:
	"""Nobody is asked about a cancelled order."""
	if settings.is_on(settings.APPROVAL):
		approvals.supersede_open(doc.name)


def keep_approvals_of_deleted(doc) -> None:
	"""The approvals outlive their order, also when the switch is off: their link would keep it alive."""
	approvals.outlive_order(doc.name)
	gate.forget_gate(doc.name)


def ask(order: str, note: str = "") -> list[str]:
	"""Ask for every approval that the saved draft owes and nobody was asked for. Returns their names.

	``note``: what the approvers should know. The order is submitted by the last approval. Raises:
	ValidationError when the order is no draft, or was refused as it is now.
	"""
	if not settings.is_on(settings.APPROVAL):
		refuse_with(RuleViolation("switched_off", capability=_("Approval")))
	doc = hold.hold_order(order, for_update=True)
	if not doc.docstatus.is_draft():
		refuse_with(RuleViolation("not_a_draft", order=order, status=_(doc.status)))
	now = owed.needs_now(doc)
	if not (now.needs or approvals.approvals_of_order(order)):
		return []
	approvals.hold_series()
	known = approvals.approvals_of_order(order, for_update=True)
	current = now.current(known)
	_check_not_refused(now, current)
	outdated = now.outdated(known)
	approvals.supersede(outdated)
	with_reason.note_taken_back(doc, now, outdated)
	_refresh(now, known)
	names = open_missing(doc, now, current, frappe.session.user, remark=note)
	record_shadows(now)
	refresh_status.refresh_order(order)
	return names


def rules_waited_for(order: str) -> list[str]:
	"""The rules whose approval the order waits for, by name."""
	return sorted(
		it.rule for it in approvals.approvals_of_order(order) if it.state in (rules.OPEN, rules.REJECTED)
	)


def bring_approvals_up_to_date(
	doc, now: Owed, worse: tuple[Hand, ...] = (), *, announce: bool = True
) -> list[str]:
	"""Take back what no longer counts, asked or given, ask that again while the order waits for anybody, show
	the present numbers in what stands.

	``worse``: what the session's user made worse; what is asked again is asked in that one's name then.
	Returns the names of new approvals.
	"""
	approvals.hold_series()
	known = subject.approvals_about(subject.subject_of_order(doc), for_update=True)
	outdated = now.outdated(known)
	approvals.supersede(outdated)
	with_reason.note_taken_back(doc, now, outdated)
	_refresh(now, known)
	waiting = sorted((it for it in known if it.state == rules.OPEN), key=lambda it: it not in outdated)
	askers = [it.requested_by for it in waiting] if outdated else []
	asked_by = worse[0].user if worse else askers[0] if askers else ""
	names = open_missing(doc, now, now.current(known), asked_by, askers=askers) if askers else []
	if outdated and announce:
		frappe.msgprint(words.withdrawn((approval.rule for approval in outdated), bool(names)), alert=True)
	return names


def reasons_for_me(doc, now: Owed, needs: Collection[ApprovalNeed]) -> dict[str, str]:
	"""Rule -> why, with the figures that the session's user may see; plain text."""
	hidden = figure_rights.kept_criteria(doc, (need.criterion for need in needs))
	return {need.rule: figure_rights.shown_reason(need.criterion, now.reason(need), hidden) for need in needs}


def open_missing(
	doc,
	now: Owed,
	current: tuple[Approval, ...],
	asked_by: str,
	but: frozenset[str] = frozenset(),
	askers: Collection[str] = (),
	remark: str = "",
) -> list[str]:
	"""Open what is missing and not asked yet, and tell those who can decide. Returns the names.

	``but``: rules that are not asked. ``askers``: who asked for it before, besides ``asked_by``. ``remark``:
	what the approvers should know.
	"""
	asked = {approval.rule for approval in current if approval.state == rules.OPEN} | but
	needs = [need for need in now.missing(current) if need.rule not in asked]
	if not needs:
		return []
	hint = with_reason.refused_alike(now)
	new = [with_reason.with_reason(now, need, hint) for need in needs]
	public = [figure_rights.public(it.need.criterion, it.reason) for it in new]
	note(doc, timeline.asked, reasons=public, remark=said.typed(remark))
	requests = new_requests.approvals_for(now.order, new, now.digest, asked_by)
	subject.link_to_quotation(requests, doc)
	deciders.assign(doc, requests, askers, remark)
	new_requests.insert_approvals(requests)
	tell.tell_asked(*(request for request in requests if request.state == rules.OPEN))
	tell_admins_soon(subject.subject_of_order(doc), needs, now.reason)
	return [request.name for request in requests]


def record_shadows(now: Owed) -> None:
	"""Keep what rules in shadow would have asked, once for each state of the order."""
	if not now.shadows:
		return
	known = approvals.shadows_of(now.order.name, now.digest)
	new = [
		with_reason.with_reason(now, need, with_reason.NO_HINT)
		for need in now.shadows
		if need.rule not in known
	]
	if new:
		new_requests.insert_approvals(
			new_requests.approvals_for(now.order, new, now.digest, frappe.session.user)
		)


def refresh_figures(about: Subject) -> None:
	"""Show in what waits of an order the figures of this moment."""
	now = owed.needs_now(subject.hold_subject(about))
	needs = {need.rule: need for need in now.needs if not need.is_shadow}
	for approval in subject.approvals_about(about, for_update=True):
		if approval.state == rules.OPEN and approval.rule in needs:
			refresh_approval(now, approval.name, needs[approval.rule])


def refresh_approval(now: Owed, approval: str, need: ApprovalNeed) -> None:
	"""An open approval speaks of the order as it is now."""
	new_requests.refresh_asked(now.order, [(approval, with_reason.with_reason(now, need))], now.digest)


def _refresh(now: Owed, known: tuple[Approval, ...]) -> None:
	stale = now.to_refresh(known)
	if stale:
		hint = with_reason.refused_alike(now)
		shown = [(approval.name, with_reason.with_reason(now, need, hint)) for approval, need in stale]
		new_requests.refresh_asked(now.order, shown, now.digest)


def _check(doc, now: Owed) -> None:
	known = approvals.approvals_of_order(doc.name)
	if known or now.needs:
		known = approvals.approvals_of_order(doc.name, for_update=True)
	lacking = now.missing(known)
	if lacking:
		tell_admins_soon(subject.subject_of_order(doc), lacking, now.reason)
		why = reasons_for_me(doc, now, lacking)
		told = words.word_refused_order(doc.name, lacking, now.current(known), why, workflows.active())
		refuse_in_words(told, _("Approval Required"), ApprovalRequired)
	record_shadows(now)
	# Nothing is owed: what is still open or refused asks for nothing that this order needs.
	left = {approval.name for approval in now.outdated(known)}
	approvals.supersede(it for it in known if it.name in left or it.state != rules.APPROVED)
	alongside(doc).passed = Passed(
		now.digest, "\n".join(it.rule for it in now.needs if not it.is_shadow and it.rule not in now.covered)
	)
	if any(now.grants_credit(approval) for approval in known):
		native_checks.waive(doc, __name__, CREDIT_CHECK)


def _check_not_refused(now: Owed, current: tuple[Approval, ...]) -> None:
	lacking = {need.rule for need in now.missing(current)}
	refused = [one for one in current if one.state == rules.REJECTED and one.rule in lacking]
	if refused:
		refuse_in_words("<br>".join(words.refused_before(one) for one in refused), _("Refused"))
