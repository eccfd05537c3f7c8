"""Let a return in after its window, or not: on each level somebody who is asked says so, and why."""

from collections.abc import Collection

import frappe
from frappe.utils import now_datetime

from sales_wh_flow.approval.rules.levels import labels
from sales_wh_flow.approval.rules.votes import Claim
from sales_wh_flow.approval.words.deciding import waits_for
from sales_wh_flow.approval.words.rules import reason
from sales_wh_flow.base import said
from sales_wh_flow.base.in_words import money
from sales_wh_flow.base.notify import notify
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse, require_reason
from sales_wh_flow.returns import asked, fill_case, late, post, sayings
from sales_wh_flow.returns.answers import LateReturn, WaiverAsked
from sales_wh_flow.returns.rules import waivers
from sales_wh_flow.returns.rules.facts import CANCELLED, OPEN, PARTLY_POSTED, POSTED
from sales_wh_flow.returns.rules.waivers import Ask
from sales_wh_flow.returns.store import shipped as store

_MOST_LOOKED_AT = 100
Claims = tuple[tuple[Ask, Claim], ...]


def asks_of_case(case, *, answered: bool = True) -> tuple[Ask, ...]:
	"""What has to be answered of a stored case before it comes in; by the settings, where it is not late."""
	rows = [row for row in fill_case.rows_of(case) if not row.is_posted]
	shipped = store.read_rows(row.source for row in rows)
	found = late.read_late(case, rows, shipped)
	return asked.asks_of(case, found, shipped, answered=answered) or late.by_settings(case)


def require_claims(case, asks: Collection[Ask]) -> Claims:
	"""What the session's user may answer. Raises: PermissionError naming who may."""
	try:
		return asked.claims_of(case, waivers.still_open(asks), frappe.session.user)
	except RuleViolation as why:
		refuse(_forbidden(case, asks, why.code))
	return ()


def may_waive(case, asks: Collection[Ask]) -> bool:
	"""Whether the session's user is asked."""
	try:
		return bool(asked.claims_of(case, waivers.still_open(asks), frappe.session.user))
	except RuleViolation:
		return False


def check_may_answer(case) -> None:
	"""Raises: PermissionError naming who may, unless the session's user is asked, or was."""
	if not may_waive(case, asks_of_case(case)):
		require_claims(case, asks_of_case(case, answered=False))


def answer_late(name: str, answer: str, comment: str | None) -> None:
	"""A case that is too late is let in (WAIVED), or not (REFUSED); whoever opened it learns which.

	It comes in when everybody who has to has let it in; until then the next are told. Raises:
	ValidationError without a reason, or where there is nothing to waive; PermissionError.
	"""
	case = post.held_case(name)
	why = str(require_reason(comment, RuleViolation("waiver_without_reason", case=name)))
	if case.state in (CANCELLED, POSTED) or not case.is_outside_window:
		refuse(RuleViolation("nothing_to_waive", case=name))
	if case.waived_by and (case.waiver_answer or late.WAIVED) == answer:
		check_may_answer(case)
		return
	asks = asks_of_case(case)
	if not waivers.still_open(asks):
		asks = asks_of_case(case, answered=False)  # it was let in, and somebody takes that back
	claims = require_claims(case, asks)
	if answer == late.WAIVED:
		_let_in(case, asks, claims, why)
	else:
		_refuse(case, claims, why)


def waivers_shown(case, asks: Collection[Ask]) -> list[WaiverAsked]:
	"""Who has to let a case in, in words."""
	currency = frappe.get_cached_value("Company", case.company, "default_currency")
	return [
		{
			"rule": ask.rule,
			"why": reason(ask.need, currency) if ask.need else "",
			"who": waits_for(ask.able) if ask.able else "",
			"level": ask.standing.level,
			"given": ask.standing.given,
			"needed": ask.standing.needed,
			"due": str(asked.due_of(case, ask) or ""),
		}
		for ask in waivers.still_open(asks)
	]


def waiting_for_user() -> list[LateReturn]:
	"""The late cases that the session's user reads and is asked about, the one due first before others."""
	names = frappe.get_list(
		"Return Case",
		{"is_outside_window": 1, "state": ["in", [OPEN, PARTLY_POSTED]]},
		pluck="name",
		or_filters=[["waiver_answer", "is", "not set"], ["waived_by", "is", "not set"]],
		order_by="waiver_due_on asc, creation asc",
		limit_page_length=_MOST_LOOKED_AT,
	)
	cases = (frappe.get_doc("Return Case", name) for name in names)
	return [_as_waiting(case) for case in cases if late.waits(case) and may_waive(case, asks_of_case(case))]


def _as_waiting(case) -> LateReturn:
	currency = frappe.get_cached_value("Company", case.company, "default_currency")
	return {
		"name": case.name,
		"customer_name": case.customer_name or case.customer,
		"days_late": case.days_late,
		"value": money(case.late_value, currency),
		"due": str(case.waiver_due_on or ""),
	}


def note_answer(case, ask: Ask, action: str, **values) -> None:
	"""One line of what was answered, or done because nobody answered."""
	case.append(
		"waiver_answers",
		{
			"rule": ask.rule or None,
			"action": action,
			"level": ask.standing.level,
			"user": frappe.session.user,
			"answered_on": now_datetime(),
			**values,
		},
	)


def _let_in(case, asks: Collection[Ask], claims: Claims, why: str) -> None:
	before = [ask.standing.level for ask in asks]
	for ask, right in claims:
		_vote(case, ask, waivers.LET_IN, right, why)
	case.update({"waiver_answer": None, "waived_by": None, "waived_on": None, "waiver_reason": None})
	now = asks_of_case(case)
	if waivers.still_open(now):
		late.set_due(case, now)
		fill_case.save_as_flow(case)
		if [ask.standing.level for ask in now] != before:
			late.tell_who_may_waive(case, now)
		return
	_close(case, late.WAIVED, sayings.late_is_let_in, why)


def _refuse(case, claims: Claims, why: str) -> None:
	late.void_answers(case)
	for ask, right in claims:
		_vote(case, ask, waivers.REFUSED, right, why)
	_close(case, late.REFUSED, sayings.late_is_refused, why)


def _vote(case, ask: Ask, action: str, right: Claim, why: str) -> None:
	given = {"on_behalf_of": right.on_behalf_of or None, "up_to_amount": right.up_to_base}
	note_answer(case, ask, action, comment=why, **given)


def _close(case, answer: str, words, why: str) -> None:
	case.update(
		{
			"waiver_answer": answer,
			"waived_by": frappe.session.user,
			"waived_on": now_datetime(),
			"waiver_reason": why,
			"waiver_due_on": None,
		}
	)
	fill_case.save_as_flow(case)
	told = said.keep(words, case=case.name, why=said.typed(why))
	notify(_who_waits(case), case.name, told, doctype="Return Case")


def _who_waits(case) -> set[str]:
	"""Whoever opened the case; who wrote the order, where a customer did."""
	owner = case.owner
	if owner == "Guest":
		owner = frappe.db.get_value("Sales Order", case.rows[0].sales_order, "owner")
	return {owner} - {frappe.session.user, None}


def _forbidden(case, asks: Collection[Ask], code: str) -> RuleViolation:
	able = [row for ask in waivers.still_open(asks) for row in ask.able]
	if not able:
		return RuleViolation("nobody_waives", case=case.name, days=case.days_late)
	if code == "own_order":
		return RuleViolation("waives_own_case", case=case.name)
	if code == "voted_already":
		return RuleViolation("waived_already", case=case.name)
	return RuleViolation("may_not_waive", role=", ".join(labels(able)))
