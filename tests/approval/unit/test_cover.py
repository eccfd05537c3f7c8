"""What an approval still covers after its order changed: worse beyond the tolerance is asked again."""

from dataclasses import replace
from datetime import date

import pytest

from sales_wh_flow.approval.rules import criteria as of
from sales_wh_flow.approval.rules.facts import ApprovalFacts, ApprovalRuleFacts, CreditFacts, CustomerFacts
from sales_wh_flow.approval.rules.needs import APPROVED, evaluate, fingerprint, missing, outdated
from sales_wh_flow.approval.rules.still_covers import worse
from tests.approval.unit.test_criteria import line, order, rule


def approved(sold, asked):
	"""The approval of what the rule asked about this order."""
	(need,) = evaluate(sold, [asked])
	return ApprovalFacts(
		"APR-1", need.rule, APPROVED, fingerprint(sold), identity=need.identity, facts=need.facts
	)


def is_asked_again(given, changed, asked):
	needs = evaluate(changed, [asked])
	digest = fingerprint(changed)
	lacking = bool(missing(needs, [given], digest))
	assert bool(outdated(needs, [given], digest)) is lacking
	return lacking


@pytest.mark.parametrize(
	("approved_at", "now", "tolerance", "is_worse"),
	[
		({"value": 100.0}, ("value", 100.0), 0, False),
		({"value": 100.0}, ("value", 100.01), 0, True),
		({"value": 100.0}, ("value", 99.0), 0, False),
		({"value": 100.0}, ("value", 105.0), 5, False),
		({"value": 100.0}, ("value", 105.01), 5, True),
		({"value": -100.0}, ("value", -95.0), 5, False),  # a margin of 100 falls to 95
		({"value": -100.0}, ("value", -94.99), 5, True),
		({"% PUMP": 20.0}, ("% PUMP", 22.0), 2, False),  # points, not 2 % of 20 %
		({"% PUMP": 20.0}, ("% PUMP", 22.01), 2, True),
		({"days to delivery": 700.0}, ("days to delivery", 702.0), 2, False),
		({"days to delivery": 700.0}, ("days to delivery", 703.0), 2, True),
		({"=address: Kiel": 1.0}, ("=address: Kiel", 1.0), 0, False),
		({"=address: Kiel": 1.0}, ("=address: Bonn", 1.0), 100, True),  # no tolerance for another text
		({}, ("value", 0.0), 100, True),
		({"value": 0.1}, ("value", 0.1 + 1e-12), 0, False),
	],
)
def test_a_fact_is_worse_beyond_its_tolerance(approved_at, now, tolerance, is_worse):
	assert worse(approved_at, [now], tolerance) == ((now[0],) if is_worse else ())


DISCOUNT = rule(of.DISCOUNT, 10)
SOLD = order(line(1, amount=80), line(2, "HOSE", amount=100), terms=(("address", "Kiel"),))


@pytest.mark.parametrize(
	("changed", "expected"),
	[
		(replace(SOLD, lines=(line(1, amount=85), SOLD.lines[1])), False),
		(replace(SOLD, lines=(line(1, amount=75), SOLD.lines[1])), True),
		(replace(SOLD, lines=(line(1, qty=5, amount=40, list_amount=50), SOLD.lines[1])), False),
		(replace(SOLD, lines=(line(1, qty=20, amount=160, list_amount=200), SOLD.lines[1])), True),
		(replace(SOLD, lines=(line(1, "VALVE", amount=80), SOLD.lines[1])), True),
		(replace(SOLD, lines=(*SOLD.lines, line(3, "BELT", amount=100))), False),
		(replace(SOLD, lines=(*SOLD.lines, line(3, "BELT", amount=99))), False),
		(replace(SOLD, lines=(*SOLD.lines, line(3, "BELT", amount=85))), True),
		(replace(SOLD, customer="Schulz"), True),
		(replace(SOLD, company="Sued"), True),
		(replace(SOLD, currency="USD"), True),
		(replace(SOLD, terms=(("address", "Bonn"),)), False),
	],
	ids=[
		"smaller discount",
		"deeper discount",
		"fewer pieces",
		"more pieces at that discount",
		"another item",
		"a line at list price",
		"a line with a discount nobody has to approve",
		"a line with a discount somebody has to approve",
		"another customer",
		"another company",
		"another currency",
		"another address",
	],
)
def test_a_discount_is_asked_again_when_it_got_worse(changed, expected):
	assert is_asked_again(approved(SOLD, DISCOUNT), changed, DISCOUNT) is expected


def test_a_discount_within_the_tolerance_is_not_asked_again():
	tolerant = replace(DISCOUNT, tolerance=5)
	given = approved(SOLD, tolerant)
	deeper = replace(SOLD, lines=(line(1, amount=75), SOLD.lines[1]))
	assert not is_asked_again(given, deeper, tolerant)
	assert is_asked_again(given, replace(SOLD, lines=(line(1, amount=74.9), SOLD.lines[1])), tolerant)


def test_many_small_steps_do_not_creep_past_the_tolerance():
	"""Each step is measured against what was approved, not against the step before."""
	tolerant = replace(DISCOUNT, tolerance=2)
	given = approved(SOLD, tolerant)
	steps = [replace(SOLD, lines=(line(1, amount=80 - step), SOLD.lines[1])) for step in range(4)]
	assert [is_asked_again(given, step, tolerant) for step in steps] == [False, False, False, True]


