"""People leave, are disabled, or lose a role or the right to read: what waits for them asks somebody else.

The rule's fallback is asked, as it is when an approval is asked in the first place and nobody is left.
"""

from collections.abc import Iterable

import frappe
from frappe import _

from sales_wh_flow.approval import request as deciders
from sales_wh_flow.approval import sayings, subject, tell, tell_admins
from sales_wh_flow.approval.store import people_left, requests
from sales_wh_flow.approval.subject import Subject
from sales_wh_flow.approval.words import kept
from sales_wh_flow.base import background, hold_rows, said
from sales_wh_flow.base.settings import APPROVAL, is_on

_JOB = "sales_wh_flow.approval.jobs.follow_people"


def user_changed(doc) -> None:
	"""A user is saved: who is disabled or loses a role leaves others to decide; looked at after the commit.

	Whoever saves is told how many requests that may move.
	"""
	before = doc.get_doc_before_save()
	if not (before and is_on(APPROVAL)):
		return
	roles = {row.role for row in before.roles} - {row.role for row in doc.roles}
	if before.enabled and not doc.enabled:
		roles = {row.role for row in before.roles}
	elif not roles:
		return
	waiting = people_left.open_approvals_asking(doc.name if not doc.enabled else "", roles)
	if not waiting:
		return
	follow_people_soon(doc.name, roles)
	frappe.msgprint(
		_(
			"{0} open approvals ask {1} by name or by a role taken away. Those that nobody else can decide "
			"go on to the fallback role."
		).format(len(waiting), frappe.bold(frappe.utils.escape_html(doc.full_name or doc.name))),
		alert=True,
	)


def reader_changed(doc) -> None:
	"""A user may see less than before (a User Permission): look at what waits for them, after the commit."""
	if is_on(APPROVAL) and doc.user:
		follow_people_soon(doc.user, frappe.get_roles(doc.user))


def follow_people_soon(user: str, roles: Iterable[str]) -> None:
	"""After the commit: what waits for people follows a user whose roles changed."""
	background.run(_JOB, queue="short", user=user, roles=sorted(roles))


def to_look_at(user: str | None = None, roles: Iterable[str] = ()) -> list[tuple[Subject, str]]:
	"""(what it is about, approval) of what waits for a user or roles; without, of what too few people can
	decide.
	"""
	found = people_left.open_approvals_asking(user, roles) if user else people_left.asked_of_too_few()
	return [(Subject(doctype, name), approval) for doctype, name, approval in found]


def ask_fallback_of_missing(about: Subject | str, name: str) -> bool:
	"""Ask the fallback where too few are left to decide. Whether somebody else is asked now.

	``about`` may name a Sales Order. Call it in a fresh transaction: the lock on the order comes first.
	"""
	doc = subject.hold_subject(about)
	request = hold_rows.held_document(requests.DOCTYPE, name)
	if not deciders.is_open(request) or not _ask_fallback_if_too_few(doc, request):
		return False
	deciders.save(request)
	tell.tell_asked(request)
	tell_admins.of_people_gone(request)
	return True


def _ask_fallback_if_too_few(order, request) -> bool:
	"""Whether the fallback role is asked now, because fewer people can decide than still have to."""
	now = deciders.asking(order, request)
	left = deciders.who_can(order, now.able, now.excluded | now.voted)
	if len(left) >= request.needed - request.given:
		return False
	asked, waited_for = len(request.deciders), request.waits_for
	deciders.ask_fallback(order, request, now.excluded)
	if len(request.deciders) == asked:
		return False
	request.deciders[-1].is_current = 1
	request.waits_for = kept.asked_now(deciders.asking(order, request).able)
	request.to_tell = 1
	deciders.record_vote(
		request, "Escalated", frappe.session.user, comment=said.keep(sayings.was_asked, who=waited_for or "")
	)
	return True
