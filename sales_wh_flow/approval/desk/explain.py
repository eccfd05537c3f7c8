"""An order's approvals for people: what is asked, why, since when, who can decide, and what was said."""

import frappe

from sales_wh_flow.approval import asking, decide, figure_rights, owed
from sales_wh_flow.approval import request as deciders
from sales_wh_flow.approval.answers import (
	ApprovalsOfOrder,
	GivenDecision,
	OfferedCondition,
	OwedApproval,
	ShownApproval,
	ShownShadow,
)
from sales_wh_flow.approval.rules import needs as rules
from sales_wh_flow.approval.store import asked_people, history, requests
from sales_wh_flow.approval.store.requests import Approval
from sales_wh_flow.approval.words import deciding
from sales_wh_flow.base import said, settings

NOT_ASKED = "Not Asked"


def explain_approvals(doc) -> ApprovalsOfOrder:
	"""An order's approvals, and what a draft owes by the rules of this moment."""
	known = requests.approvals_of_order(doc.name)
	is_on = settings.is_on(settings.APPROVAL)
	is_draft = doc.docstatus.is_draft()
	owed = _owed(doc, known) if is_on and is_draft else []
	is_refused = any(row["state"] == rules.REJECTED for row in owed)
	can_ask = any(row["state"] == NOT_ASKED for row in owed) and not is_refused
	# Not doc.has_permission: that one also tells whoever may not write so, in a message on the screen.
	may_write = bool(frappe.has_permission("Sales Order", "write", doc=doc))
	hits = history.shadow_hits(doc.name) if is_on else ()
	asked = {row["criterion"] for row in owed} | {one.criterion for one in (*known, *hits)}
	kept = figure_rights.kept_criteria(doc, asked)
	for row in owed:
		row["reason"] = figure_rights.shown_reason(row["criterion"], row["reason"], kept)
	return {
		"is_on": is_on,
		"may_ask": bool(can_ask and may_write),
		"may_withdraw": is_draft and may_write and any(one.state == rules.OPEN for one in known),
		"owed": owed,
		"approvals": [_row(doc, approval, may_write, kept) for approval in known],
		"shadows": [_shadow(hit, kept) for hit in hits],
	}


def _owed(doc, known: tuple[Approval, ...]) -> list[OwedApproval]:
	now = owed.needs_now(doc)
	states = dict.fromkeys(now.covered, rules.APPROVED)
	states.update({approval.rule: approval.state for approval in now.current(known)})
	plans = asked_people.plans(need.rule for need in now.needs)
	return [
		{
			"rule": need.rule,
			"criterion": need.criterion,
			"reason": now.reason(need),
			"approver_role": need.approver_role,
			"who_in_turn": deciding.who_in_turn(plans[need.rule], now.currency),
			"state": states.get(need.rule, NOT_ASKED),
			"who_can_decide": _names(
				deciders.people_of_rule(
					doc,
					need.rule,
					plans[need.rule],
					now.rules[need.rule].allows_own_order,
					now.order.total_base,
				)
			),
		}
		for need in now.needs
		if not need.is_shadow
	]


def _shadow(hit, kept: frozenset[str]) -> ShownShadow:
	reason = figure_rights.shown_reason(hit.criterion, hit.reason, kept)
	return {"rule": hit.rule, "reason": reason, "since": str(hit.seen_on or "")}


def _row(doc, approval: Approval, may_write: bool, kept: frozenset[str]) -> ShownApproval:
	request = frappe.get_doc(requests.DOCTYPE, approval.name)
	is_open = not doc.docstatus.is_cancelled() and deciders.is_open(request)
	may_decide = is_open and decide.may_decide(doc, request)
	right = deciders.require_claim(doc, request) if may_decide else None
	may_remind, again = is_open and may_write and not may_decide, asking.last_reminder(request)[1]
	return {
		"name": approval.name,
		"rule": approval.rule,
		"criterion": approval.criterion,
		"rule_version": approval.rule_version,
		"state": approval.state,
		"reason": figure_rights.shown_reason(approval.criterion, approval.reason, kept),
		"approver_role": approval.approver_role,
		"since": str(approval.requested_on or ""),
		"requested_by": _full_name(approval.requested_by),
		"decided_by": _full_name(approval.decided_by),
		"decided_on": str(approval.decided_on or ""),
		"comment": approval.comment or "",
		"level": request.level or 1,
		"levels": len({row.level for row in request.deciders}) or 1,
		"needed": request.needed or 1,
		"given": request.given or 0,
		"due_on": str(request.due_on or ""),
		"waits_for": said.worded(request.waits_for),
		"forwarded_to": _full_name(request.forwarded_to),
		"condition": _condition(request),
		"decisions": [_decision(row, request.criterion, kept) for row in request.decisions],
		"who_can_decide": _names(deciders.people(doc, request)) if is_open else [],
		"decided_as": _full_name(right.on_behalf_of) if right else "",
		"may_i_decide": may_decide,
		"may_i_forward": may_decide,
		"may_i_set_condition": may_decide,
		"question": request.question or "",
		"may_i_ask_back": may_decide and not request.question,
		"may_i_answer": bool(is_open and may_write and request.question and not may_decide),
		"may_i_remind": may_remind and not again,
		"remind_again_on": str(again or "") if may_remind else "",
		"may_i_accept_condition": doc.docstatus.is_draft()
		and may_write
		and request.condition_state == deciders.OFFERED,
	}


def _condition(request) -> OfferedCondition:
	if not request.condition_state:
		return {}
	offered = [row for row in request.decisions if row.action == "Condition Offered"]
	return {
		"state": request.condition_state,
		"kind": request.condition_kind,
		"value": request.condition_value or 0,
		"text": said.worded(request.condition_text),
		"by": _full_name(offered[-1].user) if offered else "",
		"comment": offered[-1].comment or "" if offered else "",
	}


def _decision(row, criterion: str, kept: frozenset[str]) -> GivenDecision:
	comment = said.worded(row.comment)
	return {
		"level": row.level,
		"action": row.action,
		"user": "" if row.via == "Scheduler" else _full_name(row.user),
		"on_behalf_of": _full_name(row.on_behalf_of),
		"comment": figure_rights.shown_reason(criterion, comment, kept)
		if row.action == "Changed"
		else comment,
		"at": str(row.decided_on or ""),
	}


def _names(people: list[tuple[str, str]]) -> list[str]:
	return [name for _user, name in people]


def _full_name(user: str | None) -> str:
	return frappe.utils.get_fullname(user) if user else ""
