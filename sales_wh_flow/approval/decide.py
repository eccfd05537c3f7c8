"""Approve and refuse: who decided what by which right, and what the last approval of an order brings."""

from dataclasses import dataclass

import frappe
from frappe import _
from frappe.utils import flt

from sales_wh_flow.approval import (
	figure_rights,
	finish,
	follow_rule,
	owed,
	subject,
	tell,
	timeline,
	with_reason,
)
from sales_wh_flow.approval import gate as approve
from sales_wh_flow.approval import request as deciders
from sales_wh_flow.approval.rules import needs as rules
from sales_wh_flow.approval.rules.votes import Claim
from sales_wh_flow.approval.store import new_requests, order_facts, requests
from sales_wh_flow.approval.store.requests import Approval
from sales_wh_flow.approval.subject import Subject
from sales_wh_flow.base import hold_rows, said
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse as refuse_with
from sales_wh_flow.base.timeline import note
from sales_wh_flow.order import refresh_status
from sales_wh_flow.stock_lock import release


@dataclass(frozen=True, slots=True)
class Decision:
	"""What came of it. ``waits_for``: rules still open; ``also``: other rules this approval counted for.

	``level``, ``needed``, ``given``: where the approval itself stands. ``why_not``: why the order was not
	submitted with all its approvals, HTML, else empty.
	"""

	state: str
	is_submitted: bool = False
	waits_for: tuple[str, ...] = ()
	why_not: str = ""
	level: int = 1
	needed: int = 1
	given: int = 0
	also: tuple[str, ...] = ()
	condition_state: str = ""


@dataclass(frozen=True, slots=True)
class Case:
	"""An open approval with its order, both locked and as last committed."""

	order: object
	request: object
	others: tuple[Approval, ...]


def grant(
	about: Subject | str, approval: str, comment: str | None = None, via: str = deciders.DESK
) -> Decision:
	"""Give one approval as the session's user; with an order's last one the order is submitted.

	``about`` may name a Sales Order. Raises: ValidationError when it is decided already, the order is no
	draft, or it changed since; PermissionError when it is not this user's to decide. When the submit is
	refused the approval stays given.
	"""
	case = hold_approval(about, approval)
	right = right_to_decide(case)
	keep_figures_of_this_moment(case)
	return count_grant(case, right, comment, via)


def keep_figures_of_this_moment(case: Case) -> None:
	"""Write into the approval what is true while it is decided.

	Raises: FiguresChanged when that is worse than what it showed, beyond the rule's tolerance: nobody
	approves what nobody saw.
	"""
	now = owed.needs_now(case.order)
	request = case.request
	need = next((it for it in now.needs if it.rule == request.rule and not it.is_shadow), None)
	if need is None:
		return
	if owed.is_worse_than_shown(need, flt(request.measured)):
		reason = approve.reasons_for_me(case.order, now, [need])[need.rule]
		refuse_with(RuleViolation("figures_changed", approval=request.name, reason=reason))
	request.update(new_requests.figures_of_needs(now.order, with_reason.with_reason(now, need), now.digest))


def count_grant(case: Case, right: Claim, comment: str | None, via: str) -> Decision:
	"""Count an approval given by ``right``, here and wherever else it answers, and end what it ends."""
	request = case.request
	before = request.level
	is_given = deciders.vote(case.order, request, right, comment, via)
	deciders.save(request)
	_tell_timeline(case, rules.APPROVED, comment, right)
	also, waiting = _count_elsewhere(case)
	waits_for = waiting if is_given else (request.rule, *waiting)
	is_submitted, why_not = (False, "") if waits_for else finish.approved(case.order)
	_refresh_status(case.order)
	tell.tell_decided(case.order, request, rules.APPROVED, comment, is_submitted)
	if not is_given and request.level != before:
		tell.tell_asked(request)
	return Decision(
		request.state,
		is_submitted,
		waits_for,
		why_not,
		request.level,
		request.needed,
		request.given,
		also,
	)


