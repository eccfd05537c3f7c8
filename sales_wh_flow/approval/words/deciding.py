"""Deciding in words: who is asked and in which order, what was decided for whom, what a condition means."""

from collections.abc import Iterable

import frappe
from frappe import _
from frappe.utils import escape_html

from sales_wh_flow.approval.answers import ShownDecision
from sales_wh_flow.approval.rules.levels import (
	ASK_ROLE,
	FALLBACK,
	NEXT_LEVEL,
	Approver,
	Plan,
	highest_authority,
)
from sales_wh_flow.base.in_words import figure, money


def who_in_turn(plan: Plan, currency: str = "") -> str:
	"""Whom a rule asks, level by level; plain text without a full stop."""
	parts = [_level_in_words(plan, number, currency) for number in plan.numbers]
	if not parts:
		return _("nobody yet")
	then = _("then")
	return f", {then} ".join(parts)


def fallback_of(plan: Plan, currency: str, role: str) -> str:
	"""When a rule's orders go to somebody else than it names; plain text."""
	highest = highest_authority(plan)
	if highest:
		return _(
			"Orders above {0}, and orders for which nobody named here is left to decide, go to the role {1}."
		).format(money(highest, currency), role)
	return _("Orders for which nobody named here is left to decide go to the role {0}.").format(role)


def waits_for(approvers: Iterable[Approver]) -> str:
	"""Who is asked now; plain text."""
	return _either(_name(approver) for approver in approvers) or _("nobody")


def nobody_at_all(rule: str, role: str) -> str:
	"""Even the fallback is empty; HTML."""
	return _(
		"Nobody can decide '{0}' for this order, not even somebody else with the role {1}. "
		"Give that role to a user who may read the order."
	).format(escape_html(rule), frappe.bold(escape_html(role)))


def decision_in_words(decision: ShownDecision) -> str:
	"""What a decision brought; plain text."""
	if decision["state"] == "Rejected":
		return _("You refused. The author was told.")
	if decision["submitted"]:
		return _("You approved. The order is submitted.")
	if decision["why_not"]:
		return _("You approved, but the order can't be submitted yet: {0}").format(
			frappe.utils.strip_html(decision["why_not"])
		)
	if decision["state"] == "Open":
		return _("You approved. {0} of {1} approvals are given on level {2}.").format(
			decision["given"], decision["needed"], decision["level"]
		)
	if not decision["waits_for"]:
		return _("You approved. Nothing is left to decide.")
	return _("You approved. Still open: {0}").format(", ".join(decision["waits_for"]))


def full_name(user: str | None) -> str:
	return frappe.utils.get_fullname(user) if user else ""


def _level_in_words(plan: Plan, number: int, currency: str) -> str:
	level = plan.level(number)
	who = _either(_with_limit(approver, currency) for approver in plan.on(number))
	if level.needed > 1:
		who = _("{0} approvals of {1}").format(level.needed, who)
	if not level.due_hours:
		return who
	hours = _("{0} working hours").format(figure(level.due_hours))
	if level.when_due == NEXT_LEVEL:
		return _("{0} (the next level after {1})").format(who, hours)
	if level.when_due == ASK_ROLE:
		return _("{0} (after {1} also the role {2})").format(who, hours, level.escalation_role)
	return _("{0} (due in {1})").format(who, hours)


def _with_limit(approver: Approver, currency: str) -> str:
	if not approver.up_to_base:
		return _name(approver)
	return _("{0} up to {1}").format(_name(approver), money(approver.up_to_base, currency))


def _name(approver: Approver) -> str:
	if approver.user:
		return full_name(approver.user)
	if approver.role and approver.kind == FALLBACK:
		return _("someone with the role {0} (nobody else is left)").format(approver.role)
	if approver.role:
		return _("someone with the role {0}").format(approver.role)
	return _("the {0}").format(_(approver.relation))


def _either(names: Iterable[str]) -> str:
	either = _("or")
	return f" {either} ".join(dict.fromkeys(names))
