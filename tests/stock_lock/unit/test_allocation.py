"""Who gets which stock."""

from datetime import date, datetime

import pytest

from sales_wh_flow.order.rules.facts import LineFacts
from sales_wh_flow.stock_lock.rules.allocation import (
	FULL_LINES,
	FULL_ORDER,
	PARTIAL_POLICIES,
	WHAT_IS_THERE,
	AllocationPlan,
	Grant,
	Shortage,
	lasting_first,
	pick_entries,
	plan,
	serving_order,
)
from sales_wh_flow.stock_lock.rules.facts import BatchFacts, WaitingLine


def line(idx, qty, item="PUMP", warehouse="Berlin", **facts):
	return LineFacts(f"row-{idx}", idx, item, qty, warehouse, **facts)


def granted(plan):
	return {grant.row: grant.qty_stock for grant in plan.grants}


def missed(plan):
	return {shortage.row: shortage.qty_stock for shortage in plan.shortages}


def test_a_line_is_locked_whole_when_there_is_enough():
	result = plan([line(1, 10)], {("PUMP", "Berlin"): 25})
	assert result == AllocationPlan(grants=(Grant("row-1", "PUMP", "Berlin", 10, 25),), shortages=())


def test_what_is_missing_becomes_a_shortage_of_the_same_line_and_warehouse():
	result = plan([line(1, 10)], {("PUMP", "Berlin"): 4})
	assert result == AllocationPlan(
		grants=(Grant("row-1", "PUMP", "Berlin", 4, 4),),
		shortages=(Shortage("row-1", 1, "PUMP", "Berlin", 6),),
	)


def test_two_lines_of_the_same_item_share_the_stock_in_line_order():
	result = plan([line(2, 8), line(1, 8)], {("PUMP", "Berlin"): 10})
	assert granted(result) == {"row-1": 8, "row-2": 2}
	assert missed(result) == {"row-2": 6}
	assert [grant.free_stock for grant in result.grants] == [10, 2]


def test_a_line_takes_from_its_own_warehouse_only():
	free = {("PUMP", "Berlin"): 3, ("PUMP", "Hamburg"): 100, ("HOSE", "Berlin"): 100}
	result = plan([line(1, 5)], free)
	assert granted(result) == {"row-1": 3}
	assert missed(result) == {"row-1": 2}


@pytest.mark.parametrize("free", [{}, {("PUMP", "Berlin"): 0}, {("PUMP", "Berlin"): -7}])
def test_no_stock_or_negative_stock_locks_nothing(free):
	result = plan([line(1, 5)], free)
	assert result.grants == ()
	assert missed(result) == {"row-1": 5}


def test_negative_stock_of_one_bin_does_not_lower_another():
	free = {("PUMP", "Berlin"): -7, ("HOSE", "Berlin"): 5}
	assert granted(plan([line(1, 5), line(2, 5, "HOSE")], free)) == {"row-2": 5}


def test_only_what_is_neither_delivered_nor_locked_is_asked_for():
	result = plan([line(1, 10, delivered_stock=3, locked_stock=2)], {("PUMP", "Berlin"): 100})
	assert granted(result) == {"row-1": 5}


@pytest.mark.parametrize(
	"facts",
	[
		{"is_stock_item": False},
		{"is_lockable": False},
		{"warehouse": None},
		{"warehouse": ""},
		{"delivered_stock": 10},
		{"locked_stock": 10},
		{"delivered_stock": 4, "locked_stock": 8},
		{"qty": 0},
		{"qty": -10},
	],
	ids=str,
)
def test_a_line_that_needs_no_lock_neither_gets_one_nor_waits(facts):
	needless = line(1, **{"qty": 10, **facts})
	result = plan([needless, line(2, 5)], {("PUMP", "Berlin"): 100, ("PUMP", ""): 100})
	assert granted(result) == {"row-2": 5}
	assert result.shortages == ()


