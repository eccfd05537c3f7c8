"""Which lots of picked components are still there, and which leave next."""

import pytest

from sales_wh_flow.stock_lock.rules.picked_parts import NO_LOT, PickedPart, left_of_rows, next_lots

TWO_BATCHES = (PickedPart("r1", {"B-1": 5}), PickedPart("r2", {"B-2": 3}))


@pytest.mark.parametrize(
	("gone", "left"),
	[
		({}, {"r1": {"B-1": 5}, "r2": {"B-2": 3}}),
		({"B-2": 2}, {"r1": {"B-1": 5}, "r2": {"B-2": 1}}),
		({"B-1": 5, "B-2": 1}, {"r1": {"B-1": 0}, "r2": {"B-2": 2}}),
		({"other": 6}, {"r1": {"B-1": 0}, "r2": {"B-2": 2}}),
		({"B-2": 3, "other": 9}, {"r1": {"B-1": 0}, "r2": {"B-2": 0}}),
	],
)
def test_what_left_is_taken_from_the_row_of_its_batch_else_from_the_first(gone, left):
	assert left_of_rows(TWO_BATCHES, gone) == left


def test_two_rows_of_one_batch_are_taken_from_one_after_the_other():
	rows = (PickedPart("r1", {"B-1": 2}), PickedPart("r2", {"B-1": 2}))
	assert left_of_rows(rows, {"B-1": 3}) == {"r1": {"B-1": 0}, "r2": {"B-1": 1}}


def test_goods_without_lots_are_counted_row_by_row():
	rows = (PickedPart("r1", {NO_LOT: 5}), PickedPart("r2", {NO_LOT: 3}))
	assert left_of_rows(rows, {NO_LOT: 6}) == {"r1": {NO_LOT: 0}, "r2": {NO_LOT: 2}}


@pytest.mark.parametrize(
	("needed", "named", "chosen"),
	[
		(6, {}, {"B-1": 5, "B-2": 1}),
		(2, {"B-2": 8}, {"B-2": 2}),
		(4, {"B-2": 2}, {"B-2": 2, "B-1": 2}),
		(5, {"B-2": 3, "B-9": 1}, {"B-2": 3, "B-1": 2}),
		(9, {}, {}),
	],
)
def test_what_is_named_leaves_first_then_what_was_picked_first(needed, named, chosen):
	assert next_lots(needed, {"B-1": 5, "B-2": 3}, named) == chosen
