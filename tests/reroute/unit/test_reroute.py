"""What of a submitted order may go to other warehouses, and what comes of it: hand-computed cases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales_wh_flow.reroute.rules import moves as reroute
from sales_wh_flow.reroute.rules.moves import Movable, Move, MoveOutcome, Step


def movable(open_stock=10.0, **values):
	return Movable(
		**{"row": "a", "idx": 1, "item_code": "LAMP", "warehouse": "North", **values}, open_stock=open_stock
	)


@pytest.mark.parametrize(
	("move", "code"),
	[
		(Move("b", "South", 1), "row_not_movable"),
		(Move("a", "South", 0), "move_not_positive"),
		(Move("a", "South", -2), "move_not_positive"),
		(Move("a", "North", 1), "already_there"),
		(Move("a", "South", 11), "more_than_movable"),
	],
)
def test_a_move_that_makes_no_sense_is_refused(move, code):
	assert [one.code for one in reroute.check_moves("SO-1", [movable()], [move])] == [code]


def test_moves_of_a_row_count_together():
	moves = [Move("a", "South", 6), Move("a", "West", 5)]

	(problem,) = reroute.check_moves("SO-1", [movable()], moves)

	assert (problem.code, problem.data["qty"], problem.data["open"]) == ("more_than_movable", 11, 10)


def test_boxes_move_as_boxes():
	line = movable(24, step_stock=12.0)

	assert [one.code for one in reroute.check_moves("SO-1", [line], [Move("a", "South", 6)])] == [
		"move_not_whole"
	]
	assert reroute.check_moves("SO-1", [line], [Move("a", "South", 12)]) == ()


@pytest.mark.parametrize(
	("line", "moves", "step"),
	[
		(movable(), [Move("a", "South", 10)], Step("a", "South", (), 0)),
		(movable(), [Move("a", "South", 4)], Step("a", "", (Move("a", "South", 4),), 6)),
		(
			movable(),
			[Move("a", "South", 4), Move("a", "West", 6)],
			Step("a", "West", (Move("a", "South", 4),), 0),
		),
		(
			movable(),
			[Move("a", "South", 2), Move("a", "South", 3)],
			Step("a", "", (Move("a", "South", 5),), 5),
		),
		(
			movable(4, is_untouched=False, listed_stock=6.0),
			[Move("a", "South", 4)],
			Step("a", "", (Move("a", "South", 4),), 0),
		),
	],
	ids=["whole", "part", "two ways", "same place twice", "picked in part"],
)
def test_a_row_goes_itself_only_when_all_of_it_leaves(line, moves, step):
	assert reroute.steps([line], moves) == (step,)


def test_what_moves_takes_what_is_free_there_and_gives_back_what_it_held():
	lines = [movable(10, locked_stock=6.0), movable(5, row="b", idx=2)]
	moves = [Move("a", "South", 10), Move("b", "South", 5)]

	found = reroute.outcome(lines, moves, {("LAMP", "South"): 12.0})

	assert found == (MoveOutcome("a", "South", 10, 10), MoveOutcome("b", "South", 5, 2))


def test_what_stays_keeps_its_locks():
	lines = [movable(10, locked_stock=6.0)]

	found = reroute.outcome(lines, [Move("a", "South", 4)], {("LAMP", "South"): 1.0})

	assert found == (MoveOutcome("a", "North", 6, 6), MoveOutcome("a", "South", 4, 1))


def test_a_row_may_move_to_where_another_one_leaves():
	lines = [movable(5, locked_stock=5.0), movable(5, row="b", idx=2, warehouse="South")]
	moves = [Move("a", "West", 5), Move("b", "North", 5)]

	found = reroute.outcome(lines, moves, {("LAMP", "West"): 5.0})

	assert found == (MoveOutcome("a", "West", 5, 5), MoveOutcome("b", "North", 5, 5))


def test_what_the_order_asks_for_is_free_for_its_new_plan():
	lines = [movable(10, locked_stock=6.0)]

	free = reroute.free_for(lines, {("LAMP", "South"): 2.0, ("LAMP", "North"): -4.0})

	assert free == {("LAMP", "South"): 2.0, ("LAMP", "North"): 6.0}


def test_a_plan_that_changes_nothing_moves_nothing():
	wanted = [("a", "North", 10.0), ("gone", "South", 1.0), ("a", "South", 0.0)]

	assert reroute.moves_of([movable()], wanted) == ()


@given(
	st.integers(0, 20),
	st.lists(st.tuples(st.sampled_from(["South", "West", "East"]), st.integers(1, 8)), max_size=4),
	st.dictionaries(st.sampled_from(["South", "West", "East"]), st.integers(0, 30)),
)
def test_no_move_locks_more_than_there_is_or_loses_what_was_ordered(locked, places, free):
	line = movable(40.0, locked_stock=float(locked))
	moves = [Move("a", place, float(qty)) for place, qty in places]
	stock = {("LAMP", place): float(qty) for place, qty in free.items()}

	found = reroute.outcome([line], moves, stock)

	assert sum(one.qty_stock for one in found) == 40
	taken: dict[str, float] = {}
	for one in found:
		taken[one.warehouse] = taken.get(one.warehouse, 0.0) + one.locked_stock
	assert all(qty <= free.get(place, 0) for place, qty in taken.items() if place != "North")
	assert taken.get("North", 0.0) <= locked