@pytest.mark.parametrize(
	("needed", "free", "lock", "wait"),
	[
		(5, 3.7, 3, 2),  # a cut drum leaves a fraction on the shelf
		(5, 0.9, None, 5),
		(5, 2.9999999999, 3, 2),  # noise below a whole unit
		(2.5, 10, 2, 0.5),  # half a piece can never be locked
	],
)
def test_a_whole_number_unit_is_locked_in_whole_units(needed, free, lock, wait):
	result = plan([line(1, needed, is_whole_number=True)], {("PUMP", "Berlin"): free})
	assert granted(result).get("row-1") == lock
	assert missed(result) == {"row-1": wait}


def test_the_fraction_a_whole_number_line_leaves_is_not_lost_for_the_next_line():
	lines = [line(1, 5, is_whole_number=True), line(2, 5)]
	assert granted(plan(lines, {("PUMP", "Berlin"): 3.7})) == {"row-1": 3, "row-2": 0.7}


def test_ten_locks_of_a_tenth_empty_a_stock_of_one():
	lines = [line(idx, 0.1) for idx in range(1, 12)]
	result = plan(lines, {("PUMP", "Berlin"): 1})
	assert len(result.grants) == 10
	assert missed(result) == {"row-11": 0.1}


STOCK = {("PUMP", "Berlin"): 10, ("HOSE", "Berlin"): 4}


@pytest.mark.parametrize(
	("policy", "lock", "wait"),
	[
		(WHAT_IS_THERE, {"row-1": 6, "row-2": 4, "row-3": 4}, {"row-2": 4, "row-3": 1}),
		(FULL_LINES, {"row-1": 6}, {"row-2": 8, "row-3": 5}),
		(FULL_ORDER, {}, {"row-1": 6, "row-2": 8, "row-3": 5}),
	],
)
def test_the_policy_says_what_a_short_line_may_lock(policy, lock, wait):
	result = plan([line(1, 6), line(2, 8), line(3, 5, "HOSE")], STOCK, policy)
	assert granted(result) == lock
	assert missed(result) == wait


@pytest.mark.parametrize("policy", PARTIAL_POLICIES)
def test_an_order_that_can_be_served_whole_is_served_whole_under_every_policy(policy):
	result = plan([line(1, 6), line(2, 4), line(3, 4, "HOSE")], STOCK, policy)
	assert granted(result) == {"row-1": 6, "row-2": 4, "row-3": 4}
	assert result.shortages == ()


def test_full_lines_leaves_the_stock_of_a_short_line_to_the_next_line():
	result = plan([line(1, 12), line(2, 9)], {("PUMP", "Berlin"): 10}, FULL_LINES)
	assert granted(result) == {"row-2": 9}
	assert missed(result) == {"row-1": 12}


def test_full_order_looks_only_at_lines_that_want_a_lock():
	lines = [line(1, 6), line(2, 99, is_stock_item=False), line(3, 99, delivered_stock=99)]
	assert granted(plan(lines, STOCK, FULL_ORDER)) == {"row-1": 6}


def test_full_order_locks_nothing_for_half_a_piece():
	lines = [line(1, 6), line(2, 2.5, "HOSE", is_whole_number=True)]
	result = plan(lines, STOCK, FULL_ORDER)
	assert result.grants == ()
	assert missed(result) == {"row-1": 6, "row-2": 2.5}


@pytest.mark.parametrize("policy", PARTIAL_POLICIES)
def test_lines_may_come_as_an_iterator_that_can_be_read_once(policy):
	lines = [line(1, 6), line(2, 8), line(3, 5, "HOSE")]
	assert plan(iter(lines), STOCK, policy) == plan(lines, STOCK, policy)


def test_planning_leaves_the_given_stock_untouched():
	free = {("PUMP", "Berlin"): 10}
	plan([line(1, 6)], free)
	assert free == {("PUMP", "Berlin"): 10}


def test_an_order_without_lines_locks_nothing():
	assert plan([], {("PUMP", "Berlin"): 10}, FULL_ORDER) == AllocationPlan()


B1, B2, B3 = BatchFacts("B-1", None, 4), BatchFacts("B-2", None, 2.5), BatchFacts("B-3", None, 9)


