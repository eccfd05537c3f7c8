"""An exchange rate that nobody recorded is not believed."""

import pytest

from sales_wh_flow.approval.rules import criteria as of
from sales_wh_flow.approval.rules.facts import CreditFacts
from sales_wh_flow.approval.rules.needs import NO_RATE, evaluate
from tests.approval.criteria_facts import order, rule

YEN = ("JPY", 1.0)


def errors(criterion, threshold=10**6, condition="", **facts):
	found = evaluate(order(**facts), [rule(criterion, threshold, condition=condition)])
	return [need.error for need in found]


@pytest.mark.parametrize("criterion", [of.ORDER_VALUE, of.TYPED_AGAINST_MASTER])
def test_amounts_in_the_companys_currency_rest_on_it(criterion):
	assert errors(criterion, unknown_rate=YEN) == [f"{NO_RATE}JPY:1.0"]
	assert errors(criterion) == []


def test_credit_rests_on_it_where_there_is_a_limit():
	assert errors(of.CREDIT_EXPOSURE, 100, unknown_rate=YEN, credit=CreditFacts(10**6)) == [
		f"{NO_RATE}JPY:1.0"
	]
	assert errors(of.CREDIT_EXPOSURE, 100, unknown_rate=YEN) == []


def test_a_discount_rests_on_it_where_prices_are_in_another_currency():
	assert errors(of.DISCOUNT, 50, unknown_rate=YEN) == []
	assert errors(of.DISCOUNT, 50, unknown_price_rate=YEN) == [f"{NO_RATE}JPY:1.0"]


def test_what_has_nothing_to_do_with_money_is_asked_as_ever():
	assert errors(of.DELIVERY_DATE, 0, unknown_rate=YEN, unknown_price_rate=YEN) == []
	assert errors(of.SPECIAL_TERMS, 0, unknown_rate=YEN) == []
