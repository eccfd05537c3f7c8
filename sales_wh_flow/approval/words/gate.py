"""Approvals in words: why an order waits and what it still owes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import frappe
from frappe import _
from frappe.utils import escape_html, flt, fmt_money, format_date, format_datetime

from sales_wh_flow.approval.figure_rights import public
from sales_wh_flow.approval.rules.criteria import MARGIN
from sales_wh_flow.approval.rules.facts import ApprovalNeed
from sales_wh_flow.approval.rules.needs import OPEN, REJECTED
from sales_wh_flow.approval.rules.still_covers import DAYS, POINTS, TEXT, worse
from sales_wh_flow.approval.words.rules import reason


def gate(
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


def refused_before(approval) -> str:
	"""Why asking again is pointless: the order is as it was when somebody refused it; HTML."""
	return _("{0} refused '{1}': {2}. Change the order and save it, then ask again.").format(
		_bold_user(approval.decided_by), escape_html(approval.rule), escape_html(approval.comment or "")
	)


def held(order: str, reasons: Iterable[str]) -> str:
	"""What a change of a submitted order led to; HTML."""
	rows = "".join(f"<li>{escape_html(reason)}</li>" for reason in reasons)
	return _(
		"The change of Sales Order {0} is saved and waits for approval: {1} Until then nothing more is "
		"locked, picked or shipped."
	).format(frappe.bold(escape_html(order)), f"<ul>{rows}</ul>")


def decision(approval, state: str, comment: str | None, on_behalf_of: str = "") -> str:
	"""The timeline's line about a decision; HTML."""
	text = _("refused '{0}' ({1})") if state == REJECTED else _("approved '{0}' ({1})")
	line = text.format(escape_html(approval.rule), escape_html(public(approval.criterion, approval.reason)))
	if on_behalf_of:
		line = _("{0} for {1}").format(line, _bold_user(on_behalf_of))
	return f"{line}: {escape_html(comment)}" if comment else line


def asked(reasons: Iterable[str]) -> str:
	"""The timeline's line about what was asked; HTML."""
	return _("asked for approval: {0}").format("; ".join(escape_html(text) for text in reasons))


def withdrawn(rules: Iterable[str], is_asked_again: bool) -> str:
	"""What a change of the order did to its approvals; HTML."""
	names = ", ".join(sorted({escape_html(rule) for rule in rules}))
	if is_asked_again:
		return _(
			"The order changed: what was asked or decided for {0} no longer counts. It was asked again."
		).format(names)
	return _("The order changed: what was asked or decided for {0} no longer counts.").format(names)


MOST_CHANGES = 5
"""How many facts that got worse one line of the timeline names."""


def taken_back(approval, need: ApprovalNeed | None, currency: str) -> str:
	"""The timeline's line about an approval that a change of the order withdrew: which, and why; HTML.

	``approval``: store.approvals.Approval; ``need``: what the rule asks of the order now, None for nothing.
	"""
	return _("took back '{0}' ({1}; {2}): {3}").format(
		escape_html(approval.rule),
		_(approval.state),
		escape_html(public(approval.criterion, approval.reason or "")),
		escape_html(public(approval.criterion, _what_changed(approval, need, currency))),
	)


def _what_changed(approval, need: ApprovalNeed | None, currency: str) -> str:
	if need is None:
		return _("the order does not need it any more")
	if approval.identity and approval.identity != need.identity:
		return _("customer, company or currency changed")
	before, now = dict(approval.brought), dict(need.facts)
	keys = worse(before, need.facts, need.tolerance)
	sign = -1 if need.criterion == MARGIN else 1  # of a margin the facts keep what is missing
	changed = [_fact(key, before.get(key), now[key], sign, currency) for key in keys]
	if approval.state == REJECTED or not (before and changed):
		return _("the order changed; now: {0}").format(reason(need, currency))
	more = [_("and {0} more").format(len(changed) - MOST_CHANGES)] if len(changed) > MOST_CHANGES else []
	return "; ".join([*changed[:MOST_CHANGES], *more])


def made_worse(then: ApprovalNeed | None, need: ApprovalNeed, currency: str) -> str:
	"""What somebody changed about an order, as far as one rule looks at it."""
	if then is None:
		return reason(need, currency)
	if then.identity != need.identity:
		return _("customer, company or currency changed")
	before, now = dict(then.facts), dict(need.facts)
	keys = worse(before, need.facts, 0.0)
	sign = -1 if need.criterion == MARGIN else 1
	changed = [_fact(key, before.get(key), now[key], sign, currency) for key in keys[:MOST_CHANGES]]
	return "; ".join(changed) or reason(need, currency)


def refused_alike(order: str, user: str, on: date, comment: str) -> str:
	"""A hint for whoever decides: the same was refused before."""
	return _("The same items at the same prices were refused in {0} by {1} on {2}: {3}").format(
		order, frappe.utils.get_fullname(user), format_date(on), comment
	)


def _fact(key: str, before: float | None, now: float, sign: int, currency: str) -> str:
	"""One fact that got worse, from the approved figure to the present one."""
	name = key.removeprefix(TEXT).removeprefix(POINTS).strip()
	if key.startswith(TEXT):
		return _("{0} is new").format(name)
	if key.startswith(DAYS):
		name, shown = _("delivery"), [format_date(date.fromordinal(int(-it))) for it in _known(now, before)]
	elif key.startswith(POINTS):
		shown = [f"{flt(sign * it, 2):g} %" for it in _known(now, before)]
	else:
		name, shown = _(key), [fmt_money(abs(it), currency=currency) for it in _known(now, before)]
	return (
		_("{0}: {1} instead of {2}").format(name, *shown)
		if len(shown) > 1
		else _("{0}: {1}, which nobody saw").format(name, *shown)
	)


def _known(*values: float | None) -> list[float]:
	return [flt(value) for value in values if value is not None]


def decision_subject(order: str, approval, state: str, actor: str, is_submitted: bool) -> str:
	"""What the one who asked reads; HTML."""
	values = (_bold_user(actor), escape_html(approval.rule), frappe.bold(escape_html(order)))
	if state == REJECTED:
		return _("{0} refused '{1}' for Sales Order {2}").format(*values)
	if is_submitted:
		return _("{0} approved '{1}' for Sales Order {2}; it is submitted").format(*values)
	return _("{0} approved '{1}' for Sales Order {2}").format(*values)


def request_subject(order: str, rule: str, actor: str) -> str:
	"""What a possible approver reads; HTML."""
	return _("{0} asks you to approve '{1}' for Sales Order {2}").format(
		_bold_user(actor), escape_html(rule), frappe.bold(escape_html(order))
	)


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
