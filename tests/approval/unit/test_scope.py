"""Of which orders and lines a rule speaks, and in which currency."""

from dataclasses import replace
from datetime import date

import pytest

from sales_wh_flow.approval.rules import criteria as of
from sales_wh_flow.approval.rules.facts import (
	RuleScope,
)
from sales_wh_flow.approval.rules.measure import (
	COUNT_PENDING,
	LEAVE_OUT_PRICING_RULES,
)
from sales_wh_flow.approval.rules.needs import NO_AMOUNT, evaluate, explain
from tests.approval.criteria_facts import TODAY, is_asked, line, measured, order, rule

# Currencies


@pytest.mark.parametrize(
	("currency", "amounts", "expected"),
	[
		("", (), 100),  # the company's own, whatever it is
		("EUR", (), 100),
		("USD", (("EUR", 90.0),), 90),
		("USD", (("CHF", 90.0),), None),
		("USD", (), None),
	],
)
def test_an_amount_counts_in_the_companys_currency(currency, amounts, expected):
	value = rule(of.ORDER_VALUE, 100, currency=currency, amounts=amounts)
	assert explain(order(total_base=500), value).allowed == expected
	(need,) = evaluate(order(total_base=500), [value])
	assert need.error == ("" if expected else NO_AMOUNT)


def test_without_an_amount_in_the_companys_currency_the_order_waits_though_it_is_small():
	(need,) = evaluate(order(total_base=1), [rule(of.ORDER_VALUE, 100, currency="USD")])
	assert need.error == NO_AMOUNT


# Scope

MEANT = order(
	line(1, amount=50, item_groups=("Pumps", "Goods"), brand="Acme", warehouses=("Kiel", "North")),
	line(2, "HOSE", amount=90, item_groups=("Hoses", "Goods"), brand="Best", warehouses=("Bonn", "West")),
	customer_groups=("Retail", "All"),
	territories=("Kiel", "Germany"),
	order_type="Sales",
	sales_partner="Agent",
)


@pytest.mark.parametrize(
	("scope", "outside"),
	[
		({}, ""),
		({"customer": "Meyer"}, ""),
		({"customer": "Schulz"}, "customer"),
		({"territory": "Germany"}, ""),
		({"territory": "France"}, "territory"),
		({"order_type": "Sales"}, ""),
		({"order_type": "Maintenance"}, "order_type"),
		({"sales_partner": "Agent"}, ""),
		({"sales_partner": "Broker"}, "sales_partner"),
		({"valid_from": TODAY}, ""),
		({"valid_from": date(2026, 3, 11)}, "valid_from"),
		({"valid_to": TODAY}, ""),
		({"valid_to": date(2026, 3, 9)}, "valid_to"),
		({"item_group": "Goods"}, ""),
		({"item_group": "Belts"}, "lines"),
		({"brand": "Acme"}, ""),
		({"warehouse": "North"}, ""),
		({"warehouse": "South"}, "lines"),
		({"brand": "Acme", "warehouse": "West"}, "lines"),  # no single line has both
	],
	ids=str,
)
def test_a_rule_speaks_of_the_orders_in_its_scope_only(scope, outside):
	verdict = explain(MEANT, rule(of.DISCOUNT, 1, scope=RuleScope(**scope)))
	assert verdict.outside == outside
	assert is_asked(MEANT, rule(of.DISCOUNT, 1, scope=RuleScope(**scope))) is (outside == "")


@pytest.mark.parametrize(
	("scope", "expected"),
	[
		({}, 50),
		({"item_group": "Pumps"}, 50),
		({"item_group": "Hoses"}, 10),
		({"brand": "Best"}, 10),
		({"warehouse": "West"}, 10),
		({"item_group": "Goods", "warehouse": "North"}, 50),
	],
	ids=str,
)
def test_items_brands_and_warehouses_narrow_the_lines_a_rule_looks_at(scope, expected):
	assert measured(MEANT, rule(of.DISCOUNT, scope=RuleScope(**scope))) == expected


def test_two_rules_of_different_scopes_do_not_share_what_was_measured():
	pumps = replace(rule(of.DISCOUNT, 20, scope=RuleScope(item_group="Pumps")), name="Pumps")
	hoses = replace(rule(of.DISCOUNT, 20, scope=RuleScope(item_group="Hoses")), name="Hoses")
	assert [need.rule for need in evaluate(MEANT, [hoses, pumps])] == ["Pumps"]


def test_what_is_read_is_what_the_rules_ask_for():
	assert of.facts_to_read([rule(of.NEW_CUSTOMER), rule(of.ORDER_VALUE)]) == {of.CUSTOMER}
	assert of.facts_to_read([rule(of.DISCOUNT)]) == {of.PRICE_LIST}
	leaving_out = rule(of.DISCOUNT, options=(LEAVE_OUT_PRICING_RULES,))
	assert of.facts_to_read([leaving_out]) == {of.PRICE_LIST, of.PRICING_RULES}
	assert of.facts_to_read([rule(of.CREDIT_EXPOSURE)]) == {of.CREDIT}
	assert of.facts_to_read([rule(of.CREDIT_EXPOSURE, options=(COUNT_PENDING,))]) == {of.CREDIT, of.PENDING}
	assert of.facts_to_read([rule(of.MARGIN), rule(of.SHORTAGE)]) == {of.COSTS, of.STOCK}
