"""People leave, are disabled, or lose a role or the right to read: what waits for them asks somebody else.

The rule's fallback is asked, as it is when an approval is asked in the first place and nobody is left.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable

import frappe
from frappe import _

from sales_wh_flow.approval import request as deciders
from sales_wh_flow.approval import sayings, subject, tell, tell_admins
from sales_wh_flow.approval.store import people_left, requests
from sales_wh_flow.approval.subject import Subject
from sales_wh_flow.approval.words import kept
from sales_wh_flow.base import background, hold_rows, named, said
from sales_wh_flow.base.settings import APPROVAL, is_on
from sales_wh_flow.order.permissions import condition_on

_JOB = "sales_wh_flow.approval.jobs.follow_people"
_MOST_NAMED = 5


def user_changed(doc) -> None:
	"""A user is saved: who is disabled or loses a role leaves others to decide; looked at after the commit.

	Whoever is asked may no longer read the order once any role is gone. Whoever saves is told which
	requests that moves.
	"""
	before = doc.get_doc_before_save()
	if not (before and is_on(APPROVAL)):
		return
	had = {row.role for row in before.roles}
	is_disabled = bool(before.enabled and not doc.enabled)
	if not (is_disabled or had - {row.role for row in doc.roles}):
		return
	waiting = people_left.open_approvals_asking(doc.name, had)
	if not waiting:
		return
	follow_people_soon(doc.name, had)
	moving = _of_too_few([approval for _doctype, _name, approval in waiting])
	if moving:
		frappe.msgprint(_told_of_moving(doc, moving), alert=True)


def _told_of_moving(user, moving: list[tuple[Subject, str]]) -> str:
	shown = [
		str(named.shown_to_reader({"doctype": about.doctype, "name": about.name})["name"])
		for about, _approval in moving[:_MOST_NAMED]
	]
	more = [_("{0} more").format(len(moving) - _MOST_NAMED)] if len(moving) > _MOST_NAMED else []
	return _("Without {0} nobody whom these ask can decide, and they go on to the fallback role: {1}").format(
		frappe.bold(frappe.utils.escape_html(user.full_name or user.name)),
		", ".join(frappe.utils.escape_html(it) for it in (*shown, *more)),
	)


def reader_changed(doc) -> None:
	"""A user may see less than before (a User Permission): look at what waits for them, after the commit."""
	if is_on(APPROVAL) and doc.user:
		follow_people_soon(doc.user, frappe.get_roles(doc.user))


def somebody_logs_in(_login_manager=None) -> None:
	"""Hook on_session_creation: look whether anything waits for nobody; who comes may have to decide it."""
	if is_on(APPROVAL):
		background.now(_JOB, queue="short", job_id="follow_people", deduplicate=True)


def follow_people_soon(user: str, roles: Iterable[str]) -> None:
	"""After the commit: what waits for people follows a user whose roles changed."""
	background.run(_JOB, queue="short", user=user, roles=sorted(roles))


def to_look_at(user: str | None = None, roles: Iterable[str] = ()) -> list[tuple[Subject, str]]:
	"""(what it is about, approval) of what waits for a user or roles; without, of what too few people can
	decide. Statements then: two, and what Frappe reads of the rights of whoever is asked.
	"""
	if not user:
		return _of_too_few()
	found = people_left.open_approvals_asking(user, roles)
	return [(Subject(doctype, name), approval) for doctype, name, approval in found]


def _of_too_few(among: Collection[str] | None = None) -> list[tuple[Subject, str]]:
	limits: dict[tuple[str, str], list[str]] = defaultdict(list)
	for person in people_left.asked_people():
		reads = condition_on(subject.ORDER, person), condition_on(subject.QUOTATION, person)
		if any(reads):
			limits[reads].append(person)
	found = people_left.asked_of_too_few(limits, among)
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
