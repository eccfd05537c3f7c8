"""Approval rules in words: what a rule says, why it asks about an order, and why not."""

from collections.abc import Callable, Iterable
from typing import Any

import frappe
from frappe import _
from frappe.utils import format_date

from sales_wh_flow.approval.rules import criteria as of
from sales_wh_flow.approval.rules import measure as units
from sales_wh_flow.approval.rules.facts import ApprovalNeed, ApprovalRuleFacts
from sales_wh_flow.approval.rules.levels import Plan
from sales_wh_flow.approval.rules.measure_orders import NEVER_DAYS
from sales_wh_flow.approval.rules.measure_returns import RETURN_OUTSIDE_POLICY
from sales_wh_flow.approval.rules.needs import Verdict
from sales_wh_flow.approval.words import given_away
from sales_wh_flow.approval.words.broken import why_not_asked
from sales_wh_flow.approval.words.deciding import who_in_turn
from sales_wh_flow.approval.words.differences import show_difference
from sales_wh_flow.approval.words.scope import not_by_the_author, what_in_scope
from sales_wh_flow.base.in_words import figure, money, percent


def rule_in_words(rule: ApprovalRuleFacts, plan: Plan, currency: str) -> str:
	"""One sentence that says what an Order Approval Rule does; plain text.

	``currency``: of the amounts up to which approvers may decide.
	"""
	who = who_in_turn(plan, currency)
	if rule.is_shadow:
		sentence = _("{0} {1} would wait for {2}. Shadow: it is recorded, nobody waits.")
	else:
		sentence = _("{0} {1} wait for {2}.")
	text = sentence.format(what_in_scope(rule), _clause(rule), who)
	return " ".join([text, not_by_the_author(rule)])


def reason(need: ApprovalNeed, currency: str) -> str:
	"""Why the order needs this approval, with its numbers; plain text. ``currency``: the company's."""
	if need.error:
		return why_not_asked(need.error)
	name = _name_of(need.criterion, need.measure)
	if need.unit == units.YES_NO:
		found = "; ".join(f"{_(key)}: {text}" for key, text in need.detail)
		return f"{name}: {found}" if found else name
	text = _("{0} of {1} is {2} the allowed {3}").format(
		name,
		_shown(need.measured, need.unit, currency),
		_than(need.comparison),
		_shown(need.allowed, need.unit, currency),
	)
	detail = _detail(need.criterion, need.detail, currency)
	return f"{text} ({detail})" if detail else text


def verdict(rule: ApprovalRuleFacts, found: Verdict, currency: str) -> str:
	"""Why, or why not, a rule asks about an order; plain text."""
	if found.need:
		return reason(found.need, currency)
	if found.outside:
		return _out_of_scope(rule, found.outside)
	name = _name_of(rule.criterion, of.measure_of(rule).name)
	if found.measured is None:
		return _nothing_to_measure(rule.criterion, name)
	if found.unit == units.YES_NO:
		return _("{0}: none").format(name)
	text = _("{0} is {1}; asked when it is {2} {3}").format(
		name,
		_shown(found.measured, found.unit, currency),
		_(of.comparison_of(rule)),
		_shown(found.allowed or 0.0, found.unit, currency),
	)
	detail = _detail(rule.criterion, found.detail, currency)
	return f"{text} ({detail})" if detail else text


def shown(value: float | None, unit: str, currency: str) -> str:
	"""A measured or allowed value with its unit; plain text, empty for None."""
	return "" if value is None else _shown(value, unit, currency)


def _nothing_to_measure(criterion: str, name: str) -> str:
	texts = {
		of.CREDIT_EXPOSURE: _("The customer has no credit limit in this company"),
		of.DISCOUNT: _("No row has a list price"),
		of.BELOW_LIST: _("No row has a price in the order's price list"),
		of.MARGIN: _("No row has a known cost"),
		of.DELIVERY_DATE: _("The order has no delivery date"),
		RETURN_OUTSIDE_POLICY: _("Asked about Return Cases, not about orders"),
		of.OWN_CONDITION: _("The condition is not true of this order"),
	}
	return texts.get(criterion, _("{0}: nothing to measure").format(name))


