"""What an approval rule can measure: the criteria, each with its measures, and what has to be read for them.

A measure says ``None`` where there is nothing to measure (no credit limit, no list price): such an order
never hits. A rule that looks at some lines only gives just these lines to its measure.
"""

from collections.abc import Callable, Iterable
from typing import Any

from sales_wh_flow.approval.rules import measure_orders as of_order
from sales_wh_flow.approval.rules import measure_prices as of_prices
from sales_wh_flow.approval.rules import measure_returns as of_returns
from sales_wh_flow.approval.rules.facts import ApprovalRuleFacts
from sales_wh_flow.approval.rules.measure import (
	AMOUNT,
	COUNT,
	COUNT_PENDING,
	FALLING,
	IN_DAYS,
	LEAVE_OUT_COUPONS,
	LEAVE_OUT_PRICING_RULES,
	MORE,
	PERCENT,
	QTY,
	RISING,
	YES_NO,
	Measure,
	Value,
)
from sales_wh_flow.approval.rules.measure_orders import FREE_TEXT, INSTRUCTIONS, PAYMENT_TERMS
from sales_wh_flow.approval.rules.measure_returns import RETURN_OUTSIDE_POLICY

CREDIT_EXPOSURE = "Credit Exposure"
OVERDUE = "Overdue Invoices"
DISCOUNT = "Discount"
BELOW_LIST = "Price Below Price List"
MARGIN = "Margin"
ORDER_VALUE = "Order Value"
SPECIAL_TERMS = "Special Terms"
SHORTAGE = "Stock Shortage"
NEW_CUSTOMER = "New or Dormant Customer"
DELIVERY_DATE = "Delivery Date"
TYPED_AGAINST_MASTER = "Typed Against Master"
OWN_CONDITION = "Own Condition"


def measure_of(rule: ApprovalRuleFacts) -> Measure:
	"""The measure of a rule, the first of its criterion when it names none. Raises: KeyError"""
	measures = MEASURES[rule.criterion]
	return next((it for it in measures if it.name == rule.measure), measures[0])


def comparison_of(rule: ApprovalRuleFacts) -> str:
	"""How a rule compares: as it says, else as is usual for its measure."""
	return rule.comparison or measure_of(rule).comparisons[0]


_discount, _below_list = of_prices.discount, of_prices.below_list


def _credit(name: str, value: Value, detail: Callable[..., Any]) -> Measure:
	return Measure(name, AMOUNT, RISING, value, of_order.entrusted, detail)


def _debts(name: str, unit: str, field: str) -> Measure:
	value = of_order.overdue(field)
	return Measure(name, unit, RISING, value, of_order.entrusted, of_order.overdue_detail)


def _below_pct(name: str, value: Value, prices: of_prices.Below) -> Measure:
	return Measure(name, PERCENT, RISING, value, prices.pct_facts, prices.detail)


def _below_amount(name: str, prices: of_prices.Below) -> Measure:
	return Measure(name, AMOUNT, RISING, prices.amount, prices.amount_facts, prices.detail)


def _margin(name: str, unit: str, value: Value, facts: Callable[..., Any]) -> Measure:
	return Measure(name, unit, FALLING, value, facts, of_prices.margin_detail, unknown=of_prices.cost_unknown)


def _value(name: str, value: Value) -> Measure:
	return Measure(name, AMOUNT, (*RISING, *FALLING), value, of_order.value_facts(value))


def _shortage(name: str, unit: str, value: Value) -> Measure:
	return Measure(name, unit, RISING, value, of_order.short_items, of_order.shortage_detail)


def _history(name: str, unit: str, comparisons: tuple[str, ...], value: Value) -> Measure:
	return Measure(name, unit, comparisons, value, of_order.entrusted, of_order.history_detail)


