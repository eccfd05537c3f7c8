"""Which warehouse serves which line, and why."""

from math import pi

import pytest

from sales_wh_flow.order.rules.facts import LineFacts
from sales_wh_flow.routing.rules import (
	EARTH_RADIUS_KM,
	ENOUGH,
	NOTHING,
	SHORT,
	SPLIT,
	RoutedPart,
	RoutingPolicy,
	WarehouseFacts,
	distance_km,
	plan_parts,
	rank,
)

BERLIN, HAMBURG, MUNICH = (52.520008, 13.404954), (53.551086, 9.993682), (48.135125, 11.581981)


def line(idx=1, qty=10, item="PUMP", **facts):
	return LineFacts(f"row-{idx}", idx, item, qty, **facts)


def policy(*names, max_splits=3):
	candidates = tuple(WarehouseFacts(name, rank) for rank, name in enumerate(names, 1))
	return RoutingPolicy("Everywhere", candidates, max_splits)


def stock(item="PUMP", **free):
	return {(item, warehouse): qty for warehouse, qty in free.items()}


def told(parts):
	return [(part.warehouse, part.qty_stock, part.reason) for part in parts]


@pytest.mark.parametrize(
	("here", "there", "km"),
	[
		# Lyon to Paris: the example of the haversine package, which uses the same mean radius.
		((45.7597, 4.8422), (48.8567, 2.3508), 392.2172595594006),
		# Nashville to Los Angeles: Rosetta Code gives 2887.2599506071 km for a radius of 6372.8 km.
		((36.12, -86.67), (33.94, -118.40), 2887.2599506071 * EARTH_RADIUS_KM / 6372.8),
		# Half and a quarter of the way round, and one degree of latitude (60 nautical miles, nearly).
		((0, 0), (0, 180), pi * EARTH_RADIUS_KM),
		((90, 0), (-90, 77), pi * EARTH_RADIUS_KM),
		((0, 0), (90, 123), pi * EARTH_RADIUS_KM / 2),
		((10, 20), (11, 20), 111.19508),
		# Over the date line: two degrees, not 358.
		((0, 179), (0, -179), 2 * 111.19508),
	],
	ids=["Lyon-Paris", "Nashville-Los Angeles", "antipodes", "poles", "quarter", "degree", "date line"],
)
def test_distances_are_those_of_the_great_circle(here, there, km):
	assert distance_km(here, there) == pytest.approx(km, rel=1e-7)
	assert distance_km(there, here) == pytest.approx(km, rel=1e-7)


def test_a_place_is_no_way_from_itself():
	assert distance_km(BERLIN, BERLIN) == 0


def place(name, at=None, rank=1):
	return WarehouseFacts(name, rank, *(at or (None, None)))


def ranked(candidates, destination):
	return [warehouse.name for warehouse, _km in rank(candidates, destination)]


def test_of_equal_rank_the_nearest_comes_first():
	candidates = [place("Munich", MUNICH), place("Hamburg", HAMBURG), place("Berlin", BERLIN)]
	assert ranked(candidates, HAMBURG) == ["Hamburg", "Berlin", "Munich"]


def test_rank_comes_before_distance():
	assert ranked([place("Hamburg", HAMBURG, 2), place("Munich", MUNICH, 1)], HAMBURG) == [
		"Munich",
		"Hamburg",
	]


def test_a_warehouse_without_coordinates_comes_after_those_of_its_rank_that_have_them():
	candidates = [place("Anywhere"), place("Munich", MUNICH), place("Later", HAMBURG, 2)]
	assert rank(candidates, HAMBURG) == (
		(candidates[1], pytest.approx(612, abs=3)),
		(candidates[0], None),
		(candidates[2], pytest.approx(0)),
	)


@pytest.mark.parametrize(
	"half", [WarehouseFacts("Half", 1, 52.5, None), WarehouseFacts("Half", 1, None, 13.4)]
)
def test_half_a_coordinate_is_none(half):
	assert rank([half], BERLIN) == ((half, None),)


def test_without_a_destination_names_decide_among_equals():
	candidates = [place("Munich", MUNICH), place("Berlin", BERLIN), place("Ahlen")]
	assert ranked(candidates, None) == ["Ahlen", "Berlin", "Munich"]
	assert [km for _warehouse, km in rank(candidates, None)] == [None, None, None]


