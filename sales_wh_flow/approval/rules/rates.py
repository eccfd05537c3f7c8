"""Which figures of an order rest on an exchange rate, and so on nothing when it is on no record."""

import re

from sales_wh_flow.approval.rules.criteria import (
	BELOW_LIST,
	CREDIT_EXPOSURE,
	DISCOUNT,
	MARGIN,
	ORDER_VALUE,
	OWN_CONDITION,
	TYPED_AGAINST_MASTER,
	measure_of,
)
from sales_wh_flow.approval.rules.facts import ApprovalRuleFacts, OrderFacts
from sales_wh_flow.approval.rules.measure import AMOUNT

_OF_PRICES = frozenset({DISCOUNT, BELOW_LIST})
_IN_COMPANY_CURRENCY = frozenset({CREDIT_EXPOSURE, MARGIN, ORDER_VALUE, TYPED_AGAINST_MASTER})
_MONEY = re.compile(r"total|discount|base_|rate|amount")


def unknown_rate(order: OrderFacts, rule: ApprovalRuleFacts) -> tuple[str, float] | None:
	"""(currency, rate as typed) that the rule would have to believe; None where it measures without.

	A discount from a list in the order's own currency is the same at any rate.
	"""
	criterion = rule.criterion
	if criterion in _OF_PRICES:
		return order.unknown_price_rate or (order.unknown_rate if measure_of(rule).unit == AMOUNT else None)
	if criterion == OWN_CONDITION:
		return order.unknown_rate if _MONEY.search(rule.condition or "") else None
	return order.unknown_rate if criterion in _IN_COMPANY_CURRENCY else None
