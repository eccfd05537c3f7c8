"""Approve under a condition: the approver offers it, the sales user accepts or declines it.

Accepting changes the order and counts the approval, in one transaction and with the sales user's own right to
write the order.
"""

from dataclasses import replace

import frappe
from frappe.utils import flt

from sales_wh_flow.approval import decide, gate, owed, sayings, subject, tell, timeline
from sales_wh_flow.approval import request as deciders
from sales_wh_flow.approval.decide import Case, Decision
from sales_wh_flow.approval.rules import conditions
from sales_wh_flow.approval.rules import needs as rules
from sales_wh_flow.approval.rules.votes import Claim
from sales_wh_flow.approval.store import order_facts, requests
from sales_wh_flow.approval.subject import Subject
from sales_wh_flow.base import control_fields, hold_rows, said
from sales_wh_flow.base.alongside import alongside
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse as refuse_with
from sales_wh_flow.base.timeline import note
from sales_wh_flow.order import refresh_status
from sales_wh_flow.order.store import lines as orders
from sales_wh_flow.stock_lock.store import free_stock

ACCEPTED, DECLINED = "Accepted", "Declined"


def offer(about: Subject | str, approval: str, kind: str, value: float, comment: str | None) -> Decision:
	"""Approve as the session's user if the sales user accepts the condition.

	Raises: as ``decide.grant``; ValidationError for a condition that makes no sense for this order.
	"""
	case = decide.hold_approval(about, approval)
	right = decide.right_to_decide(case)
	decide.keep_figures_of_this_moment(case)
	request = case.request
	try:
		_check_is_order(case.order)
		conditions.check_condition(kind, flt(value))
		_check_draft(case.order)
		_check_changes_something(case.order, kind, flt(value))
	except RuleViolation as violation:
		refuse_with(violation)
	deciders.record_vote(
		request, "Condition Offered", right.user, right.on_behalf_of, comment, up_to_amount=right.up_to_base
	)
	request.update(
		{
			"condition_state": deciders.OFFERED,
			"condition_kind": kind,
			"condition_value": flt(value),
			"condition_text": said.keep(sayings.condition, kind=kind, value=flt(value)),
		}
	)
	deciders.stop_asking(request)
	deciders.save(request)
	note(
		case.order,
		timeline.condition_offered,
		rule=request.rule,
		condition=request.condition_text,
		comment=said.typed(comment),
	)
	tell.tell_condition_offered(case.order, request, comment)
	return _shown(request)


def accept(about: Subject | str, approval: str) -> Decision:
	"""Change the order as the condition says, as the session's user, and count the approval.

	Raises: ValidationError when there is nothing to accept or the order can't be changed so;
	PermissionError without write permission on the order.
	"""
	case = _lock_offered(about, approval)
	request, doc = case.request, case.order
	offered = [row for row in request.decisions if row.action == "Condition Offered"][-1]
	_APPLY[request.condition_kind](doc, flt(request.condition_value))
	# Else the change would withdraw the very approval.
	alongside(doc).accepting = frozenset({request.name})
	doc.save()
	_speak_of_what_was_accepted(doc, request)
	deciders.record_vote(request, "Condition Accepted", frappe.session.user)
	_note_answer(doc, request, True, None)
	tell.tell_condition_answered(doc, request, offered.user, True, None)
	others = tuple(
		one for one in requests.approvals_of_order(doc.name, for_update=True) if one.name != approval
	)
	right = Claim(offered.user, offered.on_behalf_of or "", flt(offered.up_to_amount))
	counted = decide.count_grant(replace(case, others=others), right, offered.comment, offered.via)
	return replace(counted, condition_state=ACCEPTED)


def decline(about: Subject | str, approval: str, comment: str | None) -> Decision:
	"""The sales user does not agree: whoever was asked decides anew. Raises: as ``accept``."""
	case = _lock_offered(about, approval)
	request = case.request
	offered = [row for row in request.decisions if row.action == "Condition Offered"][-1]
	request.condition_state = DECLINED
	deciders.record_vote(request, "Condition Declined", frappe.session.user, comment=comment)
	deciders.ask_again(case.order, request)
	deciders.save(request)
	_note_answer(case.order, request, False, comment)
	refresh_status.refresh_order(case.order.name)
	tell.tell_condition_answered(case.order, request, offered.user, False, comment)
	return _shown(request)


def _note_answer(doc, request, is_accepted: bool, comment: str | None) -> None:
	values = {"rule": request.rule, "condition": request.condition_text or "", "is_accepted": is_accepted}
	note(doc, timeline.condition_answered, comment=said.typed(comment), **values)


def _shown(request) -> Decision:
	return Decision(
		request.state,
		waits_for=(request.rule,),
		level=request.level,
		needed=request.needed,
		given=request.given,
		condition_state=request.condition_state,
	)


