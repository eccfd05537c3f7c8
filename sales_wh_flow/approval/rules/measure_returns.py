"""Measures of goods that come back after their return window. An order has none: they never ask about it."""

from sales_wh_flow.approval.rules.facts import ApprovalRuleFacts, OrderFacts
from sales_wh_flow.approval.rules.measure import Lines
from sales_wh_flow.approval.rules.still_covers import rounded_money
from sales_wh_flow.order.rules.facts import LineFacts

RETURN_OUTSIDE_POLICY = "Return Outside Policy"


def days_late(_order: OrderFacts, lines: Lines, _rule: ApprovalRuleFacts) -> float | None:
	"""By how many days the latest of them came too late."""
	days = [line.pricing.days_late or 0 for line in lines if line.pricing and is_late(line)]
	return float(max(days)) if days else None


def late_value(_order: OrderFacts, lines: Lines, _rule: ApprovalRuleFacts) -> float | None:
	"""What the late ones are worth, net, in the company's currency."""
	late = [line.amount_base for line in lines if is_late(line)]
	return rounded_money(sum(late)) if late else None


def is_late(line: LineFacts) -> bool:
	"""Whether it is a line of goods that come back too late."""
	return bool(line.pricing and line.pricing.days_late)
