"""Who is asked about an open approval: rows for every level, the level asked now, due times, and votes.

Its row, and so everything here, is written under the lock on its Sales Order.
"""

from collections.abc import Iterable

import frappe
from frappe.utils import flt, get_datetime, now_datetime, nowdate

from sales_wh_flow.approval import due_times, permissions, subject, timeline
from sales_wh_flow.approval.plan_rows import add_row, plan_of
from sales_wh_flow.approval.quoted_by import ANY_RULE, quoted_by
from sales_wh_flow.approval.rules import levels
from sales_wh_flow.approval.rules import votes as deciding
from sales_wh_flow.approval.rules.levels import Approver, Plan
from sales_wh_flow.approval.rules.needs import APPROVED, OPEN, REJECTED
from sales_wh_flow.approval.rules.still_covers import likeness_of, sold_to
from sales_wh_flow.approval.rules.votes import Asking, Claim, Vote
from sales_wh_flow.approval.store import asked_people, gate, order_facts, relations, stand_ins
from sales_wh_flow.approval.store import requests as approvals
from sales_wh_flow.approval.words import deciding as words
from sales_wh_flow.approval.words import kept
from sales_wh_flow.base import records
from sales_wh_flow.base.alongside import alongside
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.read_once import reading_once
from sales_wh_flow.base.refusals import require_reason
from sales_wh_flow.base.settings import flow_settings
from sales_wh_flow.base.timeline import note

OFFERED, GIVEN, DESK = "Offered", "Approved", "Desk"
INVOLVED = ("Asked", "Changed")
"""What somebody did who must not decide: asked for the approval, or made the order worse by its rule."""


def assign(order, requests: list, askers: Iterable[str] = (), note: str = "") -> None:
	"""Write into new approvals whom their rules ask, and ask the first level; the caller stores them.

	``askers``: who else asked. ``note``: what the asker wants to say. The history names who made the order
	worse. Nobody has answered it before: who approved this state did not know that it is owed.
	"""
	plans = asked_people.plans(request.rule for request in requests)
	hands = (*gate.hands(order.name), *quoted_by(order))
	with reading_once():
		for request in requests:
			request.author = order.owner
			alongside(request).levels = plans[request.rule].levels
			for row in resolved(order, plans[request.rule]):
				add_row(request, row)
			for user in dict.fromkeys((request.requested_by, *askers)):
				record_vote(request, "Asked", user, comment=note if user == request.requested_by else "")
			for hand in hands:
				if hand.rule in (ANY_RULE, request.rule):
					record_vote(request, "Changed", hand.user, comment=hand.what)
			advance(order, request)


def resolved(order, plan: Plan) -> tuple[Approver, ...]:
	"""The plan's rows with relations replaced by the users they mean for this order; else by nobody."""
	rows: list[Approver] = []
	for row in plan.approvers:
		if row.kind != levels.RELATION:
			rows.append(row)
			continue
		for user in relations.users_of(order, row.relation) or ("",):
			rows.append(Approver(row.level, row.kind, "", user, row.relation, row.up_to_base))
	return tuple(rows)


def asking(order, request) -> Asking:
	"""An open approval as the rules see it: whom it asks, what was given, who must not decide."""
	involved = (row.user for row in request.decisions if row.action in INVOLVED)
	excluded = () if request.allow_own_order else (order.owner, request.requested_by, *involved)
	return Asking(
		request.name,
		plan_of(request),
		request.level,
		worth(order, request),
		frozenset(excluded),
		tuple(
			Vote(row.level, row.user, row.on_behalf_of or "", flt(row.up_to_amount)) for row in votes(request)
		),
	)


def worth(order, request) -> float:
	"""What somebody needs the authority for, as the rules count it: exchange rates can be typed."""
	return flt(request.order_value) or flt(order.base_grand_total)