CREDIT = rule(of.CREDIT_EXPOSURE, 100)
OWED = order(
	line(amount=100), credit=CreditFacts(500, 450), terms=(("address", "Kiel"), ("payment", "30 days"))
)


@pytest.mark.parametrize(
	("changed", "expected"),
	[
		(replace(OWED, total_base=90), False),
		(replace(OWED, total_base=100.01), True),
		(replace(OWED, credit=CreditFacts(500, 800), total_base=100), False),  # others' orders
		(replace(OWED, terms=(("address", "Bonn"), ("payment", "30 days"))), True),
		(replace(OWED, terms=(("address", "Kiel"), ("payment", "90 days"))), True),
		(replace(OWED, lines=(line(amount=100, list_amount=150),)), False),
	],
	ids=["smaller", "larger", "owes more meanwhile", "goes elsewhere", "paid later", "deeper discount"],
)
def test_credit_is_asked_again_when_more_is_entrusted_or_elsewhere(changed, expected):
	assert is_asked_again(approved(OWED, CREDIT), changed, CREDIT) is expected


@pytest.mark.parametrize(
	("asked", "sold", "better", "worse_order"),
	[
		(
			rule(of.MARGIN, 10),
			order(line(amount=105, valuation_base=100)),
			order(line(amount=106, valuation_base=100)),
			order(line(amount=104, valuation_base=100)),
		),
		(
			rule(of.MARGIN, 10, measure="Margin Amount"),
			order(line(amount=105, valuation_base=100)),
			order(line(amount=106, valuation_base=100)),
			order(line(amount=104, valuation_base=100)),
		),
		(
			rule(of.ORDER_VALUE, 50),
			order(line(amount=100)),
			order(line(amount=99)),
			order(line(amount=101)),
		),
		(
			rule(of.ORDER_VALUE, 150, comparison="less than"),
			order(line(amount=100)),
			order(line(amount=101)),
			order(line(amount=99)),
		),
		(
			rule(of.SHORTAGE, 1),
			order(line(qty=10, missing_stock=5)),
			order(line(qty=9, missing_stock=6)),  # others took more of the stock
			order(line(qty=11, missing_stock=6)),
		),
		(
			rule(of.DELIVERY_DATE, 9),
			order(due=date(2026, 3, 15)),
			order(due=date(2026, 3, 16)),
			order(due=date(2026, 3, 14)),
		),
		(
			rule(of.NEW_CUSTOMER, 1),
			order(line(amount=100), history=CustomerFacts()),
			order(line(amount=90), history=CustomerFacts()),
			order(line(amount=110), history=CustomerFacts()),
		),
		(
			rule(of.SPECIAL_TERMS),
			order(line(amount=100), special=(("Payment Terms", "60 days"),)),
			order(line(amount=90), special=(("Payment Terms", "60 days"),)),
			order(line(amount=90), special=(("Payment Terms", "90 days"),)),
		),
		(
			rule(of.OVERDUE, 1),
			order(line(amount=100), history=CustomerFacts(500, 1, 40)),
			order(line(amount=90), history=CustomerFacts(800, 2, 41)),  # time went by
			order(line(amount=110), history=CustomerFacts(500, 1, 40)),
		),
		(
			rule(of.BELOW_LIST, 5),
			order(line(amount=80, listed_base=100)),
			order(line(amount=85, listed_base=100)),
			order(line(amount=79, listed_base=100)),
		),
		(
			rule(of.BELOW_LIST, 5, measure="Amount Below"),
			order(line(amount=80, listed_base=100)),
			order(line(amount=85, listed_base=100)),
			order(line(amount=79, listed_base=100)),
		),
	],
	ids=lambda it: f"{it.criterion} {it.measure}".strip() if isinstance(it, ApprovalRuleFacts) else "",
)
def test_a_better_order_keeps_its_approval_and_a_worse_one_asks_again(asked, sold, better, worse_order):
	given = approved(sold, asked)
	assert not is_asked_again(given, better, asked)
	assert is_asked_again(given, worse_order, asked)


def test_any_change_asks_an_own_condition_again():
	asked = rule(of.OWN_CONDITION)
	sold = order(line(amount=100), answers=(("Rule", True),))
	given = approved(sold, asked)
	assert not is_asked_again(given, sold, asked)
	assert is_asked_again(given, replace(sold, total_base=99), asked)


def test_a_rule_that_is_no_longer_hit_and_hit_again_as_approved_is_not_asked_again():
	given = approved(SOLD, DISCOUNT)
	at_list = replace(SOLD, lines=(line(1, amount=100), SOLD.lines[1]))
	assert not is_asked_again(given, at_list, DISCOUNT)
	assert not is_asked_again(given, replace(SOLD, lines=(line(1, amount=81), SOLD.lines[1])), DISCOUNT)


def test_a_rule_in_shadow_never_stops_an_order():
	shadow = replace(DISCOUNT, is_shadow=True)
	needs = evaluate(SOLD, [shadow])
	assert [need.is_shadow for need in needs] == [True]
	assert missing(needs, [], fingerprint(SOLD)) == ()
