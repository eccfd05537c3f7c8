"""What each criterion measures, in cases computed by hand, and what a rule looks at."""

from datetime import date

import pytest

from sales_wh_flow.approval.rules import criteria as of
from sales_wh_flow.approval.rules.facts import (
	ApprovalRuleFacts,
	CreditFacts,
	CustomerFacts,
)
from sales_wh_flow.approval.rules.measure import (
	AT_LEAST,
	AT_MOST,
	COUNT_PENDING,
	LAST_PURCHASE,
	LEAVE_OUT_PRICING_RULES,
	LESS,
	MORE,
)
from sales_wh_flow.approval.rules.needs import NO_ANSWER, evaluate
from tests.approval.criteria_facts import TODAY, is_asked, line, measured, order, rule


@pytest.mark.parametrize(
	("measure", "threshold", "options", "expected", "is_hit"),
	[
		# limit 1000, owed 700, this order 250, other pending orders 100
		("Percent of Limit", 95, (), 950, False),  # 950 of 1000 are 95 %
		("Percent of Limit", 94.99, (), 950, True),
		("Percent of Limit", 100, (COUNT_PENDING,), 1050, True),
		("Amount Above Limit", 0, (), -50, False),
		("Amount Above Limit", 49, (COUNT_PENDING,), 50, True),
		("Amount Above Limit", 50, (COUNT_PENDING,), 50, False),
		("Exposure", 949, (), 950, True),
		("Exposure", 1050, (COUNT_PENDING,), 1050, False),
	],
)
def test_credit_is_what_is_owed_plus_this_order(measure, threshold, options, expected, is_hit):
	sold = order(total_base=250, credit=CreditFacts(1000, 700, 100))
	credit = rule(of.CREDIT_EXPOSURE, threshold, measure=measure, options=options)
	assert measured(sold, credit) == expected
	assert is_asked(sold, credit) is is_hit


@pytest.mark.parametrize(("measure", "expected"), [("Amount Above Limit", None), ("Exposure", 950)])
def test_a_customer_without_a_limit_has_an_exposure_and_nothing_above(measure, expected):
	sold = order(total_base=250, credit=CreditFacts(0, 700))
	assert measured(sold, rule(of.CREDIT_EXPOSURE, measure=measure)) == expected


DEBTS = CustomerFacts(overdue_base=1200.5, overdue_count=3, oldest_days=45)


@pytest.mark.parametrize(
	("measure", "threshold", "comparison", "expected", "is_hit"),
	[
		("Overdue Amount", 1200, MORE, 1200.5, True),
		("Overdue Amount", 1200.5, MORE, 1200.5, False),
		("Overdue Amount", 1200.5, AT_LEAST, 1200.5, True),
		("Oldest in Days", 45, MORE, 45, False),
		("Oldest in Days", 44, MORE, 45, True),
		("Number of Invoices", 3, AT_LEAST, 3, True),
		("Number of Invoices", 3, MORE, 3, False),
	],
)
def test_overdue_invoices_by_amount_age_and_count(measure, threshold, comparison, expected, is_hit):
	sold = order(history=DEBTS)
	debts = rule(of.OVERDUE, threshold, measure=measure, comparison=comparison)
	assert measured(sold, debts) == expected
	assert is_asked(sold, debts) is is_hit


TWO = (line(1, amount=80, list_amount=100), line(2, "HOSE", amount=300, list_amount=300))
"""20 % off a line of 100; 380 for goods of 400 are 5 % off the whole."""


@pytest.mark.parametrize(
	("measure", "expected"),
	[("Line or Whole Order", 20), ("Line", 20), ("Whole Order", 5), ("Amount Given Away", 20)],
)
def test_discount_of_a_line_of_the_whole_order_and_as_an_amount(measure, expected):
	assert measured(order(*TWO), rule(of.DISCOUNT, measure=measure)) == expected


