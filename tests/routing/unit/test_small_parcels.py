"""A second parcel is sent only where it is worth it."""

import pytest

from sales_wh_flow.routing.rules import (
	BALANCE,
	BY_RANK,
	ENOUGH,
	FEWEST,
	NEAREST,
	NOTHING,
	SHORT,
	SPLIT,
	STRATEGIES,
	RoutingPolicy,
	RoutingRequest,
	plan_order,
)
from tests.routing.planned import candidates, line, planned, stocked, told

# no crumbs


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_one_piece_of_forty_never_comes_from_a_second_warehouse(strategy):
	free, places = stocked(BOLT={"A": 39, "B": 1}), candidates("A", "B")
	plan = planned([line(1, "BOLT", 40)], free, places, strategy, min_part_pct=10)
	assert told(plan) == [("1", "A", 40, SHORT)] and plan.shortages == {"row-1": 1}
	asked_for = planned([line(1, "BOLT", 40)], free, places, strategy)
	assert [part.qty_stock for part in asked_for.parts] == [39, 1]


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_where_two_warehouses_have_nearly_all_the_second_sends_no_crumb_either(strategy):
	free, places = stocked(BOLT={"A": 39, "B": 38}), candidates("A", "B")
	plan = planned([line(1, "BOLT", 40)], free, places, strategy, min_part_pct=10)
	assert told(plan) == [("1", "A", 36, SPLIT), ("1", "B", 4, SPLIT)]


# no parcels that are not worth sending


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_second_parcel_that_is_worth_too_little_is_not_sent(strategy):
	lines = (line(1, "PUMP", 10, rate_base=20.0), line(2, "SEAL", 10, rate_base=3.0))
	free, places = stocked(PUMP={"A": 10}, SEAL={"B": 10}), candidates("A", "B")
	plan = planned(lines, free, places, strategy, min_parcel=30.01)
	assert told(plan) == [("1", "A", 10, ENOUGH), ("2", "A", 10, NOTHING)]
	assert plan.warehouses == ("A",) and plan.shortages == {"row-2": 10}
	worth_it = planned(lines, free, places, strategy, min_parcel=30)
	assert told(worth_it) == [("1", "A", 10, ENOUGH), ("2", "B", 10, ENOUGH)]


@pytest.mark.parametrize("strategy", [BY_RANK, NEAREST, BALANCE])
def test_the_parcel_that_is_worth_most_is_the_first_wherever_it_stands(strategy):
	lines = (line(1, "SEAL", 10, rate_base=3.0), line(2, "PUMP", 10, rate_base=20.0))
	plan = planned(
		lines, stocked(SEAL={"A": 10}, PUMP={"B": 10}), candidates("A", "B"), strategy, min_parcel=50
	)
	assert plan.warehouses == ("B",) and plan.shortages == {"row-1": 10}


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_small_order_is_sent_from_one_warehouse_all_the_same(strategy):
	plan = planned(
		[line(1, "SEAL", 1, rate_base=3.0)],
		stocked(SEAL={"B": 1}),
		candidates("A", "B"),
		strategy,
		min_parcel=50,
	)
	assert told(plan) == [("1", "B", 1, ENOUGH)]


@pytest.mark.parametrize("strategy", [BY_RANK, NEAREST, BALANCE])
def test_what_a_small_parcel_would_have_brought_comes_from_a_warehouse_that_sends_anyway(strategy):
	lines = (line(1, "SEAL", 10, rate_base=3.0), line(2, "PUMP", 10, rate_base=20.0))
	free = stocked(SEAL={"A": 10, "B": 10}, PUMP={"B": 10})
	plan = planned(lines, free, candidates("A", "B"), strategy, min_parcel=50)
	assert told(plan) == [("1", "B", 10, ENOUGH), ("2", "B", 10, ENOUGH)]


def test_the_smaller_part_of_a_split_line_is_worth_sending_or_waits():
	free, places = stocked(BOLT={"A": 30, "B": 10}), candidates("A", "B")
	lines = [line(1, "BOLT", 40, rate_base=2.0)]
	assert told(planned(lines, free, places, FEWEST, min_parcel=21)) == [("1", "A", 40, SHORT)]
	assert len(planned(lines, free, places, FEWEST, min_parcel=20).parts) == 2


def test_a_parcel_that_leaves_anyway_takes_what_it_can():
	"""One line follows a rule of its own; what joins its parcel may be worth little."""
	cold = RoutingPolicy("Cold", candidates("A"))
	rest = RoutingPolicy("Rest", candidates("A", "B"), strategy=FEWEST, min_parcel=50.0)
	lines = (
		line(1, "FISH", 10, rate_base=9.0),
		line(2, "SEAL", 1, rate_base=3.0),
		line(3, "BAND", 1, rate_base=3.0),
	)
	free = stocked(FISH={"A": 10}, SEAL={"A": 1}, BAND={"B": 1})
	plan = plan_order(RoutingRequest(lines, {"row-1": cold, "row-2": rest, "row-3": rest}, free))
	assert told(plan) == [("1", "A", 10, ENOUGH), ("2", "A", 1, ENOUGH), ("3", "A", 1, NOTHING)]
