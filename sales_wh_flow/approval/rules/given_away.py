"""Every way to sell for less than the price list says: what a line would cost, and what it is sold for."""

from dataclasses import replace

from sales_wh_flow.approval.rules.facts import ApprovalRuleFacts, OrderFacts
from sales_wh_flow.approval.rules.measure import (
	LEAVE_OUT_AGREED_PRICES,
	LEAVE_OUT_BELOW_BLANKET_ORDER,
	LEAVE_OUT_COUPONS,
	LEAVE_OUT_FREE_GOODS,
	LEAVE_OUT_NEGATIVE_LINES,
	LEAVE_OUT_PRICING_RULES,
	Detail,
	Lines,
	in_percent,
)
from sales_wh_flow.order.rules.facts import LineFacts, PriceFacts

_NO_PRICES = PriceFacts()


def full_price(line: LineFacts, rule: ApprovalRuleFacts) -> float:
	"""What the line would cost without the discounts that the rule counts; 0 where there is no such price.

	The price list says it, else what is written on the line. A line that takes something off has none.
	"""
	if line.amount_base < 0:
		return 0.0
	known = line.pricing or _NO_PRICES
	full = line.list_amount_base if known.listed_base is None else known.listed_base
	if line.amount_base == 0:
		if LEAVE_OUT_FREE_GOODS in rule.options:
			return 0.0
		full = full or known.worth_base or 0.0
	full = _with_agreed(full, known.agreed_base or 0.0, rule)
	if LEAVE_OUT_PRICING_RULES in rule.options:
		full -= known.explained_base
	if LEAVE_OUT_COUPONS in rule.options:
		full -= known.coupon_base
	return full


def _with_agreed(full: float, agreed: float, rule: ApprovalRuleFacts) -> float:
	"""A Blanket Order is a price list of its own: above the list it counts, below it may be left out."""
	if agreed <= 0:
		return full
	if agreed > full:
		return full if LEAVE_OUT_BELOW_BLANKET_ORDER in rule.options else agreed
	return agreed if LEAVE_OUT_AGREED_PRICES in rule.options else full


def list_price(line: LineFacts, _rule: ApprovalRuleFacts) -> float:
	"""What the price list says, whatever was agreed."""
	known = line.pricing
	return (known.listed_base or 0.0) if known is not None and line.amount_base >= 0 else 0.0


def sold(order: OrderFacts, lines: Lines, rule: ApprovalRuleFacts) -> Lines:
	"""The lines as they are sold: what is given on the whole order is taken off each in proportion."""
	share = _given(order, rule)
	if not share:
		return lines
	return tuple(
		replace(line, amount_base=line.amount_base * (1 - share)) if line.amount_base > 0 else line
		for line in lines
	)


def ways(order: OrderFacts, rule: ApprovalRuleFacts) -> Detail:
	"""Each way in which something is given away on the whole order, and its worth in percent of the lines;
	ways that the rule does not count are left out.
	"""
	return tuple((way, in_percent(share)) for way, share in _shares(order) if way not in rule.options)


def _given(order: OrderFacts, rule: ApprovalRuleFacts) -> float:
	"""Which share of the lines' worth is given away on the order; at most all of it."""
	return min(sum(share for way, share in _shares(order) if way not in rule.options), 1.0)


def _shares(order: OrderFacts) -> tuple[tuple[str, float], ...]:
	taken = -sum(line.amount_base for line in order.lines if line.amount_base < 0)
	if not taken:
		return order.given
	worth = sum(line.amount_base for line in order.lines if line.amount_base > 0)
	return (*order.given, (LEAVE_OUT_NEGATIVE_LINES, taken / worth if worth else 1.0))