def require_claim(order, request, user: str | None = None) -> Claim:
	"""By which right the user may decide now. Raises: RuleViolation."""
	user = user or frappe.session.user
	return deciding.claim(asking(order, request), stand_ins.person(user, order.company, nowdate()))


def vote(order, request, right: Claim, comment: str | None, via: str = DESK) -> bool:
	"""Count one approval; whether nobody has to be asked any more. The caller saves."""
	record_vote(request, GIVEN, right.user, right.on_behalf_of, comment, via, right.up_to_base)
	return advance(order, request)


def advance(order, request) -> bool:
	"""Bring level, figures and state in step with the votes; whether the approval is given.

	Whoever approved this state of the order elsewhere is not asked again, if the settings say so.
	"""
	while True:
		now = asking(order, request)
		stands = deciding.standing(now.plan, now.votes, now.value_base, request.level or 0)
		request.needed, request.given = stands.needed, stands.given
		if stands.is_done:
			_close(request)
			return True
		if request.level != stands.level or not request.waits_for:
			_begin_level(order, request, stands.level)
		counted = deciding.grants_that_count(asking(order, request), _earlier(request))
		if not counted:
			return False
		for right in counted:
			record_vote(request, GIVEN, right.user, "", "", via="", up_to_amount=right.up_to_base)
			note(order, timeline.counted_as_well, rule=request.rule, user=right.user)


def people(order, request) -> list[tuple[str, str]]:
	"""(user, full name) of those who can decide now, substitutes included; all may read the order."""
	now = asking(order, request)
	return who_can(order, now.able, now.excluded | now.voted)


def people_of_rule(order, rule: str, plan: Plan, allows_own: bool, worth: float) -> list[tuple[str, str]]:
	"""(user, full name) of those whom a rule would ask first about an order, worth so much as rules count."""
	hands = (hand for hand in (*gate.hands(order.name), *quoted_by(order)) if hand.rule in (ANY_RULE, rule))
	own = () if allows_own else (order.owner, *(hand.user for hand in hands))
	first = Plan(resolved(order, plan), plan.levels)
	able = first.able(first.numbers[0], worth) if first.numbers else ()
	return who_can(order, able, frozenset(own))


def record_vote(
	request, action: str, user: str, on_behalf_of="", comment=None, via: str = DESK, up_to_amount: float = 0.0
) -> None:
	"""One line of the approval's history."""
	request.append(
		"decisions",
		{
			"level": request.level or 1,
			"action": action,
			"user": user,
			"on_behalf_of": on_behalf_of or None,
			"comment": comment or "",
			"decided_on": now_datetime(),
			"via": via,
			"up_to_amount": up_to_amount,
		},
	)


def add(order, request, row: Approver) -> None:
	"""Ask one more on the level asked now."""
	add_row(request, row, is_current=1)
	request.waits_for = kept.asked_now(asking(order, request).able)


save = records.save
"""Store an approval that was changed; nobody does so by hand."""


def stop_asking(request) -> None:
	"""The approval leaves every inbox, and nobody is reminded."""
	for row in request.deciders:
		row.is_current = 0
	request.due_on = request.remind_on = None
	request.waits_for = request.question = ""
	request.to_tell = 0


def ask_again(order, request) -> None:
	"""The level that was asked is asked anew, with a new due time."""
	_begin_level(order, request, request.level)


def go_on(order, request, level: int) -> bool:
	"""The level asked now was too late: a later one decides instead; whether that is answered already."""
	_begin_level(order, request, level)
	return advance(order, request)


def asked_note(request) -> str:
	"""What whoever asked for it said."""
	return next((row.comment for row in request.decisions if row.action == "Asked" and row.comment), "")


def votes(request) -> list:
	"""The approvals that were given and count."""
	return [row for row in request.decisions if row.action == GIVEN and not row.is_void]


def check_refusal_reason(comment: str | None) -> None:
	"""Raises: ValidationError for a refusal without a reason."""
	require_reason(comment, RuleViolation("refusal_unexplained"))


