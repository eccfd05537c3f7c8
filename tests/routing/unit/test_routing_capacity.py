"""A warehouse that is full for today gets only what no other can serve, whatever the strategy."""

from itertools import product

import pytest

from sales_wh_flow.order.rules.facts import LineFacts
from sales_wh_flow.routing.rules import (
	CHEAPEST,
	FEWEST,
	STRATEGIES,
	RoutingPolicy,
	RoutingRequest,
	WarehouseFacts,
	plan_order,
)


def planned(strategy, full, stock, **policy):
	"""Warehouse by row. A is the cheapest, nearest, first by rank and idle; ``stock``: item -> warehouses."""
	places = tuple(
		WarehouseFacts(
			name, rank, 0.0, float(rank), per_order=rank, freight=10.0**rank, load=rank, is_full=name in full
		)
		for rank, name in enumerate("ABC", 1)
	)
	rule = RoutingPolicy("Rule", places, strategy=strategy, **policy)
	lines = tuple(LineFacts(item, idx, item, 10.0) for idx, item in enumerate(stock, 1))
	free = {(item, name): 10.0 for item, names in stock.items() for name in names}
	request = RoutingRequest(lines, {item: rule for item in stock}, free, (0.0, 0.0))
	return {part.row: part.warehouse for part in plan_order(request).parts}


@pytest.mark.parametrize("strategy", STRATEGIES)
@pytest.mark.parametrize("full", ["A", "B", "C", "AB", "AC", "BC"])
@pytest.mark.parametrize("limit", [0, 2])
def test_who_is_full_is_not_chosen_while_another_can_serve(strategy, full, limit):
	for first, second in product(("A", "AB", "ABC", "BC"), repeat=2):
		stock = {"PUMP": first, "HOSE": second}
		for item, chosen in planned(strategy, full, stock, max_warehouses=limit).items():
			assert chosen not in full or not set(stock[item]) - set(full), (stock, item)


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_who_is_full_still_serves_what_nobody_else_has(strategy):
	assert planned(strategy, "A", {"PUMP": "A", "HOSE": "AB"}) == {"PUMP": "A", "HOSE": "B"}


@pytest.mark.parametrize("strategy", [CHEAPEST, FEWEST])
def test_where_all_are_full_the_strategy_decides(strategy):
	assert planned(strategy, "ABC", {"PUMP": "ABC", "HOSE": "ABC"}) == {"PUMP": "A", "HOSE": "A"}


@pytest.mark.parametrize("strategy", [CHEAPEST, FEWEST])
def test_of_several_full_ones_and_limits_as_much_is_served_as_can_be(strategy):
	found = planned(strategy, "A", {"PUMP": "A", "HOSE": "AB"}, max_warehouses=1)
	assert found == {"PUMP": "A", "HOSE": "A"}
