"""Product bundles: their components are locked and delivered together."""

import pytest

from sales_wh_flow.order.rules.facts import LineFacts
from sales_wh_flow.stock_lock.rules import allocation, bundles, lots


def part(row, item, per_bundle, *, bundles=4, warehouse="Berlin", **values):
	values = {"step_stock": 1.0, "is_whole_number": True, **values}
	return LineFacts(
		row=row,
		idx=1,
		item_code=item,
		qty_stock=bundles * per_bundle,
		warehouse=warehouse,
		bundle="KIT",
		per_bundle=per_bundle,
		**values,
	)


def granted(plan):
	return {grant.row: grant.qty_stock for grant in plan.grants}


def test_components_are_locked_for_whole_bundles_and_the_rest_stays_free_for_others():
	parts = [part("p1", "PUMP", 1), part("p2", "HOSE", 3)]

	made = allocation.plan(parts, {("PUMP", "Berlin"): 4, ("HOSE", "Berlin"): 8})

	assert granted(made) == {"p1": 2, "p2": 6}
	assert {it.row: it.qty_stock for it in made.shortages} == {"p1": 2, "p2": 6}


def test_whole_pieces_decide_how_many_bundles_can_be_divided_into():
	parts = [
		part("p1", "PUMP", 2, step_stock=0.0),
		part("p2", "HOSE", 3, step_stock=0.0),
		part("p3", "OIL", 1, step_stock=0.0, is_whole_number=False),
	]

	free = {("PUMP", "Berlin"): 1.8, ("HOSE", "Berlin"): 9, ("OIL", "Berlin"): 0.9}
	assert granted(allocation.plan(parts, free)) == {}
	free["PUMP", "Berlin"] = 2.9
	assert granted(allocation.plan(parts, {**free, ("OIL", "Berlin"): 9})) == {"p1": 2, "p2": 3, "p3": 1}


def test_nothing_is_locked_of_a_bundle_that_lacks_a_component():
	parts = [part("p1", "PUMP", 1), part("p2", "HOSE", 3)]

	assert granted(allocation.plan(parts, {("PUMP", "Berlin"): 4})) == {}


def test_components_that_are_locked_already_count_towards_a_bundle():
	parts = [part("p1", "PUMP", 1, locked_stock=4), part("p2", "HOSE", 3, locked_stock=2)]

	assert granted(allocation.plan(parts, {("HOSE", "Berlin"): 7})) == {"p2": 7}


def test_two_components_of_one_item_share_what_is_free():
	parts = [part("p1", "PUMP", 1), part("p2", "PUMP", 2)]

	assert granted(allocation.plan(parts, {("PUMP", "Berlin"): 8})) == {"p1": 2, "p2": 4}


def test_components_of_one_item_never_get_more_than_is_free_when_one_holds_too_much():
	parts = [part("p1", "PUMP", 1, locked_stock=4), part("p2", "PUMP", 1)]

	made = granted(allocation.plan(parts, {("PUMP", "Berlin"): 2}))

	assert sum(made.values()) <= 2


def test_a_bundle_and_a_line_of_one_of_its_components_share_what_is_free():
	single = LineFacts(
		row="s", idx=0, item_code="PUMP", qty_stock=3, warehouse="Berlin", is_whole_number=True
	)

	made = allocation.plan(
		[single, part("p1", "PUMP", 1), part("p2", "HOSE", 1)],
		{("PUMP", "Berlin"): 5, ("HOSE", "Berlin"): 9},
	)

	assert granted(made) == {"s": 3, "p1": 2, "p2": 2}


def test_full_lines_only_locks_all_bundles_of_a_line_or_none():
	parts = [part("p1", "PUMP", 1), part("p2", "HOSE", 3)]
	free = {("PUMP", "Berlin"): 4, ("HOSE", "Berlin"): 11}

	assert granted(allocation.plan(parts, free, allocation.FULL_LINES)) == {}