def _out_of_scope(rule: ApprovalRuleFacts, field: str) -> str:
	if field == "lines":
		wanted = ", ".join(filter(None, (rule.scope.item_group, rule.scope.brand, rule.scope.warehouse)))
		return _("The rule looks at rows of {0} only; the order has none").format(wanted)
	label = _(frappe.get_meta("Order Approval Rule").get_label(field))
	value = getattr(rule, field, None) or getattr(rule.scope, field, "")
	if field in ("valid_from", "valid_to"):
		return _("{0} is {1}").format(label, format_date(value))
	return _("The rule speaks of {0} {1} only").format(label, value)


def _name_of(criterion: str, measure: str) -> str:
	"""What is measured, as the subject of a sentence."""
	names = {
		(of.CREDIT_EXPOSURE, "Percent of Limit"): _("Credit exposure"),
		(of.CREDIT_EXPOSURE, "Amount Above Limit"): _("Credit exposure above the limit"),
		(of.CREDIT_EXPOSURE, "Exposure"): _("Credit exposure"),
		(of.OVERDUE, "Overdue Amount"): _("Overdue amount"),
		(of.OVERDUE, "Oldest in Days"): _("Age of the oldest overdue invoice"),
		(of.OVERDUE, "Number of Invoices"): _("Number of overdue invoices"),
		(of.DISCOUNT, "Line or Whole Order"): _("Discount"),
		(of.DISCOUNT, "Line"): _("Discount of a row"),
		(of.DISCOUNT, "Whole Order"): _("Discount of the whole order"),
		(of.DISCOUNT, "Amount Given Away"): _("Discount in money"),
		(of.BELOW_LIST, "Percent Below"): _("Price below price list"),
		(of.BELOW_LIST, "Amount Below"): _("Sum below price list"),
		(of.MARGIN, "Margin of a Line"): _("Margin of a row over its cost"),
		(of.MARGIN, "Margin of the Order"): _("Margin of the order over its cost"),
		(of.MARGIN, "Margin Amount"): _("Margin in money"),
		(of.ORDER_VALUE, "Grand Total"): _("Grand total"),
		(of.ORDER_VALUE, "Net Total of Lines"): _("Net total"),
		(of.SHORTAGE, "Missing Quantity"): _("Missing quantity"),
		(of.SHORTAGE, "Missing Value Share"): _("Missing share of the value"),
		(of.NEW_CUSTOMER, "Earlier Orders"): _("Number of earlier orders"),
		(of.NEW_CUSTOMER, "Days Since Last Order"): _("Time since the last order"),
		(of.DELIVERY_DATE, "Days to Delivery"): _("Time to delivery"),
		(of.TYPED_AGAINST_MASTER, "Number of Differences"): _(
			"Number of entries that differ from their master"
		),
		(RETURN_OUTSIDE_POLICY, "Days Late"): _("Time after the return window"),
		(RETURN_OUTSIDE_POLICY, "Value of Late Goods"): _("Value of the late goods"),
		(of.OWN_CONDITION, "Condition"): _("The rule's own condition is true"),
	}
	return names.get((criterion, measure), _(measure or criterion))


def _clause(rule: ApprovalRuleFacts) -> str:
	"""What an order must be like for the rule to ask, as a relative clause."""
	measure = of.measure_of(rule)
	if rule.criterion == of.OWN_CONDITION:
		return _("for which the rule's condition is true")
	if rule.criterion == of.SPECIAL_TERMS:
		return _("with {0}").format(_amid(_(measure.name), str.lower))
	name = _name_of(rule.criterion, measure.name)
	limit = _threshold(rule)
	if measure.unit_of_threshold != measure.unit:
		limit = _("{0} of the credit limit").format(limit)
	clause = _("whose {0} is {1} {2}").format(
		_amid(name, lambda text: text[:1].lower() + text[1:]), _(of.comparison_of(rule)), limit
	)
	options = {
		units.COUNT_PENDING: _("other orders pending approval counted"),
		units.LAST_PURCHASE: _("by last purchase"),
		**given_away.left_out(),
	}
	given = ", ".join(options[name] for name in rule.options if _matters(rule.criterion, name))
	return f"{clause} ({given})" if given else clause