@pytest.mark.parametrize(
	("explained", "options", "expected"),
	[
		(20, (), 20),  # counted: all of it
		(20, (LEAVE_OUT_PRICING_RULES,), 0),  # the Pricing Rule gave it all
		(10, (LEAVE_OUT_PRICING_RULES,), 11.1111),  # 80 for what the Pricing Rule sells for 90
		(25, (LEAVE_OUT_PRICING_RULES,), -6.6667),  # dearer than the Pricing Rule asks
	],
)
def test_a_discount_that_a_pricing_rule_gave_counts_or_not_by_choice(explained, options, expected):
	sold = order(line(amount=80, list_amount=100, explained_base=explained))
	assert measured(sold, rule(of.DISCOUNT, options=options)) == expected


@pytest.mark.parametrize(
	("measure", "listed", "expected"),
	[
		("Percent Below", 120, 25),  # 90 for what the price list sells for 120
		("Percent Below", 90, 0),
		("Percent Below", 60, -50),
		("Percent Below", None, None),
		("Amount Below", 120, 30),
		("Amount Below", 60, 0),
		("Amount Below", None, None),
	],
)
def test_prices_below_the_price_list_itself_whatever_list_rate_the_line_states(measure, listed, expected):
	sold = order(line(amount=90, list_amount=90, listed_base=listed))
	assert measured(sold, rule(of.BELOW_LIST, measure=measure)) == expected


COSTED = (
	line(1, amount=110, valuation_base=100, purchase_base=80),  # 10 % over valuation, 37.5 % over purchase
	line(2, "HOSE", amount=300, valuation_base=200, purchase_base=None),  # 50 % over valuation
)


@pytest.mark.parametrize(
	("measure", "options", "expected"),
	[
		("Margin of a Line", (), 10),
		("Margin of a Line", (LAST_PURCHASE,), 37.5),
		("Margin of the Order", (), 36.6667),  # 410 over 300
		("Margin of the Order", (LAST_PURCHASE,), 37.5),  # what was never bought has no cost
		("Margin Amount", (), 110),
		("Margin Amount", (LAST_PURCHASE,), 30),
	],
)
def test_margin_over_valuation_or_last_purchase(measure, options, expected):
	assert measured(order(*COSTED), rule(of.MARGIN, measure=measure, options=options)) == expected


def test_a_margin_is_asked_about_when_it_is_too_small():
	assert is_asked(order(*COSTED), rule(of.MARGIN, 10.1))
	assert not is_asked(order(*COSTED), rule(of.MARGIN, 10))
	assert is_asked(order(*COSTED), rule(of.MARGIN, 10, comparison=AT_MOST))


def test_a_line_given_away_has_lost_its_whole_cost():
	assert measured(order(line(amount=0, valuation_base=100)), rule(of.MARGIN)) == -100


@pytest.mark.parametrize("cost", [None, 0])
def test_without_a_cost_there_is_no_margin(cost):
	assert measured(order(line(valuation_base=cost)), rule(of.MARGIN)) is None


@pytest.mark.parametrize(
	("measure", "comparison", "threshold", "is_hit"),
	[
		("Grand Total", MORE, 499.99, True),
		("Grand Total", MORE, 500, False),
		("Grand Total", AT_LEAST, 500, True),
		("Grand Total", LESS, 500, False),
		("Grand Total", LESS, 500.01, True),
		("Grand Total", AT_MOST, 500, True),
		("Net Total of Lines", MORE, 379.99, True),
		("Net Total of Lines", MORE, 380, False),
	],
)
def test_the_value_of_an_order_above_or_below(measure, comparison, threshold, is_hit):
	value = rule(of.ORDER_VALUE, threshold, measure=measure, comparison=comparison)
	assert is_asked(order(*TWO, total_base=500), value) is is_hit


@pytest.mark.parametrize(
	("measure", "expected"),
	[
		("Any Special Terms", 2),
		("Payment Terms", 1),
		("Free-Text Terms", 0),
		("Special Instructions", 1),
	],
)
def test_special_terms_of_every_kind_or_one(measure, expected):
	special = (("Payment Terms", "90 days"), ("Special Instructions", "call first"))
	terms = rule(of.SPECIAL_TERMS, measure=measure)
	assert measured(order(special=special), terms) == expected
	assert is_asked(order(special=special), terms) is (expected > 0)


