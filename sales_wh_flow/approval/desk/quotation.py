"""A Quotation's approvals for people: what the order made from it would be asked about, and by whom."""

import frappe

from sales_wh_flow.approval import asking, decide, figure_rights, owed
from sales_wh_flow.approval import quotation as flow
from sales_wh_flow.approval import request as deciders
from sales_wh_flow.approval.desk.answers import ApprovalsOfQuotation, OwedByQuotation
from sales_wh_flow.approval.rules import needs as rules
from sales_wh_flow.approval.store import asked_people, quotations, requests
from sales_wh_flow.approval.words import deciding
from sales_wh_flow.base import said, settings

NOT_ASKED = "Not Asked"


def approvals_of_quotation(doc) -> ApprovalsOfQuotation:
	"""What the order made from a Quotation would be asked about; of a draft alone. Nothing is written."""
	is_on = settings.is_on(settings.APPROVAL)
	is_gated = flow.is_gated()
	if not is_on or not doc.docstatus.is_draft():
		return {"is_on": is_on, "is_gated": is_gated, "may_ask": False, "may_withdraw": False, "owed": []}
	order = quotations.as_order(doc)
	now = owed.needs_now(order)
	known = {one.rule: one for one in now.current(requests.of_quotation(doc.name))}
	needs = [need for need in now.needs if not need.is_shadow]
	kept = figure_rights.kept_criteria(order, (need.criterion for need in needs))
	plans = asked_people.plans(need.rule for need in needs)
	may_write = bool(frappe.has_permission("Quotation", "write", doc=doc))
	rows = [_row(order, now, need, known.get(need.rule), plans[need.rule], kept, may_write) for need in needs]
	may_ask = is_gated and may_write and any(row["state"] == NOT_ASKED for row in rows)
	return {
		"is_on": is_on,
		"is_gated": is_gated,
		"may_ask": may_ask,
		"may_withdraw": may_write and any(one.state == rules.OPEN for one in known.values()),
		"owed": rows,
	}


def _row(order, now, need, approval, plan, kept: frozenset[str], may_write: bool) -> OwedByQuotation:
	request = frappe.get_doc(requests.DOCTYPE, approval.name) if approval else None
	decided_by = approval.decided_by if approval else None
	is_open = bool(request) and deciders.is_open(request)
	may_decide = bool(request) and decide.may_decide(order, request)
	question = (request.question or "") if is_open else ""
	may_remind = is_open and may_write and not may_decide
	again = asking.last_reminder(request)[1] if request else None
	if request and request.state == rules.OPEN:
		people = deciders.people(order, request)
	else:
		own = now.rules[need.rule].allows_own_order
		people = deciders.people_of_rule(order, need.rule, plan, own, now.order.total_base)
	return {
		"rule": need.rule,
		"criterion": need.criterion,
		"reason": figure_rights.shown_reason(need.criterion, now.reason(need), kept),
		"state": approval.state if approval else NOT_ASKED,
		"approval": approval.name if approval else "",
		"waits_for": said.worded(request.waits_for) if request else "",
		"who_in_turn": deciding.who_in_turn(plan, now.currency),
		"who_can_decide": [name for _user, name in people],
		"decided_by": frappe.utils.get_fullname(decided_by) if decided_by else "",
		"comment": (approval.comment or "") if approval else "",
		"question": question,
		"may_i_decide": may_decide,
		"may_i_forward": may_decide,
		"may_i_ask_back": may_decide and not question,
		"may_i_answer": bool(question) and may_write and not may_decide,
		"may_i_remind": may_remind and not again,
		"remind_again_on": str(again or "") if may_remind else "",
	}
