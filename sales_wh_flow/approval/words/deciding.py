"""Deciding in words: who is asked and in which order, what was decided for whom, what a condition means."""

from collections.abc import Iterable

import frappe
from frappe import _
from frappe.utils import escape_html, flt, fmt_money, format_datetime

from sales_wh_flow.approval.rules.levels import (
	ASK_ROLE,
	FALLBACK,
	NEXT_LEVEL,
	Approver,
	Plan,
	highest_authority,
)


def who_in_turn(plan: Plan, currency: str = "") -> str:
	"""Whom a rule asks, level by level; plain text without a full stop."""
	parts = [_level_in_words(plan, number, currency) for number in plan.numbers]
	if not parts:
		return _("nobody yet")
	return f", {_('then')} ".join(parts)


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


def nobody_can_decide(rule: str, value: str, role: str) -> str:
	"""Why the fallback is asked; plain text."""
	return _(
		"Nobody whom '{0}' names can decide about an order of {1}: they are the author, can't read the "
		"order, are disabled, or their authority ends below. The role {2} decides instead."
	).format(rule, value, role)


def nobody_at_all(rule: str, role: str) -> str:
	"""Even the fallback is empty; HTML."""
	return _(
		"Nobody can decide '{0}' for this order, not even somebody else with the role {1}. "
		"Give that role to a user who may read the order."
	).format(escape_html(rule), frappe.bold(escape_html(role)))


def forwarded(approval, to_user: str, comment: str) -> str:
	"""The timeline's line; HTML."""
	return _("forwarded '{0}' to {1}: {2}").format(
		escape_html(approval.rule), _bold_user(to_user), escape_html(comment)
	)


def condition_in_words(kind: str, value: float) -> str:
	"""What the sales user has to agree to; plain text."""
	texts = {
		"Smaller Discount": _(
			"No line is sold more than {0} below list price, the order's own discount counted."
		),
		"Prepayment": _("{0} of the order's total is paid before goods leave."),
		"Available Quantity": _("Only what is free in stock now is ordered; the rest is taken off."),
	}
	return texts[kind].format(f"{flt(value, 2):g} %")


def condition_offered(approval, text: str, comment: str | None) -> str:
	"""The timeline's line; HTML."""
	line = _("approved '{0}' under a condition: {1}").format(escape_html(approval.rule), escape_html(text))
	return f"{line} {escape_html(comment)}" if comment else line


def condition_answered(approval, is_accepted: bool, comment: str | None) -> str:
	"""The timeline's line; HTML."""
	text = (
		_("accepted the condition of '{0}': {1}")
		if is_accepted
		else _("declined the condition of '{0}': {1}")
	)
	line = text.format(escape_html(approval.rule), escape_html(approval.condition_text or ""))
	return f"{line} {escape_html(comment)}" if comment else line


def counted(approval, user: str) -> str:
	"""The timeline's line about an approval that was not asked again; HTML."""
	return _("'{0}' counts {1}'s approval of this order as well").format(
		escape_html(approval.rule), _bold_user(user)
	)


def next_level(approval, who: str) -> str:
	"""The timeline's line; HTML."""
	return _("'{0}' goes on to level {1}: {2}").format(
		escape_html(approval.rule), approval.level, escape_html(who)
	)


def escalated(approval, who: str) -> str:
	"""The timeline's line; HTML."""
	return _("nobody decided '{0}' in time: {1} is asked").format(
		escape_html(approval.rule), escape_html(who)
	)


def was_asked(who: str) -> str:
	"""What the history keeps of those who were asked before the rule changed; plain text."""
	return _("Before: {0}").format(who or _("nobody"))


def rule_changed(approval, before: str) -> str:
	"""The timeline's line; HTML."""
	return _("rule '{0}' changed: {1} decides now; before it was {2}").format(
		escape_html(approval.rule),
		escape_html(approval.waits_for or _("nobody")),
		escape_html(before or _("nobody")),
	)


def asks_no_more(rules: Iterable[str]) -> str:
	"""The timeline's line about rules that changed, were switched off or are over; HTML."""
	return _("'{0}' asks about this order no more; what waited for it was taken back").format(
		"', '".join(sorted({escape_html(rule) for rule in rules}))
	)


def not_needed_subject(order: str, rule: str) -> str:
	"""What the one who asked reads; HTML."""
	return _("Sales Order {0} needs no approval by '{1}' any more: the rule changed or ended").format(
		frappe.bold(escape_html(order)), escape_html(rule)
	)


def reminder_subject(order: str, rule: str, due_on) -> str:
	"""What an approver reads before, or when, the time is up; HTML."""
	order = frappe.bold(escape_html(order))
	if due_on:
		return _("Please decide '{0}' for Sales Order {1} by {2}").format(
			escape_html(rule), order, format_datetime(due_on)
		)
	return _("Please decide '{0}' for Sales Order {1}").format(escape_html(rule), order)


def condition_subject(order: str, approval, actor: str) -> str:
	"""What the one who asked reads; HTML."""
	return _("{0} approves '{1}' for Sales Order {2} under a condition: {3}").format(
		_bold_user(actor),
		escape_html(approval.rule),
		frappe.bold(escape_html(order)),
		escape_html(approval.condition_text or ""),
	)


def answer_subject(order: str, approval, actor: str, is_accepted: bool) -> str:
	"""What the one who set the condition reads; HTML."""
	text = (
		_("{0} accepted your condition of '{1}' for Sales Order {2}")
		if is_accepted
		else _("{0} declined your condition of '{1}' for Sales Order {2}; please decide again")
	)
	return text.format(_bold_user(actor), escape_html(approval.rule), frappe.bold(escape_html(order)))


def outcome(decision: dict) -> str:
	"""What a decision brought; plain text. ``decision``: as ``approval.api.approve`` returns it."""
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
	return _("You approved. Still open: {0}").format(", ".join(decision["waits_for"]))


def money(amount: float, currency: str) -> str:
	return fmt_money(flt(amount), currency=currency or None)


def full_name(user: str | None) -> str:
	return frappe.utils.get_fullname(user) if user else ""


def _level_in_words(plan: Plan, number: int, currency: str) -> str:
	level = plan.level(number)
	who = _either(_with_limit(approver, currency) for approver in plan.on(number))
	if level.needed > 1:
		who = _("{0} approvals of {1}").format(level.needed, who)
	if not level.due_hours:
		return who
	hours = _("{0} working hours").format(f"{level.due_hours:g}")
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
	return f" {_('or')} ".join(dict.fromkeys(names))


def _bold_user(user: str | None) -> str:
	return frappe.bold(escape_html(full_name(user)))
