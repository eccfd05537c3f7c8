"""What goes on a Pick List, and what is too much for one."""

from functools import reduce
from math import isclose
from operator import add

import pytest

from sales_wh_flow.picking.rules.picking import over_picked, plan_picking
from sales_wh_flow.stock_lock.rules.facts import PickFacts


def pick(qty, line="line-1", warehouse="Berlin", item="PUMP", **facts):
	return PickFacts(item, warehouse, line, qty, **facts)


def serial(*numbers):
	return pick(len(numbers), serial_nos=numbers)


def test_everything_locked_is_picked_when_nothing_is_on_a_list():
	assert plan_picking([pick(10)], []) == (pick(10),)


@pytest.mark.parametrize(
	("listed", "left"),
	[([pick(4)], 6), ([pick(4), pick(3)], 3), ([pick(10)], None), ([pick(12)], None), ([pick(0)], 10)],
)
def test_what_is_on_a_list_already_is_not_picked_again(listed, left):
	assert plan_picking([pick(10)], listed) == (() if left is None else (pick(left),))


def test_the_locks_of_a_line_in_one_warehouse_become_one_row():
	assert plan_picking([pick(4), pick(0.1), pick(0.2)], []) == (pick(4.3),)


def test_lines_warehouses_and_batches_stay_apart_in_the_order_of_the_locks():
	locks = [
		pick(1, "line-2"),
		pick(2, "line-1", "Hamburg"),
		pick(3, "line-1", batch_no="B-2"),
		pick(4, "line-1", batch_no="B-1"),
	]
	assert plan_picking(locks, []) == tuple(locks)


@pytest.mark.parametrize(
	"other",
	[pick(10, "line-2"), pick(10, warehouse="Hamburg"), pick(10, batch_no="B-1")],
	ids=["line", "warehouse", "batch"],
)
def test_a_list_for_another_line_warehouse_or_batch_takes_nothing(other):
	assert plan_picking([pick(10)], [other]) == (pick(10),)


def test_a_list_empties_the_locks_one_after_the_other():
	assert plan_picking([pick(4), pick(4), pick(4)], [pick(6)]) == (pick(6),)


def test_serial_numbers_of_a_line_are_gathered_in_one_row():
	assert plan_picking([serial("S-1"), serial("S-2")], []) == (serial("S-1", "S-2"),)


def test_a_serial_number_on_a_list_is_not_picked_again():
	locks = [serial("S-1"), serial("S-2"), serial("S-3")]
	assert plan_picking(locks, [serial("S-2")]) == (serial("S-1", "S-3"),)
	assert plan_picking(locks, [serial("S-1", "S-2", "S-3")]) == ()


def test_nothing_locked_is_nothing_to_pick():
	assert plan_picking([], [pick(4)]) == ()


HELD = {("line-1", "Berlin"): 10, ("line-2", "Berlin"): 3}


@pytest.mark.parametrize(
	"rows",
	[
		[],
		[pick(10)],
		[pick(4), pick(6)],
		[pick(10), pick(3, "line-2")],
		[pick(0.1)] * 100,  # adds up to a little more than 10
	],
	ids=["nothing", "all", "in two rows", "two lines", "noise"],
)
def test_picking_up_to_what_is_held_is_fine(rows):
	assert over_picked("SO-1", rows, HELD) == ()


@pytest.mark.parametrize(
	("rows", "idx", "qty", "locked"),
	[
		([pick(11, idx=1)], 1, 11, 10),
		([pick(8, idx=1), pick(3, idx=2)], 2, 3, 2),
		([pick(1, warehouse="Hamburg", idx=1)], 1, 1, 0),
		([pick(1, "line-9", idx=1)], 1, 1, 0),
		([pick(10, idx=1), pick(4, "line-2", idx=2)], 2, 4, 3),
	],
	ids=["too much", "together too much", "other warehouse", "other order", "second line"],
)
def test_picking_more_than_is_held_is_refused_with_row_and_numbers(rows, idx, qty, locked):
	(problem,) = over_picked("SO-1", rows, HELD)
	row = rows[idx - 1]
	assert problem.code == "picked_more_than_locked"
	assert problem.data == {
		"idx": idx,
		"qty": qty,
		"item": "PUMP",
		"warehouse": row.warehouse,
		"order": "SO-1",
		"locked": locked,
	}


def test_every_row_that_picks_too_much_is_named_and_none_gives_stock_back():
	rows = [pick(15, idx=1), pick(1, idx=2), pick(4, "line-2", idx=3)]
	problems = over_picked("SO-1", rows, HELD)
	assert [(problem.data["idx"], problem.data["locked"]) for problem in problems] == [
		(1, 10),
		(2, 0),
		(3, 3),
	]


def test_a_hundred_tenths_are_ten_only_after_rounding():
	"""The case called noise above means nothing otherwise. Later Python's ``sum`` rounds by itself."""
	added = reduce(add, [0.1] * 100)
	assert added != 10 and isclose(added, 10)
