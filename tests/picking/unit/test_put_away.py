"""What is left in a picker's hands when a list changes."""

import pytest

from sales_wh_flow.picking.rules.put_away import TakenRow, came_off, is_no_count


def row(name="r", asked=5.0, taken=0.0, serials=(), taken_serials=(), **values):
	facts = {"item_code": "Bolt", "warehouse": "Here", "batch_no": "", "sales_order": "SO", "stands_in": ""}
	return TakenRow(
		name=name,
		asked_stock=asked,
		asked_serials=serials,
		taken_stock=taken,
		taken_serials=taken_serials,
		**{**facts, **values},
	)


def left(before, *after):
	return [(one.qty_stock, one.serial_nos) for one in came_off([before], after)]


def test_a_row_that_is_gone_leaves_all_that_was_taken_for_it():
	assert left(row(taken=3.0)) == [(3.0, ())]


def test_a_row_that_nobody_found_leaves_nothing():
	assert left(row()) == []


def test_a_row_that_stays_leaves_nothing():
	assert left(row(taken=3.0), row(taken=3.0)) == []


def test_a_row_that_shrinks_below_what_was_taken_leaves_the_difference():
	assert left(row(taken=4.0), row(asked=1.5)) == [(2.5, ())]
	assert left(row(taken=4.0), row(asked=4.0)) == []


def test_a_row_that_was_made_anew_stands_for_the_one_before():
	assert left(row(taken=2.0), row("anew", asked=5.0)) == []
	assert left(row(taken=2.0), row("anew", asked=5.0, sales_order="Another")) == [(2.0, ())]


@pytest.mark.parametrize("change", [{"item_code": "Nut"}, {"warehouse": "There"}, {"batch_no": "B2"}])
def test_a_row_that_asks_for_something_else_leaves_all(change):
	assert left(row(taken=2.0), row(asked=9.0, **change)) == [(2.0, ())]


def test_serial_numbers_that_the_row_names_no_more_are_left():
	before = row(taken=2.0, taken_serials=("A", "B"))
	assert left(before, row(asked=2.0, serials=("B", "C"))) == [(1.0, ("A",))]
	assert left(before) == [(2.0, ("A", "B"))]


@pytest.mark.parametrize(("qty", "is_wrong"), [(0, False), (2, False), (3, True), (-1, True)])
def test_nobody_puts_back_more_than_was_taken(qty, is_wrong):
	assert is_no_count(float(qty), 2.0) is is_wrong
