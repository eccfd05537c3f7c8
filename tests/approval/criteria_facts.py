"""What the tests of criteria share."""

from datetime import date

from sales_wh_flow.approval.rules.facts import (
	ApprovalRuleFacts,
	OrderFacts,
)
from sales_wh_flow.approval.rules.needs import evaluate, explain
from sales_wh_flow.order.rules.facts import LineFacts, PriceFacts

TODAY = date(2026, 3, 10)


def line(idx=1, item="PUMP", qty=10, amount=90.0, list_amount=100.0, **pricing):
	return LineFacts(
		f"row-{idx}",
		idx,
		item,
		qty,
		rate_base=amount / qty if qty else 0,
		amount_base=amount,
		list_amount_base=list_amount,
		pricing=PriceFacts(**pricing),
	)


def order(*lines, **facts):
	lines = lines or (line(),)
	given = {
		"name": "SO-1",
		"company": "Nord",
		"customer": "Meyer",
		"author": "sue@nord.example",
		"currency": "EUR",
		"company_currency": "EUR",
		"asked_on": TODAY,
		"lines": lines,
		"total_base": sum(line.amount_base for line in lines),
	}
	return OrderFacts(**{**given, **facts})


def rule(criterion, threshold=0.0, **values):
	return ApprovalRuleFacts("Rule", criterion, threshold, "Boss", **values)


def measured(order, rule):
	"""What the rule measures; None when there is nothing to measure."""
	return explain(order, rule).measured


def is_asked(order, rule):
	return bool(evaluate(order, [rule]))
