"""What the timeline of an order says about its approvals, and what people are told of them; HTML.

The names of these functions, and of what they take, are stored: what was there once stays.
"""

import frappe
from frappe import _
from frappe.utils import escape_html, format_datetime

from sales_wh_flow.approval.rules.needs import REJECTED
from sales_wh_flow.approval.words import billing, gate
from sales_wh_flow.approval.words.deciding import full_name


def asked(reasons: list[str], remark: str = "") -> str:
	line = _("asked for approval: {0}").format("; ".join(escape_html(text) for text in reasons))
	return f"{line}<br>{escape_html(remark)}" if remark else line


def asked_back(rule: str, comment: str) -> str:
	return _with_text(_("asked back about '{0}'").format(escape_html(rule)), comment)


def answered(rule: str, comment: str) -> str:
	return _with_text(_("answered the question about '{0}'").format(escape_html(rule)), comment)


def withdrawn(rules: list[str], comment: str = "") -> str:
	return _with_text(_("took back the request for '{0}'").format(_named(rules)), comment)


def decided(rule: str, state: str, reason: str, comment: str = "", on_behalf_of: str = "") -> str:
	text = _("refused '{0}' ({1})") if state == REJECTED else _("approved '{0}' ({1})")
	line = text.format(escape_html(rule), escape_html(reason))
	if on_behalf_of:
		line = _("{0} for {1}").format(line, _bold_user(on_behalf_of))
	return f"{line}: {escape_html(comment)}" if comment else line


def voted(rule: str, action: str, comment: str = "") -> str:
	"""About a Quotation: ``action`` is approve or refuse."""
	text = _("refused '{0}'") if action == "refuse" else _("approved '{0}'")
	line = text.format(escape_html(rule))
	return f"{line}: {escape_html(comment)}" if comment else line


def billed(doctype: str, invoice: str, order: str, rows: list[list], reasons: list[str]) -> str:
	"""An invoice at other prices than its order sold at; ``rows``: as ``words.billing.other_prices``."""
	return _("{0} bills at other prices. {1}").format(
		frappe.utils.get_link_to_form(doctype, invoice), billing.other_prices(order, rows, reasons)
	)


def taken_back(approvals: list[list]) -> str:
	"""What a change of the order withdrew; ``approvals``: [rule, state, reason, what changed] of each."""
	return "<br>".join(
		_("took back '{0}' ({1}; {2}): {3}").format(
			escape_html(rule), _(state), escape_html(reason), escape_html(what)
		)
		for rule, state, reason, what in approvals
	)


def forwarded(rule: str, to_user: str, comment: str) -> str:
	return _("forwarded '{0}' to {1}: {2}").format(
		escape_html(rule), _bold_user(to_user), escape_html(comment)
	)


def condition_offered(rule: str, condition: str, comment: str = "") -> str:
	line = _("approved '{0}' under a condition: {1}").format(escape_html(rule), escape_html(condition))
	return f"{line} {escape_html(comment)}" if comment else line


def condition_answered(rule: str, condition: str, is_accepted: bool, comment: str = "") -> str:
	text = (
		_("accepted the condition of '{0}': {1}")
		if is_accepted
		else _("declined the condition of '{0}': {1}")
	)
	line = text.format(escape_html(rule), escape_html(condition))
	return f"{line} {escape_html(comment)}" if comment else line


def counted_as_well(rule: str, user: str) -> str:
	"""An approval that was not asked again."""
	return _("'{0}' counts {1}'s approval of this order as well").format(escape_html(rule), _bold_user(user))


def went_on(rule: str, level: int, who: str) -> str:
	return _("'{0}' goes on to level {1}: {2}").format(escape_html(rule), level, escape_html(who))


def escalated(rule: str, who: str) -> str:
	return _("nobody decided '{0}' in time: {1} is asked").format(escape_html(rule), escape_html(who))


def rule_changed(rule: str, who: str, before: str) -> str:
	return _("rule '{0}' changed: {1} decides now; before it was {2}").format(
		escape_html(rule), escape_html(who or _("nobody")), escape_html(before or _("nobody"))
	)


def asks_no_more(rules: list[str]) -> str:
	"""Rules that changed, were switched off or are over."""
	return _("'{0}' asks about this order no more; what waited for it was taken back").format(
		"', '".join(escape_html(rule) for rule in rules)
	)


def nobody_can_decide(rule: str, value: float, currency: str, role: str) -> str:
	"""Why the fallback is asked."""
	return escape_html(gate.nobody_can_decide(rule, value, currency, role))


def workflow_goes_on(order: str, workflow: str, state: str) -> str:
	"""All approvals are given, and the order follows a Workflow: whose turn it is."""
	return gate.workflow_goes_on(order, workflow, state)


