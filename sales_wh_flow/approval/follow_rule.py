"""A rule changed, ended or was switched off: what waits by it asks whom it names now, or is taken back.

Decisions stay. Votes of people whom the rule names no longer count no more, and the history keeps whom it
asked before. A refused approval that no rule asks for any more holds nothing, either.
"""

from collections.abc import Iterable

import frappe
from frappe.utils import nowdate

from sales_wh_flow.approval import (
	finish,
	gate,
	judge_change,
	owed,
	reassign,
	sayings,
	subject,
	tell,
	timeline,
)
from sales_wh_flow.approval import request as deciders
from sales_wh_flow.approval.owed import Owed
from sales_wh_flow.approval.rules import needs as rules
from sales_wh_flow.approval.store import asked_people
from sales_wh_flow.approval.store import requests as approvals
from sales_wh_flow.approval.store import rules as approval_rules
from sales_wh_flow.approval.store.requests import Approval
from sales_wh_flow.approval.subject import Subject
from sales_wh_flow.base import background, hold_rows, said
from sales_wh_flow.base.timeline import note
from sales_wh_flow.order import refresh_status

_JOB = "sales_wh_flow.approval.jobs.follow_rules"
_WAITING = (rules.OPEN, rules.REJECTED)


def follow_rule_soon(rule: str) -> None:
	"""Once the change of the rule is committed, in the background."""
	background.run(_JOB, queue="long", job_id=f"follow_rules::{rule}", deduplicate=True, rule=rule)


def waiting_by_rule(rule: str | None = None) -> list[Subject]:
	"""The orders and Quotations that wait by a rule, or by any that is another one now."""
	return [Subject(*found) for found in approval_rules.waiting_behind(nowdate(), rule)]


def follow_rules_of_order(about: Subject | str) -> list[str]:
	"""Bring all that waits on one order in step with its rules. Returns what was asked anew or taken back.

	``about`` may name a Sales Order. Call it in a fresh transaction: the lock on the order comes first, so
	a decision that was quicker counts.
	"""
	return catch_up(subject.hold_subject(about))


def is_behind(name: str, known: Iterable[Approval]) -> bool:
	"""Whether an open approval was asked by an older version of its rule, or by one that asks no more."""
	one = next((it for it in known if it.name == name and it.state == rules.OPEN), None)
	return bool(one) and approval_rules.version_of(one.rule) != one.rule_version


def catch_up(doc) -> list[str]:
	"""Bring all that waits on an order, which the caller holds, in step with its rules."""
	now = owed.needs_now(doc)
	known = subject.approvals_about(subject.subject_of_order(doc), for_update=True)
	asked = {need.rule: need for need in now.needs if not need.is_shadow}
	behind = [it for it in known if it.state in _WAITING and _is_behind(it, now)]
	gone = [it for it in behind if it.rule not in asked]
	_take_back(doc, gone)
	moved = [it for it in behind if it.rule in asked and it.state == rules.OPEN]
	plans = asked_people.plans(it.rule for it in moved)
	is_given = False
	for one in moved:
		gate.refresh_approval(now, one.name, asked[one.rule])
		approval_rules.is_asked_by(one.name, asked[one.rule].rule_version)
		is_given |= _move(doc, hold_rows.held_document(approvals.DOCTYPE, one.name), plans[one.rule])
	if behind:
		_go_on(doc, is_given, bool(gone))
	return [it.name for it in (*gone, *moved)]


def _is_behind(approval: Approval, now: Owed) -> bool:
	rule = now.rules.get(approval.rule)
	if rule is None or rule.version != approval.rule_version:
		return True
	last_day = rule.scope.valid_to
	return bool(last_day and now.order.asked_on and last_day < now.order.asked_on)


def _take_back(doc, gone: list[Approval]) -> None:
	if not gone:
		return
	requests = [frappe.get_doc(approvals.DOCTYPE, it.name) for it in gone]
	asked = {request.name: deciders.people(doc, request) for request in requests}
	approvals.supersede(gone)
	note(doc, timeline.asks_no_more, rules=sorted({it.rule for it in gone}))
	for request in requests:
		tell.tell_not_needed(doc, request, [user for user, _name in asked[request.name]])


def _move(doc, request, plan) -> bool:
	"""Ask the people of the plan; whether the approval is given by that."""
	before, waited_for = deciders.people(doc, request), request.waits_for
	level = request.level
	is_moved = reassign.reassign_to(doc, request, plan)
	if is_moved:
		deciders.record_vote(
			request,
			"Rule Changed",
			frappe.session.user,
			comment=said.keep(sayings.was_asked, who=waited_for or ""),
		)
		note(
			doc,
			timeline.rule_changed,
			rule=request.rule,
			who=request.waits_for or "",
			before=waited_for or "",
		)
	deciders.save(request)
	if request.state != rules.OPEN:
		tell.tell_decided(doc, request, rules.APPROVED, None, False)
		return True
	if is_moved or request.level != level:
		tell.tell_moved(doc, request, [user for user, _name in before])
	return False


def _go_on(doc, is_given: bool, is_anything_gone: bool) -> None:
	"""Let the order go where nothing holds it any more; a draft is submitted by approvals alone."""
	about = subject.subject_of_order(doc)
	if about.is_quotation:
		return
	refresh_status.refresh_order(doc.name)
	if any(it.state in _WAITING for it in subject.approvals_about(about)):
		return
	if is_given:
		finish.approved(doc)
	elif is_anything_gone and doc.docstatus.is_submitted():
		judge_change.after_last_grant(doc)
	refresh_status.refresh_order(doc.name)