def refuse_approval(
	about: Subject | str, approval: str, comment: str | None, via: str = deciders.DESK
) -> Decision:
	"""Refuse one approval, saying why. What else is open is taken back: the order has to change anyway.

	Raises: as ``grant``; ValidationError when no reason is given.
	"""
	deciders.check_refusal_reason(comment)
	case = hold_approval(about, approval)
	right = right_to_decide(case)
	request = case.request
	deciders.end_refused(case.order, request, right, comment, via)
	deciders.save(request)
	requests.supersede(other for other in case.others if other.state == rules.OPEN)
	_tell_timeline(case, rules.REJECTED, comment, right)
	if not subject.subject_of_order(case.order).is_quotation:
		release.after_refusal(case.order)
	_refresh_status(case.order)
	tell.tell_decided(case.order, request, rules.REJECTED, comment, False)
	return Decision(rules.REJECTED, level=request.level, needed=request.needed, given=request.given)


def may_decide(order, request) -> bool:
	"""Whether the session's user may decide now."""
	return why_may_not_decide(order, request) is None


def why_may_not_decide(order, request) -> RuleViolation | None:
	"""What keeps the session's user from deciding, or None."""
	try:
		_check_open(request)
		deciders.require_claim(order, request)
	except RuleViolation as violation:
		return violation
	return None


def right_to_decide(case: Case) -> Claim:
	"""By which right the session's user decides. Raises: in words why not."""
	try:
		return deciders.require_claim(case.order, case.request)
	except RuleViolation as violation:
		return refuse_with(violation)


def hold_approval(about: Subject | str, name: str) -> Case:
	"""An approval that can be decided now, with its order: locked, and as last committed.

	``about`` may name a Sales Order. The lock on the order is the transaction's first statement, so that
	whatever is read after it is fresh.
	"""
	doc = subject.hold_subject(about)
	what = subject.subject_of_order(doc)
	known = subject.approvals_about(what, for_update=True)
	if follow_rule.is_behind(name, known):
		follow_rule.catch_up(doc)
		known = subject.approvals_about(what, for_update=True)
	one = next((approval for approval in known if approval.name == name), None)
	try:
		_check(doc, one, name)
		request = hold_rows.held_document(requests.DOCTYPE, name)
		_check_open(request)
	except RuleViolation as violation:
		refuse_with(violation)
	return Case(doc, request, tuple(approval for approval in known if approval.name != name))


def _check(doc, approval: Approval | None, name: str) -> None:
	if not approval:
		raise RuleViolation("already_decided", approval=name, state=_(rules.SUPERSEDED))
	if approval.state != rules.OPEN:
		raise RuleViolation("already_decided", approval=name, state=_(approval.state))
	seen = subject.document_of(doc)
	if seen.docstatus.is_cancelled() or (seen is not doc and not seen.docstatus.is_draft()):
		raise RuleViolation("not_a_draft", order=doc.name, status=_(seen.status))
	if approval.fingerprint != rules.fingerprint(order_facts.facts_of_document(doc)):
		raise RuleViolation("order_changed", order=doc.name, approval=name)


def _check_open(request) -> None:
	if request.state != rules.OPEN:
		raise RuleViolation("already_decided", approval=request.name, state=_(request.state))
	if request.condition_state == deciders.OFFERED:
		raise RuleViolation(
			"waits_for_answer", approval=request.name, condition=said.worded(request.condition_text)
		)


def _refresh_status(order) -> None:
	if not subject.subject_of_order(order).is_quotation:
		refresh_status.refresh_order(order.name)


def _spoken_for(right: Claim) -> str:
	"""Whom the timeline names besides the one who acted; accepting a condition gives the approver's word."""
	return right.on_behalf_of or (right.user if right.user != frappe.session.user else "")


def _tell_timeline(case: Case, state: str, comment: str | None, right: Claim) -> None:
	request = case.request
	note(
		case.order,
		timeline.decided,
		rule=request.rule,
		state=state,
		reason=figure_rights.public(request.criterion, request.reason),
		comment=said.typed(comment),
		on_behalf_of=_spoken_for(right),
	)


def _count_elsewhere(case: Case) -> tuple[tuple[str, ...], tuple[str, ...]]:
	"""(rules of other approvals that this decision answered as well, rules still open)"""
	also, waiting = [], []
	for other in case.others:
		if other.state != rules.OPEN:
			continue
		request = hold_rows.held_document(requests.DOCTYPE, other.name)
		before = (request.level, request.given)
		is_given = deciders.is_open(request) and deciders.advance(case.order, request)
		if is_given or (request.level, request.given) != before:
			deciders.save(request)
		(also if is_given else waiting).append(other.rule)
	return tuple(also), tuple(waiting)