MEASURES: dict[str, tuple[Measure, ...]] = {
	CREDIT_EXPOSURE: (
		Measure(
			"Percent of Limit",
			AMOUNT,
			RISING,
			of_order.exposure_with_limit,
			of_order.entrusted,
			of_order.detail_by_share,
			PERCENT,
			of_order.share_of_limit,
		),
		_credit("Amount Above Limit", of_order.above_limit, of_order.detail_by_gap),
		_credit("Exposure", of_order.exposure, of_order.detail_by_exposure),
	),
	OVERDUE: (
		_debts("Overdue Amount", AMOUNT, "overdue_base"),
		_debts("Oldest in Days", IN_DAYS, "oldest_days"),
		_debts("Number of Invoices", COUNT, "overdue_count"),
	),
	DISCOUNT: (
		_below_pct("Line or Whole Order", _discount.either, _discount),
		_below_pct("Line", _discount.line, _discount),
		_below_pct("Whole Order", _discount.whole, _discount),
		_below_amount("Amount Given Away", _discount),
	),
	BELOW_LIST: (
		_below_pct("Percent Below", _below_list.line, _below_list),
		_below_amount("Amount Below", _below_list),
	),
	MARGIN: (
		_margin("Margin of a Line", PERCENT, of_prices.line_margin, of_prices.margin_facts),
		_margin("Margin of the Order", PERCENT, of_prices.order_margin, of_prices.margin_facts),
		_margin("Margin Amount", AMOUNT, of_prices.margin_amount, of_prices.margin_amount_facts),
	),
	ORDER_VALUE: (
		_value("Grand Total", of_order.grand_total),
		_value("Net Total of Lines", of_order.net_total),
	),
	SPECIAL_TERMS: (
		of_order.special(PAYMENT_TERMS, FREE_TEXT, INSTRUCTIONS),
		of_order.special(PAYMENT_TERMS),
		of_order.special(FREE_TEXT),
		of_order.special(INSTRUCTIONS),
	),
	SHORTAGE: (
		_shortage("Missing Quantity", QTY, of_order.missing_qty),
		_shortage("Missing Value Share", PERCENT, of_order.missing_share),
	),
	NEW_CUSTOMER: (
		_history("Earlier Orders", COUNT, FALLING, of_order.earlier_orders),
		_history("Days Since Last Order", IN_DAYS, RISING, of_order.days_since_last_order),
	),
	DELIVERY_DATE: (
		Measure(
			"Days to Delivery",
			IN_DAYS,
			FALLING,
			of_order.days_to_delivery,
			of_order.due_facts,
			of_order.due_detail,
		),
	),
	TYPED_AGAINST_MASTER: (
		Measure(
			"Number of Differences",
			COUNT,
			RISING,
			of_order.typed_count,
			of_order.typed_facts,
			of_order.typed_detail,
		),
	),
	RETURN_OUTSIDE_POLICY: (
		Measure("Days Late", IN_DAYS, RISING, of_returns.days_late, of_order.nothing),
		Measure("Value of Late Goods", AMOUNT, RISING, of_returns.late_value, of_order.nothing),
	),
	OWN_CONDITION: (
		Measure("Condition", YES_NO, (MORE,), of_order.answer, of_order.nothing, allowed=lambda *_given: 0.0),
	),
}
"""criterion -> its measures, the usual one first."""

CRITERIA = tuple(MEASURES)

CREDIT, CUSTOMER, PRICE_LIST, COSTS, STOCK, PRICING_RULES, TERMS, ANSWERS, PENDING, TYPED = (
	"credit",
	"customer",
	"price list",
	"costs",
	"stock",
	"pricing rules",
	"terms",
	"answers",
	"pending",
	"typed",
)

_READS = {
	CREDIT_EXPOSURE: CREDIT,
	OVERDUE: CUSTOMER,
	DISCOUNT: PRICE_LIST,
	TYPED_AGAINST_MASTER: TYPED,
	BELOW_LIST: PRICE_LIST,
	MARGIN: COSTS,
	SPECIAL_TERMS: TERMS,
	SHORTAGE: STOCK,
	NEW_CUSTOMER: CUSTOMER,
	OWN_CONDITION: ANSWERS,
}


def facts_to_read(rules: Iterable[ApprovalRuleFacts]) -> frozenset[str]:
	"""What has to be known of an order to ask these rules, beyond the order itself."""
	reads = set()
	for rule in rules:
		if rule.criterion in _READS:
			reads.add(_READS[rule.criterion])
		if rule.criterion == DISCOUNT and {LEAVE_OUT_PRICING_RULES, LEAVE_OUT_COUPONS} & set(rule.options):
			reads.add(PRICING_RULES)
		if rule.criterion == CREDIT_EXPOSURE and COUNT_PENDING in rule.options:
			reads.add(PENDING)
	return frozenset(reads)
