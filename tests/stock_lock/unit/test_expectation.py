"""When waiting lines can expect their stock."""

from datetime import date, datetime

import pytest

from sales_wh_flow.stock_lock.rules.expectation import Incoming, expected
from sales_wh_flow.stock_lock.rules.facts import WaitingLine

MONDAY, FRIDAY = date(2026, 3, 2), date(2026, 3, 6)


def waits(row, qty, *, due=None, item="A", warehouse="W"):
	return WaitingLine(f"SO-{row}", row, item, warehouse, qty, due=due and datetime(2026, 3, due))


def comes(qty, due, *, item="A", warehouse="W", document="PO-1"):
	return Incoming(item, warehouse, qty, due, document)


def test_a_line_expects_the_delivery_that_completes_it():
	assert expected([waits("1", 5)], [comes(3, MONDAY), comes(3, FRIDAY)]) == {"1": FRIDAY}


def test_the_line_whose_turn_is_first_takes_the_earlier_delivery():
	lines = [waits("later", 3, due=9), waits("sooner", 3, due=4)]

	assert expected(lines, [comes(3, MONDAY), comes(3, FRIDAY)]) == {"sooner": MONDAY, "later": FRIDAY}


def test_a_line_that_is_not_covered_expects_nothing_but_keeps_what_came_in_its_turn():
	lines = [waits("big", 9, due=4), waits("small", 2, due=9)]

	assert expected(lines, [comes(8, MONDAY), comes(2, FRIDAY)]) == {"big": FRIDAY, "small": None}


@pytest.mark.parametrize("other", [{"item": "B"}, {"warehouse": "V"}])
def test_what_comes_for_another_item_or_elsewhere_does_not_count(other):
	assert expected([waits("1", 1)], [comes(5, MONDAY, **other)]) == {"1": None}


def test_nothing_waits_for_nothing():
	assert expected([], [comes(5, MONDAY)]) == {}