@pytest.mark.parametrize(
	("qty", "entries", "picked"),
	[
		(3, (B1, B2), [("B-1", 3)]),
		(4, (B1, B2), [("B-1", 4)]),
		(6, (B1, B2, B3), [("B-1", 4), ("B-2", 2)]),
		(6, (B2, B1), [("B-2", 2.5), ("B-1", 3.5)]),
		(50, (B1, B2), [("B-1", 4), ("B-2", 2.5)]),  # they run out
		(0, (B1,), []),
		(-1, (B1,), []),
		(3, (), []),
		(3, (BatchFacts("B-0", None, 0), BatchFacts("B-X", None, -2), B1), [("B-1", 3)]),
	],
)
def test_batches_are_taken_in_the_given_order_until_the_quantity_is_there(qty, entries, picked):
	assert [(entry.batch_no, entry.qty_stock) for entry in pick_entries(qty, entries)] == picked


def test_batches_that_are_bad_before_the_goods_are_needed_are_taken_last():
	soon, later, ever = (
		BatchFacts(name, None, 5, until)
		for name, until in (("T", date(2026, 3, 2)), ("L", date(2027, 3, 2)), ("E", None))
	)
	assert lasting_first((soon, later, ever), date(2026, 3, 10)) == (later, ever, soon)
	assert lasting_first((soon, later, ever), date(2026, 3, 2)) == (soon, later, ever), "good on its last day"
	assert lasting_first((soon, later, ever), None) == (soon, later, ever)


def test_each_serial_number_is_taken_once_and_whole():
	serials = [BatchFacts(None, f"S-{no}", 1) for no in range(1, 6)]
	assert [entry.serial_no for entry in pick_entries(3, serials)] == ["S-1", "S-2", "S-3"]


MONDAY, TUESDAY = datetime(2026, 3, 2), datetime(2026, 3, 3)


def waiting(order, row="row-1", **facts):
	return WaitingLine(order, row, "PUMP", "Berlin", 5, **facts)


@pytest.mark.parametrize(
	("first", "second"),
	[
		(waiting("SO-9", priority=2), waiting("SO-1", priority=1, due=MONDAY, since=MONDAY)),
		(waiting("SO-9", due=MONDAY, since=TUESDAY), waiting("SO-1", due=TUESDAY, since=MONDAY)),
		(waiting("SO-9", due=TUESDAY), waiting("SO-1", since=MONDAY)),  # no due date comes last
		(waiting("SO-9", due=MONDAY, since=MONDAY), waiting("SO-1", due=MONDAY, since=TUESDAY)),
		(waiting("SO-9", due=MONDAY, since=MONDAY), waiting("SO-1", due=MONDAY)),
		(waiting("SO-1"), waiting("SO-9")),
	],
	ids=["priority", "due date", "a due date at all", "waits longer", "a start at all", "name"],
)
def test_an_order_is_served_before_another_by(first, second):
	assert serving_order([second, first]) == (first.order, second.order)


def test_the_turn_of_an_order_is_that_of_its_most_urgent_line():
	lines = [
		waiting("SO-1", due=TUESDAY),
		waiting("SO-2", "row-1"),
		waiting("SO-2", "row-2", due=MONDAY),
	]
	assert serving_order(lines) == ("SO-2", "SO-1")


def test_each_waiting_order_is_served_once():
	assert serving_order([waiting("SO-1", f"row-{row}") for row in range(5)]) == ("SO-1",)
	assert serving_order([]) == ()


@pytest.mark.parametrize(
	("needed", "locked", "free", "expected"),
	[
		(36, 0, 30, 24),  # two of three boxes of 12
		(36, 0, 11, 0),  # not one whole box
		(36, 0, 36, 36),
		(36, 12, 13, 12),
		(36, 6, 8, 6),  # half a box was locked before: what completes it
	],
)
def test_a_line_sold_in_boxes_is_locked_in_whole_boxes(needed, locked, free, expected):
	result = plan([line(1, needed, locked_stock=locked, step_stock=12)], {("PUMP", "Berlin"): free})
	assert granted(result).get("row-1", 0) == expected
	assert missed(result).get("row-1", 0) == needed - locked - expected