def _amid(name: str, lowered: Callable[[str], str]) -> str:
	"""A name amid a sentence: German writes nouns with a capital there as well."""
	return name if str(frappe.local.lang or "").startswith("de") else lowered(name)


def _matters(criterion: str, option: str) -> bool:
	if option in units.OF_THE_ORDER:
		return criterion in (of.DISCOUNT, of.BELOW_LIST, of.MARGIN)
	if option in units.OF_LINES:
		return criterion == of.DISCOUNT
	return {units.COUNT_PENDING: of.CREDIT_EXPOSURE, units.LAST_PURCHASE: of.MARGIN}[option] == criterion


def _threshold(rule: ApprovalRuleFacts) -> str:
	unit = of.measure_of(rule).unit_of_threshold
	amounts = [(rule.currency, rule.threshold), *rule.amounts] if unit == units.AMOUNT else []
	if not amounts:
		return _shown(rule.threshold, unit, "")
	return " / ".join(money(amount, currency) for currency, amount in amounts)


def _shown(value: float, unit: str, currency: str) -> str:
	if unit == units.AMOUNT:
		return money(value, currency)
	if unit == units.PERCENT:
		return percent(value)
	if unit == units.IN_DAYS:
		return _("never") if value >= NEVER_DAYS else _("{0} days").format(figure(value))
	return figure(value)


def _than(comparison: str) -> str:
	return {
		units.MORE: _("above"),
		units.AT_LEAST: _("not below"),
		units.LESS: _("below"),
		units.AT_MOST: _("not above"),
	}[comparison or units.MORE]


def _detail(criterion: str, detail: Iterable[tuple[str, Any]], currency: str) -> str:
	"""The numbers behind what was measured."""
	found = dict(detail)
	if not found:
		return ""
	writer = {
		of.CREDIT_EXPOSURE: _credit,
		of.OVERDUE: _debts,
		of.DISCOUNT: _prices,
		of.BELOW_LIST: _prices,
		of.MARGIN: _prices,
		of.SHORTAGE: _missing,
		of.NEW_CUSTOMER: _history,
		of.DELIVERY_DATE: _due,
		of.TYPED_AGAINST_MASTER: _typed,
	}.get(criterion)
	return writer(found, currency) if writer else ""


def _credit(found: dict, currency: str) -> str:
	parts = [
		_("limit {0}, owed so far {1}, this order {2}").format(
			*(money(found[name], currency) for name in ("limit", "outstanding", "order"))
		)
	]
	if "pending" in found:
		parts.append(_("other pending orders {0}").format(money(found["pending"], currency)))
	if "group" in found:
		parts.append(_("shared by the customers of {0}").format(found["group"]))
	return ", ".join(parts)


def _debts(found: dict, currency: str) -> str:
	text = _("{0} in {1} invoices, the oldest {2} days").format(
		money(found["amount"], currency), found["count"], found["days"]
	)
	if not found.get("on_account"):
		return text
	paid = _("after {0} paid on account").format(money(found["on_account"], currency))
	return f"{text}, {paid}"


def _typed(found: dict, _currency: str) -> str:
	return "; ".join(show_difference(what, texts) for what, texts in found.items())


def _prices(found: dict, _currency: str) -> str:
	text = _("row #{0}, item {1}: {2}; whole order: {3}").format(
		found["line"],
		found["item"],
		_shown(found["line_pct"], units.PERCENT, ""),
		_shown(found["order_pct"], units.PERCENT, ""),
	)
	return "; ".join((text, *given_away.taken_off(found)))


def _missing(found: dict, _currency: str) -> str:
	return _("row #{0}, item {1}: {2} of {3} missing").format(
		found["line"], found["item"], figure(found["missing"]), figure(found["ordered"])
	)


def _history(found: dict, _currency: str) -> str:
	if not found["orders"]:
		return _("no order yet")
	return _("{0} orders, the last on {1}").format(found["orders"], format_date(found["last"]))


def _due(found: dict, _currency: str) -> str:
	return _("due {0}").format(format_date(found["due"])) if found["due"] else ""
