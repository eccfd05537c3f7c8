"""An order's approvals for people: what is asked, why, since when, and who can decide."""

import frappe

from sales_wh_flow import permissions, settings
from sales_wh_flow.flow import approve, decide
from sales_wh_flow.rules import approval as rules
from sales_wh_flow.rules.problems import RuleViolation
from sales_wh_flow.store import approvals
from sales_wh_flow.store.approvals import Approval

NOT_ASKED = "Not Asked"


def of(doc) -> dict:
	"""Shape: see ``api.approvals_of``."""
	known = approvals.of_order(doc.name)
	is_on = settings.is_on(settings.APPROVAL)
	is_draft = doc.docstatus.is_draft()
	owed = _owed(doc, known) if is_on and is_draft else []
	is_refused = any(row["state"] == rules.REJECTED for row in owed)
	can_ask = any(row["state"] == NOT_ASKED for row in owed) and not is_refused
	return {
		"is_on": is_on,
		"may_ask": bool(can_ask and doc.has_permission("write")),
		"owed": owed,
		"approvals": [_row(doc, approval, is_draft) for approval in known],
	}


def _owed(doc, known: tuple[Approval, ...]) -> list[dict]:
	now = approve.owed(doc)
	states = {approval.rule: approval.state for approval in now.current(known)}
	return [
		{
			"rule": need.rule,
			"criterion": need.criterion,
			"reason": now.reason(need),
			"approver_role": need.approver_role,
			"state": states.get(need.rule, NOT_ASKED),
			"who_can_decide": _who(doc, need.approver_role, now.rules[need.rule].allows_own_order, doc.owner),
		}
		for need in now.needs
	]


def _row(doc, approval: Approval, is_draft: bool) -> dict:
	is_open = is_draft and approval.state == rules.OPEN
	involved = (doc.owner, approval.requested_by)
	return {
		"name": approval.name,
		"rule": approval.rule,
		"criterion": approval.criterion,
		"state": approval.state,
		"reason": approval.reason,
		"approver_role": approval.approver_role,
		"since": str(approval.requested_on or ""),
		"requested_by": _full_name(approval.requested_by),
		"decided_by": _full_name(approval.decided_by),
		"decided_on": str(approval.decided_on or ""),
		"comment": approval.comment or "",
		"who_can_decide": _who(doc, approval.approver_role, approval.allows_own_order, *involved)
		if is_open
		else [],
		"may_i_decide": is_open and _may_decide(approval, doc.owner),
	}


def _who(doc, role: str, allows_own_order: bool, *involved: str) -> list[str]:
	excluded = set() if allows_own_order else set(involved)
	return [name for _user, name in permissions.deciders(doc, role, excluded)]


def _may_decide(approval: Approval, author: str) -> bool:
	try:
		decide.check_may_decide(approval, author)
	except RuleViolation:
		return False
	return True


def _full_name(user: str | None) -> str:
	return frappe.utils.get_fullname(user) if user else ""