def end_refused(order, request, right: Claim, comment: str | None, via: str = DESK) -> None:
	"""The approval is refused by somebody with the right to; the caller saves it.

	What was sold is kept: an order of the like is known again when this one is deleted, and names change.
	"""
	sold = sold_to(order_facts.facts_of_document(order))
	record_vote(request, "Refused", right.user, right.on_behalf_of, comment, via, right.up_to_base)
	request.update(
		{
			"state": REJECTED,
			"decided_by": right.user,
			"decided_on": now_datetime(),
			"comment": comment,
			"sold": sold,
			"likeness": likeness_of(sold),
		}
	)
	stop_asking(request)


def _close(request) -> None:
	last = votes(request)[-1]
	decided = {"decided_by": last.user, "decided_on": last.decided_on, "comment": last.comment}
	request.update({"state": APPROVED, **decided})
	stop_asking(request)


def _begin_level(order, request, level: int) -> None:
	"""Ask everybody on a level; the fallback role, too, where too few are left."""
	request.level = level
	if request.waits_for:
		who = kept.asked_now(asking(order, request).able)
		note(order, timeline.went_on, rule=request.rule, level=level, who=who)
	now = asking(order, request)
	request.needed = now.plan.level(level).needed
	request.given = len([one for one in now.votes if one.level == level])
	if len(who_can(order, now.able, now.excluded)) < request.needed:
		ask_fallback(order, request, now.excluded)
	for row in request.deciders:
		row.is_current = int(row.level == level)
	request.waits_for = kept.asked_now(asking(order, request).able)
	request.to_tell = 1
	_set_due(order, request)


def ask_fallback(order, request, excluded) -> None:
	"""Ask the first fallback role of which somebody can decide; nothing happens when it is asked already."""
	role = permissions.fallback_role(order, excluded)
	row = Approver(request.level, levels.FALLBACK, role)
	if row in plan_of(request).approvers:
		return
	add_row(request, row)
	currency = frappe.get_cached_value("Company", order.company, "default_currency")
	told = {"value": worth(order, request), "currency": currency, "role": role}
	note(order, timeline.nobody_can_decide, rule=request.rule, **told)
	if not permissions.deciders(order, role, excluded):
		frappe.msgprint(words.nobody_at_all(request.rule, role), indicator="red")


def _set_due(order, request) -> None:
	level = plan_of(request).level(request.level)
	request.due_on = request.remind_on = None
	request.due_handled = 0
	if level.due_hours:
		request.update(due_times.of_level(order.company, level.due_hours, now_datetime()))


def _earlier(request) -> list[deciding.Person]:
	"""Who approved this state of the order by own right, elsewhere, since this one was asked."""
	if not flow_settings().approval_ask_once:
		return []
	about = subject.subject_of(request)
	signed = asked_people.who_approved(about.doctype, about.name, request.fingerprint)
	since = get_datetime(request.requested_on)
	users = {user for user, last in signed.items() if last >= since}
	users |= {row.user for row in request.decisions if row.action == GIVEN and not row.on_behalf_of}
	return [stand_ins.plain_person(user) for user in users]


def who_can(order, able, excluded) -> list[tuple[str, str]]:
	"""(user, full name) of whoever these rows mean, substitutes included, and who may read the order."""
	asked: dict[str, str] = {}
	for row in able:
		if row.on_behalf_of and row.on_behalf_of in excluded:
			continue
		found = approvals.users_with_role(row.role) if row.role else asked_people.enabled_users([row.user])
		asked.update(dict(found))
	own = {user: name for user, name in asked.items() if user not in excluded}
	extra = stand_ins.find_stand_ins(set(own), order.company, nowdate())
	own.update((user, name) for user, name in asked_people.enabled_users(extra) if user not in excluded)
	return permissions.readers(order, own.items())


def is_open(request) -> bool:
	"""Whether an approver, not the sales user, has the next word."""
	return request.state == OPEN and request.condition_state != OFFERED
