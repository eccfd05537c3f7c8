"""Why an approval is asked, who is asked, and what changed, for the reader; plain text.

The names of these functions, and of what they take, are stored: what was there once stays.
"""

import frappe
from frappe import _
from frappe.utils import format_date

from sales_wh_flow.approval.rules.facts import ApprovalNeed
from sales_wh_flow.approval.rules.levels import Approver
from sales_wh_flow.approval.words import deciding, gate, rules
from sales_wh_flow.base.in_words import percent


def need(
	*,
	criterion: str,
	currency: str,
	measure: str = "",
	comparison: str = "",
	measured: float = 0.0,
	allowed: float = 0.0,
	unit: str = "",
	detail: list[list] = (),
	error: str = "",
) -> str:
	"""Why an order needs an approval, with its numbers; see ``rules.facts.ApprovalNeed``."""
	asked = ApprovalNeed(
		rule="",
		criterion=criterion,
		approver_role="",
		measured=measured,
		allowed=allowed,
		unit=unit,
		detail=tuple((key, value) for key, value in detail),
		measure=measure,
		comparison=comparison,
		error=error,
	)
	return rules.reason(asked, currency)


def need_with_hint(need: str, hint: str) -> str:
	return f"{need}. {hint}"


def refused_alike(order: str, user: str, on: str, comment: str) -> str:
	"""A hint for whoever decides: the same was refused before."""
	return _("The same items at the same prices were refused in {0} by {1} on {2}: {3}").format(
		order, frappe.utils.get_fullname(user), format_date(on), comment
	)


def costs_are_kept(criterion: str) -> str:
	return _("{0}: its figures are for those who may see costs").format(_(criterion))


def debts_are_kept(criterion: str) -> str:
	return _("{0}: its figures are for those who may read the customer's invoices").format(_(criterion))


def facts_changed(facts: list[list], currency: str, is_margin: bool = False, more: int = 0) -> str:
	"""``facts``: [key, before or None, now] of what got worse; ``more``: how many others."""
	sign = -1 if is_margin else 1  # of a margin the facts keep what is missing
	changed = [gate.fact(key, before, now, sign, currency) for key, before, now in facts]
	return "; ".join([*changed, _("and {0} more").format(more)] if more else changed)


def identity_changed() -> str:
	return _("customer, company or currency changed")


def not_needed() -> str:
	return _("the order does not need it any more")


def changed_so_that(need: str) -> str:
	return _("the order changed; now: {0}").format(need)


def quoted_in(quotation: str) -> str:
	return _("wrote Quotation {0}, which the order is made from").format(quotation)


def one_after_the_other(parts: list[str]) -> str:
	"""All that one person changed by one rule."""
	return "; ".join(parts)


def asked_people(approvers: list[list]) -> str:
	"""Who is asked now; ``approvers``: [kind, role, user, relation] of each."""
	return deciding.waits_for(
		Approver(1, kind, role or "", user or "", relation or "") for kind, role, user, relation in approvers
	)


def was_asked(who: str) -> str:
	"""Whom the rule asked before it changed."""
	return _("Before: {0}").format(who or _("nobody"))


def condition(kind: str, value: float = 0.0) -> str:
	"""What the sales user has to agree to."""
	texts = {
		"Smaller Discount": _(
			"No line is sold more than {0} below list price, the order's own discount counted."
		),
		"Prepayment": _("{0} of the order's total is paid before goods leave."),
		"Available Quantity": _("Only what is free in stock now is ordered; the rest is taken off."),
	}
	return texts[kind].format(percent(value))


def substitute_named(by: str, substitute: str, user: str, first: str, last: str) -> str:
	"""Somebody else named a substitute, or changed the days."""
	return _("{0} entered that {1} decides approvals in the name of {2} from {3} to {4}").format(
		by, substitute, user, format_date(first), format_date(last)
	)


def substitute_ended(by: str, substitute: str, user: str) -> str:
	"""Somebody else took a delegation away."""
	return _("{0} entered that {1} no longer decides approvals in the name of {2}").format(
		by, substitute, user
	)
