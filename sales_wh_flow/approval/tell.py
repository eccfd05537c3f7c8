"""Tell people about approvals: on their desk, as a ToDo, by e-mail; never about what was undone.

Whoever may not read the order is told nothing of it.
"""

from collections.abc import Iterable

import frappe

from sales_wh_flow.approval import mail, subject, timeline
from sales_wh_flow.approval import request as deciders
from sales_wh_flow.approval.store import requests as approvals
from sales_wh_flow.approval.store import todos
from sales_wh_flow.approval.store.links import link_field
from sales_wh_flow.base import background, hold_rows, said
from sales_wh_flow.base.notify import notify, notify_now
from sales_wh_flow.base.settings import flow_settings

_MAILER = "sales_wh_flow.approval.mail.requests"
_TELLER = "sales_wh_flow.approval.jobs.tell_approvers"


def tell_asked(*requests, users: list[str] | None = None) -> None:
	"""Those who can decide these approvals now, or only ``users`` of them, in a job of its own.

	What the job could not do, or was never asked to, the sweep does.
	"""
	names = [request.name for request in requests]
	if names:
		background.run(_TELLER, approvals=names, users=users)


def whoever_is_asked(approval: str, users: list[str] | None = None) -> None:
	"""Tell whoever can decide an approval now, or only ``users`` of them, as the settings choose; once.

	A mail that can't be queued is logged; the sweep tries again, a few times.
	"""
	request = hold_rows.held_document(approvals.DOCTYPE, approval)
	if not (request.to_tell and deciders.is_open(request)):
		return
	order = subject.stored_order(subject.subject_of(request))
	asked = [user for user, _name in deciders.people(order, request) if users is None or user in users]
	settings, is_first = flow_settings(), request.to_tell == 1
	words = _request_words(order, request, request.requested_by, deciders.asked_note(request))
	if settings.approval_notify_desk and is_first:
		notify_now(asked, order.name, words, subject.subject_of(request).doctype)
	if settings.approval_notify_todo:
		todos.assign_todos(request, asked, words)
	failed = settings.approval_notify_email and mail.send(order, request, asked, is_first)
	approvals.told(approval, request.to_tell + 1 if failed else 0)


def reminded(order, request) -> None:
	"""Those who have not decided yet, again."""
	due = {"due_on": request.due_on} if request.due_on else {}
	_request(order, request, _said(timeline.told_again, order, rule=request.rule, **due))


def tell_forwarded(order, request, user: str, comment: str) -> None:
	"""The one to whom it was forwarded, and why."""
	_request(order, request, _request_words(order, request, _actor()), [user], comment)


def tell_decided(order, request, state: str, comment: str | None, is_submitted: bool) -> None:
	"""The one who asked: what was decided and why; open forms of the order hear it, too."""
	words = _said(
		timeline.told_decision,
		order,
		rule=request.rule,
		state=state,
		actor=_actor(),
		is_submitted=is_submitted,
		comment=said.typed(comment),
	)
	_to_asker(order, request, words, comment)
	if request.state != "Open":
		todos.close(request.name)
	_announce(order, request.name, request.state, is_submitted)


def tell_condition_offered(order, request, comment: str | None) -> None:
	"""The one who asked: under which condition the order may go."""
	todos.close(request.name)
	words = said.keep(
		timeline.told_condition,
		order=order.name,
		rule=request.rule,
		condition=request.condition_text or "",
		actor=_actor(),
	)
	_to_asker(order, request, words, comment)
	_announce(order, request.name, request.state, False)


def tell_condition_answered(order, request, user: str, is_accepted: bool, comment: str | None) -> None:
	"""The one who set the condition."""
	if user != _actor():
		words = said.keep(
			timeline.told_answer,
			order=order.name,
			rule=request.rule,
			actor=_actor(),
			is_accepted=is_accepted,
		)
		_notify([user], order, words, comment)
	_announce(order, request.name, request.state, False)


def tell_asked_back(order, request, question: str) -> None:
	"""The one who asked: what an approver wants to know."""
	_to_asker(order, request, _about(timeline.told_asked_back, order, request, question), question)
	_announce(order, request.name, request.state, False)


def tell_answered(order, request, asker: str, text: str) -> None:
	"""The approver who had asked back."""
	if asker != _actor():
		_notify([asker], order, _about(timeline.told_answered, order, request, text), text)
	_announce(order, request.name, request.state, False)


def tell_withdrawn(order, requests, asked: dict[str, list[str]], text: str | None) -> None:
	"""Those who were asked, once each: {user: rules}; they have nothing to do any more."""
	for request in requests:
		todos.dismiss(subject.subject_of_order(order), request, asked)
	comment = said.typed(text)
	for user, rules in asked.items():
		if user != _actor():
			words = _said(timeline.told_withdrawn, order, rules=rules, actor=_actor(), comment=comment)
			_notify([user], order, words, text)
	_announce(order, "", "Superseded", False)


def tell_moved(order, request, before: list[str]) -> None:
	"""The rule changed: who is asked now and was not before; the others have nothing to do any more."""
	now = [user for user, _name in deciders.people(order, request)]
	todos.dismiss(subject.subject_of_order(order), request, [user for user in before if user not in now])
	new = [user for user in now if user not in before]
	if new:
		tell_asked(request, users=new)
	_announce(order, request.name, request.state, False)


def tell_not_needed(order, request, asked: list[str]) -> None:
	"""The rule asks for nothing any more: whoever asked hears it, whoever was asked has nothing to do."""
	todos.dismiss(subject.subject_of_order(order), request, asked)
	_to_asker(order, request, _said(timeline.told_not_needed, order, rule=request.rule), None)
	_announce(order, request.name, "Superseded", False)


def _request(order, request, words: str, users: list[str] | None = None, text: str | None = None) -> None:
	users = users or [user for user, _name in deciders.people(order, request)]
	settings = flow_settings()
	if settings.approval_notify_desk:
		_notify(users, order, words, text)
	if settings.approval_notify_todo:
		todos.assign_todos(request, users, words)
	if settings.approval_notify_email and users:
		# A mail is written for each by a job of its own: what is undone is never mailed.
		background.owe(_MAILER, approval=request.name, users=users)


def _request_words(order, request, actor: str, remark: str = "") -> said.Kept:
	return _said(timeline.told_request, order, rule=request.rule, actor=actor, remark=said.typed(remark))


def _about(words, order, request, text: str) -> said.Kept:
	return _said(words, order, rule=request.rule, actor=_actor(), comment=said.typed(text))


def _said(words, order, **values) -> said.Kept:
	about = subject.subject_of_order(order)
	if about.is_quotation:
		values["doctype"] = about.doctype
	return said.keep(words, order=about.name, **values)


def _to_asker(order, request, words: str, comment: str | None) -> None:
	asked = {request.requested_by, *(row.user for row in request.decisions if row.action == "Asked")}
	others = sorted(asked - {_actor()})
	if others:
		_notify(others, order, words, comment)


def _announce(order, approval: str, state: str, is_submitted: bool) -> None:
	about = subject.subject_of_order(order)
	link = link_field(about.doctype)
	frappe.publish_realtime(
		"swf_approval",
		{link: about.name, "approval": approval, "state": state, "submitted": is_submitted},
		doctype=about.doctype,
		docname=about.name,
		after_commit=True,
	)


def _actor() -> str:
	return frappe.session.user


def _notify(users: Iterable[str], order, words: str, text: str | None = None) -> None:
	about = subject.subject_of_order(order)
	typed = frappe.utils.escape_html(text) if text else ""
	notify(users, about.name, words, typed, about.doctype)