SHORT = (
	line(1, qty=10, amount=100, missing_stock=4),
	line(2, "HOSE", qty=5, amount=300, missing_stock=1),
	line(3, "BELT", qty=1, amount=100, missing_stock=0),
)


@pytest.mark.parametrize(
	("measure", "expected"),
	[
		("Missing Quantity", 5),
		("Missing Value Share", 20),  # 100 * 4/10 + 300 * 1/5 = 100 of 500
	],
)
def test_a_shortage_by_quantity_and_by_value(measure, expected):
	assert measured(order(*SHORT), rule(of.SHORTAGE, measure=measure)) == expected


@pytest.mark.parametrize(
	("measure", "history", "threshold", "expected", "is_hit"),
	[
		("Earlier Orders", CustomerFacts(), 1, 0, True),
		("Earlier Orders", CustomerFacts(orders=1, last_order=TODAY), 1, 1, False),
		("Days Since Last Order", CustomerFacts(orders=2, last_order=date(2026, 1, 9)), 60, 60, False),
		("Days Since Last Order", CustomerFacts(orders=2, last_order=date(2026, 1, 8)), 60, 61, True),
		("Days Since Last Order", CustomerFacts(), 365, 36500, True),
	],
)
def test_new_and_dormant_customers(measure, history, threshold, expected, is_hit):
	new = rule(of.NEW_CUSTOMER, threshold, measure=measure)
	assert measured(order(history=history), new) == expected
	assert is_asked(order(history=history), new) is is_hit


@pytest.mark.parametrize(
	("due", "threshold", "expected", "is_hit"),
	[
		(date(2026, 3, 12), 3, 2, True),
		(date(2026, 3, 13), 3, 3, False),
		(date(2026, 3, 9), 0, -1, True),  # to be delivered yesterday
		(None, 3, None, False),
	],
)
def test_a_delivery_date_that_is_too_near(due, threshold, expected, is_hit):
	near = rule(of.DELIVERY_DATE, threshold)
	assert measured(order(due=due), near) == expected
	assert is_asked(order(due=due), near) is is_hit


@pytest.mark.parametrize(
	("answers", "is_hit", "error"),
	[
		((("Rule", True),), True, ""),
		((("Rule", False),), False, ""),
		((("Rule", "NameError: foo"),), True, "NameError: foo"),
		((("Another", True),), True, NO_ANSWER),
		((), True, NO_ANSWER),
	],
)
def test_an_own_condition_holds_the_order_when_it_is_true_fails_or_was_not_asked(answers, is_hit, error):
	needs = evaluate(order(answers=answers), [rule(of.OWN_CONDITION)])
	assert bool(needs) is is_hit
	assert [need.error for need in needs] == ([error] if is_hit else [])


def test_every_criterion_has_an_order_that_hits_it():
	"""A criterion that nothing measures would let orders through."""
	hit = order(
		line(amount=10, listed_base=100, valuation_base=100, missing_stock=5, days_late=3),
		total_base=100,
		credit=CreditFacts(1, 0),
		history=CustomerFacts(5, 1, 9),
		special=(("Payment Terms", "90 days"),),
		due=TODAY,
		answers=(("Own Condition", True),),
		typed=(("Territory", "North", "South"), ("Price List", "Retail", "Trade")),
	)
	rules = [ApprovalRuleFacts(name, name, 1, "Boss") for name in of.CRITERIA]
	assert {need.criterion for need in evaluate(hit, rules)} == set(of.CRITERIA)


def test_measures_of_a_criterion_have_names_of_their_own_and_a_usual_comparison():
	for criterion, measures in of.MEASURES.items():
		names = [measure.name for measure in measures]
		assert len(names) == len(set(names)), criterion
		assert all(measure.comparisons for measure in measures)