def test_bundles_sold_in_boxes_are_locked_in_whole_boxes():
	parts = [
		part("p1", "PUMP", 1, bundles=12, step_stock=6.0),
		part("p2", "HOSE", 2, bundles=12, step_stock=6.0),
	]
	free = {("PUMP", "Berlin"): 11, ("HOSE", "Berlin"): 99}

	assert granted(allocation.plan(parts, free)) == {"p1": 6, "p2": 12}


def test_delivered_bundles_ask_for_nothing_more():
	parts = [part("p1", "PUMP", 1, delivered_stock=3), part("p2", "HOSE", 3, delivered_stock=9)]

	made = allocation.plan(parts, {("PUMP", "Berlin"): 9, ("HOSE", "Berlin"): 9})

	assert granted(made) == {"p1": 1, "p2": 3}


def test_components_that_leave_are_taken_from_the_oldest_locks_of_their_kind():
	pump, hose = ("row", "PUMP"), ("row", "HOSE")
	locks = [
		lots.Holding("L1", pump, 2.0),
		lots.Holding("L2", pump, 5.0),
		lots.Holding("L3", hose, 5.0),
	]

	taken, moved = lots.take_from_locks([lots.Leaving(pump, 3.0), lots.Leaving(hose, 9.0)], locks)

	assert taken == {"L1": 2, "L2": 1, "L3": 5}
	assert moved == {}


def test_a_serial_number_that_is_named_is_taken_from_the_lock_that_holds_it():
	locks = [
		lots.Holding("L1", ("row",), 1.0, (("r1", "S-1", 1.0),)),
		lots.Holding("L2", ("row",), 1.0, (("r2", "S-2", 1.0),)),
	]

	found = lots.take_from_locks([lots.Leaving(("row",), 1.0, (("S-2", 1.0),))], locks)

	assert found == ({"L2": 1}, {"r2": 1})


def test_what_is_not_named_is_taken_in_the_order_of_the_batches():
	locks = [lots.Holding("L1", ("row",), 5.0, (("r1", "B-1", 2.0), ("r2", "B-2", 3.0)))]

	found = lots.take_from_locks([lots.Leaving(("row",), 4.0, (("B-2", 1.0),))], locks)

	assert found == ({"L1": 4}, {"r1": 2, "r2": 2})


def held(qty, per_bundle, *locks, bundle="L1", step=1.0):
	return bundles.HeldPart(bundle, qty, per_bundle, step, tuple((*lock, False)[:3] for lock in locks))


def test_what_completes_no_bundle_is_spare_the_newest_locks_first():
	parts = [held(2, 1, ("pump", 2)), held(5, 3, ("new hose", 1), ("old hose", 4))]

	assert bundles.completes_nothing(parts) == {"pump": 1, "new hose": 1, "old hose": 1}


def test_a_component_that_nothing_is_locked_of_makes_all_others_spare():
	assert bundles.completes_nothing([held(4, 2, ("pump", 4)), held(0, 1)]) == {"pump": 4}
	assert bundles.completes_nothing([held(4, 2, ("pump", 4)), held(0, 1, bundle="L2")]) == {}


def test_what_must_stay_and_what_goes_only_whole_is_not_spare():
	assert bundles.completes_nothing([held(4, 1, ("pump", 1)), held(0, 1)]) == {"pump": 1}
	assert bundles.completes_nothing([held(4, 1, ("pump", 4, True)), held(1, 1)]) == {}


@pytest.mark.parametrize(
	("missing", "step", "made_without"),
	[
		({"p2": 4}, 1.0, 2),
		({"p2": 3}, 1.0, 1),
		({"p1": 3, "p2": 1}, 1.0, 3),
		({"p2": 1.5}, 0.0, 0.5),
		({"p2": 1}, 2.0, 2),
		({"p1": 99}, 1.0, 4),
		({}, 1.0, 0),
	],
)
def test_the_scarcest_component_says_how_many_whole_bundles_are_missing(missing, step, made_without):
	parts = [part("p1", "PUMP", 1, step_stock=step), part("p2", "HOSE", 3, step_stock=step)]

	assert bundles.missing_bundles(parts, missing) == made_without