def test_a_warehouse_on_the_equator_and_the_prime_meridian_has_coordinates():
	assert rank([place("Buoy", (0.0, 0.0))], (0.0, 1.0))[0][1] == pytest.approx(111.195, abs=0.001)


def test_a_warehouse_named_twice_counts_once_where_it_stands_best():
	twice = [place("Berlin", BERLIN, 3), place("Munich", MUNICH, 2), place("Berlin", BERLIN, 1)]
	assert [(warehouse.name, warehouse.rank) for warehouse, _km in rank(twice, None)] == [
		("Berlin", 1),
		("Munich", 2),
	]


def test_the_stock_of_a_warehouse_named_twice_is_promised_once():
	parts = plan_parts([line(qty=10)], stock(Berlin=6), policy("Berlin", "Berlin"))
	assert told(parts) == [("Berlin", 10, SHORT)]


def test_the_best_warehouse_that_has_enough_serves_the_line_and_the_next_one_is_named():
	free = stock(Berlin=9, Hamburg=10, Munich=50)
	assert plan_parts([line(qty=10)], free, policy("Berlin", "Hamburg", "Munich")) == (
		RoutedPart("row-1", "Hamburg", 10, ENOUGH, rank=2, distance_km=None, runner_up="Munich"),
	)


def test_a_part_says_how_far_the_goods_travel():
	candidates = RoutingPolicy("Near", (place("Munich", MUNICH), place("Berlin", BERLIN)))
	(part,) = plan_parts([line()], stock(Munich=10, Berlin=10), candidates, HAMBURG)
	assert (part.warehouse, part.runner_up) == ("Berlin", "Munich")
	assert part.distance_km == pytest.approx(255, abs=1)


@pytest.mark.parametrize(
	("free", "max_splits", "parts"),
	[
		# The best two cover it.
		({"A": 6, "B": 5, "C": 9}, 3, [("A", 6, SPLIT), ("B", 4, SPLIT)]),
		({"A": 6, "B": 5, "C": 9}, 2, [("A", 6, SPLIT), ("B", 4, SPLIT)]),
		# Three are needed.
		({"A": 4, "B": 3, "C": 9}, 3, [("A", 4, SPLIT), ("B", 3, SPLIT), ("C", 3, SPLIT)]),
		# Two may be used and the best two are not enough: the two fullest, still best first.
		({"A": 4, "B": 3, "C": 9}, 2, [("A", 4, SPLIT), ("C", 6, SPLIT)]),
		({"A": 1, "B": 1, "C": 5}, 2, [("A", 5, SHORT), ("C", 5, SPLIT)]),
		# All together are not enough: the rest waits at the best.
		({"A": 4, "B": 3, "C": 1}, 3, [("A", 6, SHORT), ("B", 3, SPLIT), ("C", 1, SPLIT)]),
		({"B": 3}, 3, [("B", 10, SHORT)]),
		# No split: the fullest, the better one of equals.
		({"A": 4, "B": 3, "C": 9}, 1, [("C", 10, SHORT)]),
		({"A": 3, "B": 4, "C": 4}, 1, [("B", 10, SHORT)]),
		({"A": 0.3, "B": 0.1 + 0.2}, 1, [("A", 10, SHORT)]),  # equal but for noise
		# A limit below one means one.
		({"A": 4, "B": 3, "C": 9}, 0, [("C", 10, SHORT)]),
		({"A": 4, "B": 3, "C": 9}, -1, [("C", 10, SHORT)]),
		# Nobody has any.
		({}, 3, [("A", 10, NOTHING)]),
		({"A": 0, "B": -4}, 3, [("A", 10, NOTHING)]),
		# Negative stock lowers nobody else's.
		({"A": -4, "B": 6, "C": 4}, 3, [("B", 6, SPLIT), ("C", 4, SPLIT)]),
	],
	ids=str,
)
def test_a_line_of_ten_is_split_where_no_warehouse_can_serve_it_alone(free, max_splits, parts):
	assert (
		told(plan_parts([line(qty=10)], stock(**free), policy("A", "B", "C", max_splits=max_splits))) == parts
	)


