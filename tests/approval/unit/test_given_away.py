"""Every way to give a discount counts, each until its rule leaves it out; cases reckoned by hand."""

import pytest

from sales_wh_flow.approval.rules import criteria as of
from sales_wh_flow.approval.rules import measure as units
from sales_wh_flow.approval.rules.facts import ApprovalRuleFacts, OrderFacts, RuleScope
from sales_wh_flow.approval.rules.needs import evaluate, explain
from sales_wh_flow.approval.rules.still_covers import worse
from sales_wh_flow.order.rules.facts import LineFacts, PriceFacts


def line(idx=1, item="PUMP", amount=90.0, list_amount=100.0, **pricing):
	return LineFacts(
		f"row-{idx}",
		idx,
		item,
		10,
		amount_base=amount,
		list_amount_base=list_amount,
		pricing=PriceFacts(**pricing),
	)


def order(*lines, **facts):
	total = sum(line.amount_base for line in lines)
	return OrderFacts("SO-1", "Nord", "Meyer", "sue@nord.example", total_base=total, lines=lines, **facts)


def rule(criterion, threshold=0.0, **values):
	return ApprovalRuleFacts("Rule", criterion, threshold, "Boss", **values)


def measured(order, rule):
	return explain(order, rule).measured


def is_asked(order, rule):
	return bool(evaluate(order, [rule]))


def discount(sold, *options, measure="Whole Order"):
	return measured(sold, rule(of.DISCOUNT, measure=measure, options=options))


@pytest.mark.parametrize("way", [units.LEAVE_OUT_NEGATIVE_CHARGES, units.LEAVE_OUT_CASH_DISCOUNTS])
def test_what_is_given_on_the_order_is_spread_over_its_lines(way):
	sold = order(line(amount=100), line(2, amount=300, list_amount=300), given=((way, 0.25),))
	assert discount(sold) == discount(sold, measure="Line") == 25
	assert discount(sold, measure="Amount Given Away") == 100
	assert measured(sold, rule(of.MARGIN)) is None
	assert discount(sold, way) == 0


def test_several_ways_add_up_and_never_to_more_than_everything():
	both = ((units.LEAVE_OUT_NEGATIVE_CHARGES, 0.1), (units.LEAVE_OUT_CASH_DISCOUNTS, 0.03))
	assert discount(order(line(amount=100), given=both)) == 13
	assert discount(order(line(amount=100), given=(*both, (units.LEAVE_OUT_CASH_DISCOUNTS, 2.0)))) == 100


def test_a_negative_row_is_a_discount_of_the_others():
	sold = order(line(amount=100), line(2, item="REBATE", amount=-30, list_amount=0))
	assert discount(sold) == discount(sold, measure="Line") == 30
	assert discount(sold, units.LEAVE_OUT_NEGATIVE_LINES) == 0


def test_a_rule_that_looks_at_some_rows_sees_their_part_of_a_negative_row():
	pumps = line(amount=100, item_groups=("Pumps",))
	sold = order(pumps, line(2, item="REBATE", amount=-30, list_amount=0, item_groups=("Other",)))
	assert is_asked(sold, rule(of.DISCOUNT, 29, scope=RuleScope(item_group="Pumps")))
	assert not is_asked(sold, rule(of.DISCOUNT, 30, scope=RuleScope(item_group="Pumps")))


def test_goods_for_nothing_are_a_discount_of_their_whole_price():
	free = line(2, item="HOSE", amount=0, list_amount=0, listed_base=100)
	sold = order(line(amount=100), free)
	assert discount(sold) == 50
	assert discount(sold, measure="Line") == 100
	assert discount(sold, units.LEAVE_OUT_FREE_GOODS) == 0


def test_goods_for_nothing_that_no_list_has_count_at_what_they_are_worth():
	sold = order(line(amount=100), line(2, item="HOSE", amount=0, list_amount=0, worth_base=300))
	assert discount(sold) == 75
	assert discount(sold, measure="Amount Given Away") == 300


def test_a_coupon_counts_though_pricing_rules_are_left_out():
	sold = order(line(amount=70, explained_base=10, coupon_base=20))
	assert discount(sold) == 30
	assert discount(sold, units.LEAVE_OUT_PRICING_RULES) == pytest.approx(22.2222)
	assert discount(sold, units.LEAVE_OUT_COUPONS) == 12.5
	assert discount(sold, units.LEAVE_OUT_PRICING_RULES, units.LEAVE_OUT_COUPONS) == 0


def test_a_rate_below_the_blanket_order_is_a_discount_though_it_is_the_list_price():
	sold = order(line(amount=100, agreed_base=125))
	assert discount(sold) == 20
	assert discount(sold, units.LEAVE_OUT_BELOW_BLANKET_ORDER) == 0


@pytest.mark.parametrize(("amount", "counted", "left_out"), [(80, 20, 0), (60, 40, 25)])
def test_an_agreed_price_below_the_list_can_be_left_out(amount, counted, left_out):
	sold = order(line(amount=amount, agreed_base=80))
	assert discount(sold) == counted
	assert discount(sold, units.LEAVE_OUT_AGREED_PRICES) == left_out


def test_margin_and_price_list_see_what_is_given_on_the_order_too():
	sold = order(line(amount=100, listed_base=100, valuation_base=80))
	given = order(*sold.lines, given=((units.LEAVE_OUT_NEGATIVE_CHARGES, 0.3),))
	assert measured(sold, rule(of.MARGIN)) == 25
	assert measured(given, rule(of.MARGIN)) == -12.5
	assert measured(given, rule(of.BELOW_LIST)) == 30
	assert measured(given, rule(of.MARGIN, options=(units.LEAVE_OUT_NEGATIVE_CHARGES,))) == 25


def test_an_approval_does_not_cover_a_larger_negative_charge():
	def facts(share):
		sold = order(line(amount=100), given=((units.LEAVE_OUT_NEGATIVE_CHARGES, share),))
		(need,) = evaluate(sold, [rule(of.DISCOUNT, 10)])
		return need.facts

	assert worse(dict(facts(0.2)), facts(0.3), 0.0)
	assert not worse(dict(facts(0.3)), facts(0.2), 0.0)
