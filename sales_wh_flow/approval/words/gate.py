"""Approvals in words: why an order waits and what it still owes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import frappe
from frappe import _
from frappe.utils import escape_html, flt, format_date, format_datetime

from sales_wh_flow.approval.rules.facts import ApprovalNeed
from sales_wh_flow.approval.rules.needs import OPEN, REJECTED
from sales_wh_flow.approval.rules.still_covers import DAYS, POINTS, TEXT
from sales_wh_flow.approval.words.differences import show_difference
from sales_wh_flow.base.in_words import money, percent


def word_refused_order(
	order: str,
	lacking: Sequence[ApprovalNeed],
	approvals: Iterable,
	reasons: Mapping[str, str],
	workflow: str | None = None,
) -> str:
	"""Why the order can't be submitted and what to do next; HTML.

	``approvals``: the order's approvals (store.approvals.Approval) that speak of it as it is now.
	``reasons``: rule -> why, for this reader.
	``workflow``: the one that submits the order, if the company has one.
	"""
	known = {approval.rule: approval for approval in approvals}
	rows = "".join(_gate_row(need, known.get(need.rule), reasons[need.rule]) for need in lacking)
	head = _("Sales Order {0} can't be submitted yet. Approvals are missing:").format(
		frappe.bold(escape_html(order))
	)
	states = [known[need.rule].state if need.rule in known else None for need in lacking]
	return f"{head}<ul>{rows}</ul>{_next_step(states, workflow)}"


def workflow_goes_on(order: str, workflow: str, state: str) -> str:
	"""All approvals are given, and the order follows a Workflow: whose turn it is; HTML."""
	return _(
		"All approvals of Sales Order {0} are given. It follows the Workflow {1}: take its next step "
		"from {2}."
	).format(*(frappe.bold(escape_html(it)) for it in (order, workflow, state or _("Draft"))))


def nobody_can_decide(rule: str, value: float, currency: str, role: str) -> str:
	"""Why the fallback is asked; plain text."""
	return _(
		"Nobody whom '{0}' names can decide about an order of {1}: they are the author, can't read the "
		"order, are disabled, or their authority ends below. The role {2} decides instead."
	).format(rule, money(value, currency), role)


def refused_before(approval) -> str:
	"""Why asking again is pointless: the order is as it was when somebody refused it; HTML."""
	return _("{0} refused '{1}': {2}. Change the order and save it, then ask again.").format(
		_bold_user(approval.decided_by), escape_html(approval.rule), escape_html(approval.comment or "")
	)


def word_held(order: str, reasons: Iterable[str]) -> str:
	"""What a change of a submitted order led to; HTML."""
	rows = "".join(f"<li>{escape_html(reason)}</li>" for reason in reasons)
	return _(
		"The change of Sales Order {0} is saved and waits for approval: {1} Until then nothing more is "
		"locked, picked or shipped."
	).format(frappe.bold(escape_html(order)), f"<ul>{rows}</ul>")


def withdrawn(rules: Iterable[str], is_asked_again: bool) -> str:
	"""What a change of the order did to its approvals; HTML."""
	names = ", ".join(sorted({escape_html(rule) for rule in rules}))
	if is_asked_again:
		return _(
			"The order changed: what was asked or decided for {0} no longer counts. It was asked again."
		).format(names)
	return _("The order changed: what was asked or decided for {0} no longer counts.").format(names)


def fact(key: str, before: float | None, now: float, sign: int, currency: str) -> str:
	"""One fact that got worse, from the approved figure to the present one."""
	name = key.removeprefix(TEXT).removeprefix(POINTS).strip()
	if key.startswith(TEXT):
		what, _colon, value = name.rpartition(": ")
		return _("{0} is new").format(show_difference(what, value) if what else name)
	if key.startswith(DAYS):
		name, shown = _("delivery"), [format_date(date.fromordinal(int(-it))) for it in _known(now, before)]
	elif key.startswith(POINTS):
		shown = [percent(sign * it) for it in _known(now, before)]
	else:
		name, shown = _(key), [money(abs(it), currency) for it in _known(now, before)]
	return (
		_("{0}: {1} instead of {2}").format(name, *shown)
		if len(shown) > 1
		else _("{0}: {1}, which nobody saw").format(name, *shown)
	)


def _known(*values: float | None) -> list[float]:
	return [flt(value) for value in values if value is not None]


def _gate_row(need: ApprovalNeed, approval, why: str) -> str:
	title = frappe.bold(escape_html(need.rule))
	return f"<li>{title}: {escape_html(why)}. {_state_of(need, approval)}</li>"


def _state_of(need: ApprovalNeed, approval) -> str:
	first = frappe.bold(escape_html(_(need.approver_role)))  # a role, a user or a relation
	if approval and approval.state == OPEN:
		return _("Asked on {0}; first asked is {1}.").format(format_datetime(approval.requested_on), first)
	if approval and approval.state == REJECTED:
		return _("Refused by {0}: {1}.").format(
			_bold_user(approval.decided_by), escape_html(approval.comment or "")
		)
	return _("Not asked yet; {0} is asked first.").format(first)


def _next_step(states: Sequence[str | None], workflow: str | None) -> str:
	if REJECTED in states:
		return _("Change the order and save it, then press Ask for Approval.")
	if workflow:
		name = frappe.bold(escape_html(workflow))
		if None in states:
			return _("Press Ask for Approval; when all have approved, take this step of {0} again.").format(
				name
			)
		return _("When all have approved, take this step of {0} again.").format(name)
	if None in states:
		return _(
			"Save the order and press Ask for Approval. It is submitted as soon as everyone has approved."
		)
	return _("It is submitted as soon as everyone has approved.")


def _bold_user(user: str | None) -> str:
	return frappe.bold(escape_html(frappe.utils.get_fullname(user) if user else ""))