def test_a_second_split_never_promises_less_than_one():
	"""The best two have one piece each, the third nine: with one split nine are promised, with two ten."""
	free = stock(A=1, B=1, C=9)
	assert told(plan_parts([line()], free, policy("A", "B", "C", max_splits=1))) == [("C", 10, SHORT)]
	assert told(plan_parts([line()], free, policy("A", "B", "C", max_splits=2))) == [
		("A", 1, SPLIT),
		("C", 9, SPLIT),
	]


def test_a_row_that_must_stay_whole_waits_where_there_is_most():
	free = stock(A=4, B=6)
	parts = plan_parts([line(1), line(2)], free, policy("A", "B"), unsplittable=frozenset({"row-1"}))
	assert told(parts) == [("B", 10, SHORT), ("A", 10, SHORT)]


def test_a_row_that_must_stay_whole_goes_where_it_fits():
	parts = plan_parts([line()], stock(A=4, B=60), policy("A", "B"), unsplittable=frozenset({"row-1"}))
	assert told(parts) == [("B", 10, ENOUGH)]


def test_without_candidates_nothing_is_proposed():
	assert plan_parts([line()], stock(A=100), RoutingPolicy("Nowhere", ())) == ()


def test_stock_of_a_warehouse_that_is_no_candidate_is_left_alone():
	assert told(plan_parts([line()], stock(Elsewhere=100, A=1), policy("A"))) == [("A", 10, SHORT)]


def test_stock_promised_to_one_line_is_not_promised_to_the_next():
	parts = plan_parts([line(2, 8), line(1, 8)], stock(A=10, B=10), policy("A", "B"))
	assert [(part.row, *t) for part, t in zip(parts, told(parts), strict=True)] == [
		("row-1", "A", 8, ENOUGH),
		("row-2", "B", 8, ENOUGH),
	]


def test_a_line_that_waits_leaves_the_other_items_stock_alone():
	free = {**stock(A=4), **stock("HOSE", A=10)}
	assert told(plan_parts([line(1), line(2, item="HOSE")], free, policy("A"))) == [
		("A", 10, SHORT),
		("A", 10, ENOUGH),
	]


@pytest.mark.parametrize(
	("needed", "free", "parts"),
	[
		(3, {"A": 2.9, "B": 1.5}, [("A", 2, SPLIT), ("B", 1, SPLIT)]),
		(2, {"A": 1.9, "B": 2.1}, [("B", 2, ENOUGH)]),
		(3, {"A": 0.9, "B": 0.9}, [("A", 3, NOTHING)]),
		(3, {"A": 2.9999999999}, [("A", 3, ENOUGH)]),  # noise below a whole unit
		(2.5, {"A": 2, "B": 9}, [("B", 2.5, ENOUGH)]),  # ERPNext refuses half a piece, routing only moves it
	],
	ids=str,
)
def test_a_whole_number_unit_is_split_in_whole_units(needed, free, parts):
	assert (
		told(plan_parts([line(qty=needed, is_whole_number=True)], stock(**free), policy("A", "B"))) == parts
	)


@pytest.mark.parametrize(
	"needless",
	[
		line(1, is_stock_item=False),
		line(1, delivered_stock=10),
		line(1, delivered_stock=11),
		line(1, qty=0),
		line(1, qty=-3),
	],
	ids=["service", "delivered", "delivered too much", "zero", "negative"],
)
def test_a_line_without_open_stock_gets_no_warehouse(needless):
	parts = plan_parts([needless, line(2)], stock(A=10), policy("A"))
	assert [part.row for part in parts] == ["row-2"]


def test_only_the_open_quantity_is_routed():
	assert told(plan_parts([line(delivered_stock=4)], stock(A=6), policy("A"))) == [("A", 6, ENOUGH)]


def test_float_noise_makes_neither_a_split_nor_a_shortage():
	assert told(plan_parts([line(qty=0.1 + 0.2)], stock(A=0.3), policy("A", "B"))) == [("A", 0.3, ENOUGH)]
	assert told(plan_parts([line(qty=0.3)], stock(A=0.1, B=0.2), policy("A", "B"))) == [
		("A", 0.1, SPLIT),
		("B", 0.2, SPLIT),
	]


def test_planning_leaves_the_given_stock_untouched():
	free = stock(A=10)
	plan_parts([line()], free, policy("A"))
	assert free == stock(A=10)
