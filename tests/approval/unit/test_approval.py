"""Which approvals an order owes, and who may give them."""

from dataclasses import replace

import pytest

from sales_wh_flow.approval.rules.facts import (
	ApprovalRuleFacts,
	CreditFacts,
)
from sales_wh_flow.approval.rules.needs import (
	CREDIT_EXPOSURE,
	evaluate,
	in_scope,
)
from tests.approval.approval_facts import DISCOUNT_10, line, order

CREDIT = ApprovalRuleFacts("Credit 100 %", CREDIT_EXPOSURE, 100, "Credit Controller")


def credit_order(total, limit, outstanding=0.0):
	return order(total_base=total, credit=CreditFacts(limit, outstanding))


@pytest.mark.parametrize(
	("total", "limit", "outstanding", "threshold", "measured", "allowed"),
	[
		(1001, 1000, 0, 100, 1001, 1000),
		(1, 1000, 1000, 100, 1001, 1000),
		(0.01, 1000, 1000, 100, 1000.01, 1000),
		(500, 1000, 301, 80, 801, 800),
		(500, 1000, 801, 130, 1301, 1300),
		(0, 1000, 1500, 100, 1500, 1000),  # a free order of a customer over the limit
	],
)
def test_credit_asks_when_outstanding_and_order_exceed_the_allowed_share_of_the_limit(
	total, limit, outstanding, threshold, measured, allowed
):
	(need,) = evaluate(credit_order(total, limit, outstanding), [replace(CREDIT, threshold=threshold)])
	assert (need.rule, need.criterion, need.approver_role) == (
		"Credit 100 %",
		CREDIT_EXPOSURE,
		"Credit Controller",
	)
	assert (need.measured, need.allowed, need.unit) == (measured, allowed, "amount")
	assert need.detail == (("limit", limit), ("outstanding", outstanding), ("order", total))
	assert need.amount_base == total


@pytest.mark.parametrize(
	("total", "limit", "outstanding", "threshold"),
	[
		(1000, 1000, 0, 100),  # exactly the limit
		(400, 1000, 600, 100),
		(0.1, 0.3, 0.2, 100),  # 0.1 + 0.2 is more than 0.3 only to a computer
		(1100, 1000, 0, 110),  # and 1000 * 1.1 is more than 1100
		(900, 1000, -500, 100),  # the customer has money with us
	],
)
def test_credit_asks_nothing_up_to_the_limit(total, limit, outstanding, threshold):
	assert evaluate(credit_order(total, limit, outstanding), [replace(CREDIT, threshold=threshold)]) == ()


@pytest.mark.parametrize("limit", [0, 0.0, -1])
def test_a_customer_without_a_limit_is_never_over_it(limit):
	assert evaluate(credit_order(1_000_000, limit, 500_000), [CREDIT]) == ()


def test_an_order_in_a_foreign_currency_is_measured_in_base_amounts():
	"""1,000 USD at 0.90 are 900 EUR: within a limit of 950 EUR, and a discount of 5 % in either currency."""
	usd = order(
		line(qty=10, rate=90.0, list_rate=94.74),
		currency="USD",
		total_base=900,
		credit=CreditFacts(950, 0),
	)
	assert evaluate(usd, [CREDIT, DISCOUNT_10]) == ()
	(need,) = evaluate(replace(usd, credit=CreditFacts(899, 0)), [CREDIT])
	assert (need.measured, need.allowed) == (900, 899)


@pytest.mark.parametrize(
	("lines", "measured", "line_idx", "order_pct"),
	[
		([line(rate=8.9)], 11, 1, 11),
		([line(1), line(2, rate=8.5)], 15, 2, 12.5),
		([line(1, rate=5), line(2, rate=5)], 50, 1, 50),  # the first of equals is named
		([line(2, rate=5), line(1, rate=5)], 50, 1, 50),
		([line(1, 1000, rate=10), line(2, 1, rate=0)], 100, 2, 0.0999),  # one free sample
		([line(rate=8.99)], 10.1, 1, 10.1),
		([line(rate=8.9999)], 10.001, 1, 10.001),
	],
)
def test_discount_asks_when_one_line_is_sold_too_far_below_its_list_price(
	lines, measured, line_idx, order_pct
):
	(need,) = evaluate(order(*lines), [DISCOUNT_10])
	assert (need.measured, need.allowed, need.unit) == (measured, 10, "%")
	detail = dict(need.detail)
	assert detail == {"order_pct": order_pct, "line_pct": measured, "line": line_idx, "item": "PUMP"}


@pytest.mark.parametrize(
	"lines",
	[
		[line(rate=9)],  # exactly ten percent
		[line(rate=8.9999999)],  # ten percent and noise
		[line(rate=10)],
		[line(rate=12)],  # dearer than listed
		[line(list_rate=0)],  # no list price, no discount
		[line(rate=0, list_rate=0)],
		[line(qty=0)],
	],
	ids=[
		"limit",
		"noise",
		"list price",
		"surcharge",
		"no list price",
		"free without list price",
		"no quantity",
	],
)
def test_discount_asks_nothing_up_to_its_threshold_or_without_a_list_price(lines):
	assert evaluate(order(*lines), [DISCOUNT_10]) == ()


def test_a_line_without_a_list_price_neither_hides_nor_causes_a_discount():
	unlisted = line(1, rate=5, list_rate=0)
	(need,) = evaluate(order(unlisted, line(2, rate=8)), [DISCOUNT_10])
	assert dict(need.detail) == {"order_pct": 20, "line_pct": 20, "line": 2, "item": "PUMP"}


def test_any_discount_is_asked_for_when_the_threshold_is_zero():
	rule = replace(DISCOUNT_10, threshold=0)
	assert evaluate(order(line(rate=10)), [rule]) == ()
	assert evaluate(order(line(rate=9.99)), [rule])[0].measured == 0.1


def test_two_rules_that_one_order_hits_both_ask_in_the_order_of_their_names():
	both = order(line(rate=5), total_base=50, credit=CreditFacts(40, 0))
	stricter = replace(DISCOUNT_10, name="Discount 20 %", threshold=20, approver_role="Director")
	needs = evaluate(both, [stricter, DISCOUNT_10, CREDIT])
	assert [(need.rule, need.approver_role) for need in needs] == [
		("Credit 100 %", "Credit Controller"),
		("Discount 10 %", "Sales Manager"),
		("Discount 20 %", "Director"),
	]


def test_an_order_owes_nothing_without_rules():
	assert evaluate(credit_order(1_000_000, 1), []) == ()


@pytest.mark.parametrize(
	("scope", "expected"),
	[
		({}, True),
		({"company": "Nord"}, True),
		({"company": "Sued"}, False),
		({"customer_group": "Retail"}, True),
		({"customer_group": "All Customer Groups"}, True),  # a parent group counts
		({"customer_group": "Wholesale"}, False),
		({"company": "Nord", "customer_group": "Wholesale"}, False),
		({"company": "Sued", "customer_group": "Retail"}, False),
		({"company": "Nord", "customer_group": "Retail"}, True),
	],
	ids=str,
)
def test_a_rule_speaks_only_of_its_company_and_customer_group(scope, expected):
	rule = replace(DISCOUNT_10, **scope)
	assert in_scope(order(), rule) is expected
	assert bool(evaluate(order(line(rate=1)), [rule])) is expected