# What people are told on their desk


def told_request(order: str, rule: str, actor: str, remark: str = "", doctype: str = "Sales Order") -> str:
	"""What a possible approver reads."""
	line = _("{0} asks you to approve '{1}' for {2}").format(
		_bold_user(actor), escape_html(rule), _named_about(order, doctype)
	)
	return _with_text(line, remark)


def told_again(order: str, rule: str, due_on: str = "", doctype: str = "Sales Order") -> str:
	"""What an approver reads before, or when, the time is up."""
	order = _named_about(order, doctype)
	if due_on:
		return _("Please decide '{0}' for {1} by {2}").format(
			escape_html(rule), order, format_datetime(due_on)
		)
	return _("Please decide '{0}' for {1}").format(escape_html(rule), order)


def told_decision(
	order: str,
	rule: str,
	state: str,
	actor: str,
	is_submitted: bool,
	comment: str = "",
	doctype: str = "Sales Order",
) -> str:
	"""What the one who asked reads, why it was refused included."""
	values = (_bold_user(actor), escape_html(rule), _named_about(order, doctype))
	if state == REJECTED:
		return _with_text(_("{0} refused '{1}' for {2}").format(*values), comment)
	if is_submitted:
		return _("{0} approved '{1}' for {2}; it is submitted").format(*values)
	return _("{0} approved '{1}' for {2}").format(*values)


def told_condition(order: str, rule: str, condition: str, actor: str) -> str:
	"""What the one who asked reads."""
	return _("{0} approves '{1}' for {2} under a condition: {3}").format(
		_bold_user(actor), escape_html(rule), _named_about(order), escape_html(condition)
	)


def told_answer(order: str, rule: str, actor: str, is_accepted: bool) -> str:
	"""What the one who set the condition reads."""
	text = (
		_("{0} accepted your condition of '{1}' for {2}")
		if is_accepted
		else _("{0} declined your condition of '{1}' for {2}; please decide again")
	)
	return text.format(_bold_user(actor), escape_html(rule), _named_about(order))


def told_not_needed(order: str, rule: str, doctype: str = "Sales Order") -> str:
	"""What the one who asked reads."""
	return _("{0} needs no approval by '{1}' any more: the rule changed or ended").format(
		_named_about(order, doctype), escape_html(rule)
	)


def told_request_of_quotation(quotation: str, rule: str) -> str:
	return _("Quotation {0} waits for your approval: {1}").format(escape_html(quotation), escape_html(rule))


def told_of_quotation(quotation: str, rule: str, state: str) -> str:
	"""What the one who asked reads."""
	text = (
		_("Quotation {0}: '{1}' is refused.") if state == REJECTED else _("Quotation {0}: '{1}' is approved.")
	)
	return text.format(escape_html(quotation), escape_html(rule))


def told_asked_back(order: str, rule: str, actor: str, comment: str, doctype: str = "Sales Order") -> str:
	"""What the one who asked reads."""
	line = _("{0} asks back about '{1}' for {2}")
	return _with_text(
		line.format(_bold_user(actor), escape_html(rule), _named_about(order, doctype)), comment
	)


def told_answered(order: str, rule: str, actor: str, comment: str, doctype: str = "Sales Order") -> str:
	"""What the one who asked back reads."""
	line = _("{0} answers your question about '{1}' for {2}")
	return _with_text(
		line.format(_bold_user(actor), escape_html(rule), _named_about(order, doctype)), comment
	)


def told_withdrawn(
	order: str, rules: list[str], actor: str, comment: str = "", doctype: str = "Sales Order"
) -> str:
	"""What those who were asked read."""
	line = _("{0} took back the request for '{1}' for {2}: nothing is left to decide")
	return _with_text(line.format(_bold_user(actor), _named(rules), _named_about(order, doctype)), comment)


_MOST_OF_A_TEXT = 300
"""Characters of what somebody typed, in the one line that a notification shows."""


def _with_text(line: str, text: str) -> str:
	"""A line with what somebody typed after it, cut to what fits a notification."""
	text = (text or "").strip()
	if not text:
		return line
	cut = text if len(text) <= _MOST_OF_A_TEXT else f"{text[:_MOST_OF_A_TEXT].rstrip()} …"
	return f"{line}: {escape_html(cut)}"


def _named_about(name: str, doctype: str = "Sales Order") -> str:
	return f"{_(doctype)} {frappe.bold(escape_html(name))}"


def _named(rules: list[str]) -> str:
	return "', '".join(escape_html(rule) for rule in rules)


def _bold_user(user: str | None) -> str:
	return frappe.bold(escape_html(full_name(user)))
