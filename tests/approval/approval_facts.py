"""What the tests of approval share."""

from sales_wh_flow.approval.rules.facts import (
	ApprovalNeed,
	ApprovalRuleFacts,
	OrderFacts,
)
from sales_wh_flow.approval.rules.needs import (
	DISCOUNT,
)
from sales_wh_flow.order.rules.facts import LineFacts

DISCOUNT_10 = ApprovalRuleFacts("Discount 10 %", DISCOUNT, 10, "Sales Manager")


def line(idx=1, qty=10, rate=9.0, list_rate=10.0, item="PUMP", **facts):
	return LineFacts(
		f"row-{idx}",
		idx,
		item,
		qty,
		rate_base=rate,
		amount_base=rate * qty,
		list_amount_base=list_rate * qty,
		**facts,
	)


def order(*lines, **facts):
	given = {
		"name": "SO-1",
		"company": "Nord",
		"customer": "Meyer",
		"author": "sue@nord.example",
		"customer_groups": ("Retail", "All Customer Groups"),
		"currency": "EUR",
		"lines": lines or (line(),),
		"total_base": sum(line.amount_base for line in lines),
	}
	return OrderFacts(**{**given, **facts})


def need(rule):
	return ApprovalNeed(rule, DISCOUNT, "Sales Manager", 15, 10, "%")
