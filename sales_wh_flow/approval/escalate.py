"""Nobody decided in time: remind those who are asked, ask the next level, or ask one more role."""

from datetime import datetime

import frappe

from sales_wh_flow.approval import request as deciders
from sales_wh_flow.approval import subject, tell, timeline
from sales_wh_flow.approval.rules.levels import ASK_ROLE, ESCALATED, NEXT_LEVEL, Approver
from sales_wh_flow.approval.store import asked_people, requests
from sales_wh_flow.approval.subject import Subject
from sales_wh_flow.base import hold_rows
from sales_wh_flow.base.timeline import note

REMINDED, WENT_ON, NOTHING = "Reminded", "Escalated", ""


def escalate_one(about: Subject | str, approval: str, moment: datetime) -> str:
	"""What was done about one approval whose time has come by ``moment``; done once, whoever asks again.

	``about`` may name a Sales Order. Call it in a fresh transaction: the lock on the order comes first, so
	a decision that was quicker counts.
	"""
	doc = subject.hold_subject(about)
	request = hold_rows.held_document(requests.DOCTYPE, approval)
	if not deciders.is_open(request):
		return NOTHING
	is_due = request.due_on and not request.due_handled and request.due_on <= moment
	is_soon = request.remind_on and request.remind_on <= moment
	if not (is_due or is_soon):
		return NOTHING
	request.remind_on = None
	if not is_due:
		return _remind(doc, request)
	request.due_handled = 1
	plan = asked_people.plans([request.rule])[request.rule]
	step = plan.level(request.level)
	if step.when_due == NEXT_LEVEL and _next(request):
		return _ask_next_level(doc, request)
	if step.when_due == ASK_ROLE and step.escalation_role:
		return _ask_role(doc, request, step.escalation_role)
	return _remind(doc, request)


def _remind(doc, request) -> str:
	deciders.record_vote(request, REMINDED, frappe.session.user, via="Scheduler")
	deciders.save(request)
	tell.reminded(doc, request)
	return REMINDED


def _ask_next_level(doc, request) -> str:
	deciders.record_vote(request, WENT_ON, frappe.session.user, via="Scheduler")
	deciders.go_on(doc, request, _next(request))
	return _tell(doc, request)


def _ask_role(doc, request, role: str) -> str:
	deciders.record_vote(request, WENT_ON, frappe.session.user, via="Scheduler")
	deciders.add(doc, request, Approver(request.level, ESCALATED, role))
	request.to_tell = 1
	return _tell(doc, request)


def _tell(doc, request) -> str:
	deciders.save(request)
	note(doc, timeline.escalated, rule=request.rule, who=request.waits_for)
	tell.tell_asked(request)
	return WENT_ON


def _next(request) -> int:
	"""The number of the next level that somebody is on; 0 on the last one."""
	return min((row.level for row in request.deciders if row.level > request.level), default=0)
