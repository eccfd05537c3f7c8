"""What a measure is: a value of an order, its unit, the comparisons that make sense, the facts it keeps."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sales_wh_flow.approval.rules.facts import ApprovalRuleFacts, OrderFacts
from sales_wh_flow.order.rules.facts import LineFacts

MORE, AT_LEAST, LESS, AT_MOST = "more than", "at least", "less than", "at most"
RISING, FALLING = (MORE, AT_LEAST), (LESS, AT_MOST)

PERCENT, AMOUNT, IN_DAYS, COUNT, QTY, YES_NO = "%", "amount", "days", "count", "qty", ""

COUNT_PENDING = "count_pending"
LEAVE_OUT_PRICING_RULES = "leave_out_pricing_rules"
LAST_PURCHASE = "last_purchase"
"""Switches of a rule: count other orders that wait for approval; leave out discounts that Pricing Rules gave;
take the last purchase price for cost, not the valuation.
"""

LEAVE_OUT_COUPONS = "leave_out_coupons"
LEAVE_OUT_FREE_GOODS = "leave_out_free_goods"
LEAVE_OUT_NEGATIVE_LINES = "leave_out_negative_lines"
LEAVE_OUT_NEGATIVE_CHARGES = "leave_out_negative_charges"
LEAVE_OUT_CASH_DISCOUNTS = "leave_out_cash_discounts"
LEAVE_OUT_BELOW_BLANKET_ORDER = "leave_out_below_blanket_order"
LEAVE_OUT_AGREED_PRICES = "leave_out_agreed_prices"
"""Ways to give something away that a rule does not count: every one counts unless its switch is on."""

OF_LINES = (
	LEAVE_OUT_PRICING_RULES,
	LEAVE_OUT_COUPONS,
	LEAVE_OUT_FREE_GOODS,
	LEAVE_OUT_BELOW_BLANKET_ORDER,
	LEAVE_OUT_AGREED_PRICES,
)
"""What speaks of the reference a discount is measured against."""

OF_THE_ORDER = (LEAVE_OUT_NEGATIVE_LINES, LEAVE_OUT_NEGATIVE_CHARGES, LEAVE_OUT_CASH_DISCOUNTS)
"""What is given on the order and spread over its lines."""

_PERCENT_DECIMALS = 4

Lines = tuple[LineFacts, ...]
Facts = tuple[tuple[str, float], ...]
Detail = tuple[tuple[str, float | str], ...]
Value = Callable[[OrderFacts, Lines, ApprovalRuleFacts], float | None]


@dataclass(frozen=True, slots=True)
class Measure:
	"""One way to measure a criterion.

	``unit`` of what is measured, ``threshold_unit`` of what the rule states. ``comparisons``: those that make
	sense, the usual one first. ``facts``: what the order itself brings, given the limit; ``detail``: numbers
	for people. ``unknown``: what it can't be measured of although it matters; empty = nothing.
	"""

	name: str
	unit: str
	comparisons: tuple[str, ...]
	value: Value
	facts: Callable[[OrderFacts, Lines, ApprovalRuleFacts, float], Facts]
	detail: Callable[[OrderFacts, Lines, ApprovalRuleFacts], Detail] = field(default=lambda *_given: ())
	threshold_unit: str = ""
	allowed: Callable[[OrderFacts, ApprovalRuleFacts], float] | None = None
	unknown: Callable[[Lines, ApprovalRuleFacts], str] = field(default=lambda *_given: "")

	@property
	def unit_of_threshold(self) -> str:
		return self.threshold_unit or self.unit


def is_rising(comparison: str) -> bool:
	"""Whether more is worse."""
	return comparison in RISING


def is_hit(measured: float, comparison: str, allowed: float) -> bool:
	"""Whether what was measured is beyond what is allowed, as the rule compares."""
	if comparison == MORE:
		return measured > allowed
	if comparison == AT_LEAST:
		return measured >= allowed
	return measured < allowed if comparison == LESS else measured <= allowed


def below_pct(part: float, whole: float) -> float:
	"""By how many percent of the whole the part is below it."""
	return round(100 * (1 - part / whole), _PERCENT_DECIMALS)


def in_percent(share: float) -> float:
	"""Per cent of a share of one, rounded as measures are."""
	return round(100 * share, _PERCENT_DECIMALS)
