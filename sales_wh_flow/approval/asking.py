"""Between whoever asks and whoever decides: remind, take back, ask back and answer.

``about``: what the approval is about; a name alone is a Sales Order's.
"""

from datetime import datetime

import frappe
from frappe import _
from frappe.utils import add_to_date, format_datetime, get_datetime, now_datetime

from sales_wh_flow.approval import decide, due_times, subject, tell, timeline
from sales_wh_flow.approval import request as deciders
from sales_wh_flow.approval.rules import needs as rules
from sales_wh_flow.approval.store import asked_people, requests
from sales_wh_flow.approval.subject import Subject
from sales_wh_flow.base import hold_rows, said
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse as refuse_with
from sales_wh_flow.base.refusals import require_reason
from sales_wh_flow.base.timeline import note
from sales_wh_flow.order import refresh_status

REMINDED, WITHDRAWN, ASKED_BACK, ANSWERED = "Reminded", "Withdrawn", "Asked Back", "Answered"

REMIND_AGAIN_MIN = 60
"""Nobody is reminded of the same approval more often by hand."""


def remind(about: Subject | str, approval: str) -> list[str]:
	"""Tell those who have not decided yet once more. Returns their full names.

	Raises: ValidationError when nobody has to decide, or all were reminded within the hour.
	"""
	doc, request = _lock_open(about, approval)
	last, again = last_reminder(request)
	if again:
		data = {"approval": approval, "at": format_datetime(last), "again": format_datetime(again)}
		refuse_with(RuleViolation("reminded_already", **data))
	deciders.record_vote(request, REMINDED, frappe.session.user)
	deciders.save(request)
	tell.reminded(doc, request)
	return [name for _user, name in deciders.people(doc, request)]


def last_reminder(request) -> tuple[datetime | None, datetime | None]:
	"""When everybody was reminded last, and from when on by hand again; None = never, and now."""
	times = [get_datetime(it.decided_on) for it in request.decisions if it.action == REMINDED]
	last = max(times, default=None)
	again = add_to_date(last, minutes=REMIND_AGAIN_MIN) if last else None
	return last, again if again and again > now_datetime() else None


def withdraw(about: Subject | str, comment: str | None) -> list[str]:
	"""Take back all that is still open of a draft; what was approved stays. Returns the rules.

	The order can be changed and asked about again. Raises: ValidationError when nothing is open, or the order
	is submitted: its change waits, and has to be taken back there.
	"""
	doc = subject.hold_subject(about)
	what = subject.subject_of_order(doc)
	if not subject.document_of(doc).docstatus.is_draft():
		refuse_with(RuleViolation("withdraw_needs_draft", order=doc.name))
	waiting = [it for it in subject.approvals_about(what, for_update=True) if it.state == rules.OPEN]
	if not waiting:
		refuse_with(RuleViolation("nothing_to_withdraw", order=doc.name))
	asked: dict[str, list[str]] = {}
	for one in waiting:
		request = hold_rows.held_document(requests.DOCTYPE, one.name)
		for user, _name in deciders.people(doc, request) if deciders.is_open(request) else ():
			asked.setdefault(user, []).append(request.rule)
		deciders.record_vote(request, WITHDRAWN, frappe.session.user, comment=comment)
		deciders.save(request)
	requests.supersede(waiting)
	note(doc, timeline.withdrawn, rules=[it.rule for it in waiting], comment=said.typed(comment))
	tell.tell_withdrawn(doc, waiting, asked, comment)
	if not what.is_quotation:
		refresh_status.refresh_order(doc.name)
	return [it.rule for it in waiting]


def ask_back(about: Subject | str, approval: str, comment: str | None) -> str:
	"""Ask whoever asked for the approval a question; its time stops until the answer. Returns who is asked.

	Everybody who is asked may still decide meanwhile. Raises: as ``decide.grant``; ValidationError without a
	question.
	"""
	require_reason(comment, RuleViolation("question_missing"))
	case = decide.hold_approval(about, approval)
	right = decide.right_to_decide(case)
	request = case.request
	deciders.record_vote(request, ASKED_BACK, right.user, right.on_behalf_of, comment)
	request.update({"question": comment, "due_on": None, "remind_on": None})
	deciders.save(request)
	note(case.order, timeline.asked_back, rule=request.rule, comment=said.typed(comment))
	tell.tell_asked_back(case.order, request, comment)
	return frappe.utils.get_fullname(request.requested_by)


def answer_question(about: Subject | str, approval: str, comment: str | None) -> str:
	"""Answer the question of an approver; the time of the level begins anew. Returns who hears it.

	Raises: ValidationError without an answer, or when no question waits for one.
	"""
	require_reason(comment, RuleViolation("answer_missing"))
	doc, request = _lock_open(about, approval)
	if not request.question:
		refuse_with(RuleViolation("no_question", approval=approval))
	asker = [row.user for row in request.decisions if row.action == ASKED_BACK][-1]
	deciders.record_vote(request, ANSWERED, frappe.session.user, comment=comment)
	request.question = ""
	_start_clock(doc, request)
	deciders.save(request)
	note(doc, timeline.answered, rule=request.rule, comment=said.typed(comment))
	tell.tell_answered(doc, request, asker, comment)
	return frappe.utils.get_fullname(asker)


def _start_clock(order, request) -> None:
	level = asked_people.plans([request.rule])[request.rule].level(request.level)
	if level.due_hours:
		request.update(due_times.of_level(order.company, level.due_hours, now_datetime()))
		request.due_handled = 0


def _lock_open(about: Subject | str, approval: str):
	"""(order, approval) that waits for an approver: locked, and as last committed."""
	doc = subject.hold_subject(about)
	request = hold_rows.held_document(requests.DOCTYPE, approval)
	if not deciders.is_open(request):
		refuse_with(RuleViolation("already_decided", approval=approval, state=_(request.state)))
	return doc, request
