"""When a lock ends by itself."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from sales_wh_flow.stock_lock.rules import expiry
from sales_wh_flow.stock_lock.rules.expiry import (
	AGE,
	ON_HOLD,
	UNPAID,
	UNPICKED,
	Ending,
	LockedOrder,
	LockPolicyFacts,
)

DAY = timedelta(days=1)
START = datetime(2026, 3, 1, 9)
ORDER = LockedOrder("SO-1", "Acme", ("Shops", "Retail", "All"), 500.0)


def policy(name="P", **facts):
	return LockPolicyFacts(name, **facts)


@pytest.mark.parametrize(
	("scope", "fits"),
	[
		({}, True),
		({"company": "Acme"}, True),
		({"company": "Other"}, False),
		({"customer_group": "Retail"}, True),
		({"customer_group": "Clinics"}, False),
		({"value_from_base": 500}, True),
		({"value_from_base": 500.01}, False),
		({"value_to_base": 500}, True),
		({"value_to_base": 499}, False),
	],
)
def test_an_empty_scope_means_any_and_a_group_speaks_for_those_below_it(scope, fits):
	assert (expiry.policy_for(ORDER, [policy(**scope)]) is not None) == fits


def test_the_higher_priority_then_the_narrower_group_then_the_name_decides():
	wide, narrow = policy("A", customer_group="All"), policy("B", customer_group="Shops")
	anybody, again = policy("C"), policy("D")

	assert expiry.policy_for(ORDER, [again, anybody, wide, narrow]) == narrow
	assert expiry.policy_for(ORDER, [again, anybody]) == anybody
	high = replace(again, priority=1)
	assert expiry.policy_for(ORDER, [narrow, high]) == high
	assert expiry.policy_for(ORDER, []) is None


@pytest.mark.parametrize(
	("facts", "periods", "ends"),
	[
		({}, {"age": 5 * DAY}, Ending(START + 5 * DAY, AGE)),
		({}, {}, None),
		({}, {"unpaid": 2 * DAY}, Ending(START + 2 * DAY, UNPAID)),
		({"is_paid": True}, {"unpaid": 2 * DAY}, None),
		({}, {"unpicked": 3 * DAY}, None),
		({"is_fully_locked": True}, {"unpicked": 3 * DAY}, Ending(START + 3 * DAY, UNPICKED)),
		({}, {"on_hold": DAY}, None),
		({"on_hold_since": START + 4 * DAY}, {"on_hold": DAY}, Ending(START + 5 * DAY, ON_HOLD)),
		({"on_hold_since": START - 4 * DAY}, {"on_hold": DAY}, Ending(START + DAY, ON_HOLD)),
		({}, {"age": 5 * DAY, "unpaid": 2 * DAY}, Ending(START + 2 * DAY, UNPAID)),
	],
)
def test_the_earliest_criterion_that_applies_ends_a_lock(facts, periods, ends):
	assert expiry.ending(replace(ORDER, **facts), START, policy(**periods)) == ends


def test_an_extension_moves_the_end_and_never_makes_it_earlier():
	rules = policy(age=5 * DAY)
	until = START + 9 * DAY

	assert expiry.ending(replace(ORDER, extended_until=until), START, rules).on == until
	assert expiry.ending(replace(ORDER, extended_until=START), START, rules).on == START + 5 * DAY


def test_the_owner_is_warned_once_shortly_before_the_end():
	end, rules = Ending(START + 5 * DAY, AGE), policy(warn=DAY)

	assert not expiry.is_to_be_warned(end, rules, START + 3 * DAY, None)
	assert expiry.is_to_be_warned(end, rules, START + 4 * DAY, None)
	assert not expiry.is_to_be_warned(end, rules, START + 4 * DAY, end.on)
	assert expiry.is_to_be_warned(end, rules, START + 4 * DAY, end.on - DAY)
	assert not expiry.is_to_be_warned(end, rules, end.on, None)
	assert not expiry.is_to_be_warned(end, policy(), START + 4 * DAY, None)


def test_an_extension_goes_as_far_as_the_policy_says():
	end = Ending(START, AGE)

	assert expiry.latest_extension(end, policy(extension=3 * DAY)) == START + 3 * DAY
	assert expiry.latest_extension(end, policy()) is None
