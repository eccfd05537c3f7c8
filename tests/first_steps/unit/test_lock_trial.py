"""What open orders would hold if each had locked its stock, the oldest first."""

from sales_wh_flow.first_steps.rules.lock_trial import LockedInTurn, UndeliveredLine, hold_in_turn

LAMP = ("LAMP", "Munich")


def held(*lines, free):
	return hold_in_turn([UndeliveredLine(order, key, qty) for order, key, qty in lines], free)


def test_the_older_order_takes_first_and_the_younger_stands_behind_it():
	found = held(("SO-1", LAMP, 6), ("SO-2", LAMP, 5), free={LAMP: 8})

	assert found == (LockedInTurn("SO-1", 1, 1, ()), LockedInTurn("SO-2", 0, 1, ("SO-1",)))


def test_an_order_is_not_behind_itself_and_what_is_nowhere_is_not_locked():
	found = held(("SO-1", LAMP, 6), ("SO-1", LAMP, 6), ("SO-1", ("SHADE", "Munich"), 1), free={LAMP: 8})

	assert found == (LockedInTurn("SO-1", 1, 3, ()),)


def test_stock_below_zero_serves_nobody():
	assert held(("SO-1", LAMP, 1), free={LAMP: -4})[0].full == 0
