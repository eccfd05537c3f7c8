"""What a warehouse has to do and how orders are put into waves: hand-computed cases."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales_wh_flow.picking.rules import warehouse_work, wave
from sales_wh_flow.picking.rules.warehouse_work import OpenLine, Warehouse
from sales_wh_flow.picking.rules.wave import Ready, WaveGroup
from sales_wh_flow.stock_lock.rules.facts import PickFacts

TODAY = date(2026, 3, 10)


def open_line(ships_on=TODAY, open_stock=10.0, **values):
	return OpenLine("SO-1", "r1", "North", ships_on, open_stock, **values)


@pytest.mark.parametrize(
	("values", "kinds"),
	[
		({}, {"waiting": 10}),
		({"locked_stock": 10}, {"today": 10}),
		({"locked_stock": 10, "ships_on": date(2026, 3, 9)}, {"late": 10}),
		({"locked_stock": 10, "ships_on": date(2026, 3, 11)}, {"later": 10}),
		({"locked_stock": 6}, {"today": 6, "waiting": 4}),
		({"locked_stock": 6, "drafted_stock": 6}, {"listed": 6, "waiting": 4}),
		({"locked_stock": 10, "drafted_stock": 3, "picked_stock": 2}, {"today": 5, "listed": 3, "picked": 2}),
		({"open_stock": 0.0}, {}),
		({"locked_stock": 6, "drafted_stock": 2, "is_held": True}, {"held": 8, "listed": 2}),
		({"locked_stock": 10, "missing_stock": 4}, {"today": 6, "count": 4}),
		({"locked_stock": 3, "missing_stock": 4}, {"count": 3, "waiting": 7}),
	],
)
def test_a_line_has_a_share_in_each_kind_of_work(values, kinds):
	assert warehouse_work.kinds(open_line(**values), TODAY) == kinds


@given(*(st.integers(0, 20) for _ in range(5)), st.booleans())
def test_no_unit_is_counted_twice(drafted, picked, free_lock, missing, not_found, is_held):
	locked = drafted + picked + free_lock
	line = open_line(
		open_stock=float(locked + missing),
		locked_stock=float(locked),
		drafted_stock=float(drafted),
		picked_stock=float(picked),
		missing_stock=float(not_found),
		is_held=is_held,
	)

	assert sum(warehouse_work.kinds(line, TODAY).values()) == line.open_stock


def test_capacity_counts_lines_that_have_to_be_picked_today_once():
	lines = [
		OpenLine("A", "1", "North", TODAY, 5, locked_stock=5, drafted_stock=2),
		OpenLine("A", "2", "North", date(2026, 3, 1), 5, locked_stock=5),
		OpenLine("B", "3", "North", date(2026, 3, 20), 5, locked_stock=5),
		OpenLine("B", "4", "North", TODAY, 5),
	]

	work = warehouse_work.of_warehouse(Warehouse("North", lines_per_day=8), lines, datetime(2026, 3, 10, 9))

	assert (work.used_pct, work.orders) == (25.0, 2)
	assert work.lines == {
		"late": 1,
		"today": 1,
		"later": 1,
		"transfer": 0,
		"listed": 1,
		"picked": 0,
		"held": 0,
		"count": 0,
		"waiting": 1,
	}


@pytest.mark.parametrize(
	("cut_off", "now", "left"),
	[
		(None, datetime(2026, 3, 10, 9), None),
		(time(15, 0), datetime(2026, 3, 10, 13, 30), 90),
		(time(15, 0), datetime(2026, 3, 10, 15, 10), -10),
	],
)
def test_the_time_left_until_the_cut_off(cut_off, now, left):
	assert warehouse_work.of_warehouse(Warehouse("North", cut_off), [], now).minutes_left == left


def test_a_warehouse_without_a_limit_has_no_share_of_it():
	assert (
		warehouse_work.of_warehouse(Warehouse("North"), [open_line()], datetime(2026, 3, 10)).used_pct is None
	)


READY = (
	Ready("SO-3", "Swift · Next Day", date(2026, 3, 11), 2),
	Ready("SO-1", "", TODAY, 1),
	Ready("SO-2", "Swift · Next Day", TODAY, 4),
)


@pytest.mark.parametrize(
	("by", "groups"),
	[
		("Courier", (WaveGroup("Swift · Next Day", ("SO-2", "SO-3"), 6), WaveGroup("", ("SO-1",), 1))),
		("Day", (WaveGroup("2026-03-10", ("SO-1", "SO-2"), 5), WaveGroup("2026-03-11", ("SO-3",), 2))),
		("All", (WaveGroup("", ("SO-1", "SO-2", "SO-3"), 7),)),
	],
)
def test_orders_are_grouped_with_those_that_leave_first_first(by, groups):
	assert wave.groups(READY, by) == groups


def test_each_bin_is_visited_once():
	rows = [
		("SO-2", PickFacts("LAMP", "North", "b", 1)),
		("SO-1", PickFacts("CHAIR", "North", "c", 1)),
		("SO-1", PickFacts("LAMP", "North", "a", 1)),
	]

	walked = [(order, pick.item_code) for order, pick in wave.in_walking_order(rows)]

	assert walked == [("SO-1", "CHAIR"), ("SO-1", "LAMP"), ("SO-2", "LAMP")]


@pytest.mark.parametrize(("wanted", "found", "short"), [(5, 3, 2), (5, 5, 0), (5, 7, 0), (5, -1, 5)])
def test_what_a_picker_did_not_find(wanted, found, short):
	assert wave.short(wanted, found) == short


def test_what_goes_to_another_warehouse_first_is_not_to_be_picked_for_the_customer():
	line = open_line(locked_stock=4.0, is_brought_away=True)
	assert warehouse_work.kinds(line, TODAY)[warehouse_work.TRANSFER] == 4.0
	assert warehouse_work.TODAY not in warehouse_work.kinds(line, TODAY)