def _lock_offered(about: Subject | str, approval: str) -> Case:
	"""The approval with its order, locked first of all, both as last committed."""
	doc = subject.hold_subject(about)
	subject.document_of(doc).check_permission("write")
	request = hold_rows.held_document(requests.DOCTYPE, approval)
	try:
		_check_is_order(doc)
		if request.state != rules.OPEN or request.condition_state != deciders.OFFERED:
			raise RuleViolation("no_condition", approval=approval)
		_check_draft(doc)
		if request.fingerprint != rules.fingerprint(order_facts.facts_of_document(doc)):
			raise RuleViolation("order_changed", order=doc.name, approval=approval)
	except RuleViolation as violation:
		refuse_with(violation)
	return Case(doc, request, ())


def _speak_of_what_was_accepted(doc, request) -> None:
	"""The approval is about the changed order: nobody may go back to what the approver did not want."""
	now = owed.needs_now(doc)
	need = next((need for need in now.needs if need.rule == request.rule), None)
	if need:
		gate.refresh_approval(now, request.name, need)
	request.reload()
	request.condition_state = ACCEPTED
	if not need:  # the rule asks for nothing any more; as soon as the order is another one, it may
		request.update({"fingerprint": now.digest, "facts": ""})


def _check_is_order(doc) -> None:
	if subject.subject_of_order(doc).is_quotation:
		raise RuleViolation("condition_needs_order", quotation=doc.name)


def _check_draft(doc) -> None:
	if not doc.docstatus.is_draft():
		raise RuleViolation("condition_needs_draft", order=doc.name)


def _check_changes_something(doc, kind: str, value: float) -> None:
	"""A condition that the order meets already is no condition: approve instead."""
	if kind == conditions.SMALLER_DISCOUNT:
		rates = _capped_rates(doc, value)
		if not any(rates[row.name] > flt(flt(row.rate) * _kept_share(doc), 6) for row in doc.items):
			raise RuleViolation("condition_met", condition=sayings.condition(kind, value))
	if kind == conditions.AVAILABLE_QUANTITY:
		there = _available(doc)
		if all(flt(there[row.name] - row.stock_qty, 6) >= 0 for row in doc.items):
			raise RuleViolation("condition_met", condition=sayings.condition(kind, value))
		if not any(there[row.name] > 0 for row in doc.items):
			raise RuleViolation("nothing_available", order=doc.name)


def _cap_discount(doc, cap_pct: float) -> None:
	"""The order's own discount is worked into the lines, each capped; pricing rules don't set them anew."""
	rates = _capped_rates(doc, cap_pct)
	doc.update({"additional_discount_percentage": 0, "discount_amount": 0, "ignore_pricing_rule": 1})
	for row in doc.items:
		list_rate, rate = flt(row.price_list_rate), rates[row.name]
		cut = list_rate - rate if list_rate > rate else 0.0
		row.update(
			{
				"rate": rate,
				"discount_amount": flt(cut, row.precision("discount_amount")),
				"discount_percentage": 100 * cut / list_rate if cut else 0.0,
				"margin_type": "",
				"margin_rate_or_amount": 0,
				"pricing_rules": "",
			}
		)


def _require_prepayment(doc, percent: float) -> None:
	"""Written on the order to be seen; what counts is the accepted condition, see approval/prepayment."""
	control_fields.put(doc, swf_prepayment_pct=max(flt(doc.get("swf_prepayment_pct")), percent))


def _cut_to_available(doc, _value: float) -> None:
	there = _available(doc)
	kept = [row for row in doc.items if there[row.name] > 0]
	if not kept:
		refuse_with(RuleViolation("nothing_available", order=doc.name))
	for row in kept:
		if flt(there[row.name] - row.stock_qty, 6) < 0:
			row.qty = flt(there[row.name] / (flt(row.conversion_factor) or 1), row.precision("qty"))
	doc.set("items", kept)
	for idx, row in enumerate(doc.items, start=1):
		row.idx = idx


def _capped_rates(doc, cap_pct: float) -> dict[str, float]:
	lines = [
		conditions.PriceLine(row.name, flt(row.rate), flt(row.price_list_rate))
		for row in doc.items
		if not row.get("is_free_item")
	]
	decimals = doc.items[0].precision("rate")
	rates = conditions.capped_rates(lines, cap_pct, _kept_share(doc), decimals)
	return {row.name: rates.get(row.name, flt(row.rate)) for row in doc.items}


def _kept_share(doc) -> float:
	"""What the order's own discount leaves of each line's rate, 1 without one."""
	discount = flt(doc.discount_amount)
	whole = flt(doc.total) if doc.apply_discount_on == "Net Total" else flt(doc.grand_total) + discount
	return 1 - discount / whole if discount and whole else 1.0


def _available(doc) -> dict[str, float]:
	facts = {line.row: line for line in orders.lines_of_order(doc)}
	free = free_stock.free_stock(
		(row.item_code for row in doc.items), {row.warehouse for row in doc.items if row.warehouse}
	)
	lines = [
		conditions.QuantityLine(
			row.name,
			facts[row.name].bin_key,
			flt(row.stock_qty),
			facts[row.name].step_stock,
			facts[row.name].is_stock_item,
		)
		for row in doc.items
	]
	return conditions.available(lines, free)


_APPLY = {
	conditions.SMALLER_DISCOUNT: _cap_discount,
	conditions.PREPAYMENT: _require_prepayment,
	conditions.AVAILABLE_QUANTITY: _cut_to_available,
}
