"""Strategies, limits, costs and rules of routing: cases worked out by hand, and every set tried."""

from datetime import date

import pytest

from sales_wh_flow.routing.rules import (
	BALANCE,
	BY_RANK,
	CHEAPEST,
	ENOUGH,
	FEWEST,
	FULL_LINES,
	FULL_ORDER,
	NEAREST,
	NOTHING,
	SHORT,
	SPLIT,
	STRATEGIES,
	LineScope,
	OrderScope,
	RoutingPolicy,
	RoutingRequest,
	Scope,
	Span,
	WarehouseFacts,
	first_per_line,
	plan_order,
	rank,
)
from sales_wh_flow.routing.rules.matching import fits_order, fits_postcode, is_postcode_pattern
from tests.routing.planned import candidates, line, planned, stocked, told

BERLIN, HAMBURG, MUNICH = (52.520008, 13.404954), (53.551086, 9.993682), (48.135125, 11.581981)


# strategies

TWO_ITEMS = stocked(PUMP={"A": 10, "B": 10}, HOSE={"B": 10, "C": 10})


TWO_LINES = (line(1, "PUMP"), line(2, "HOSE"))


def test_by_rank_each_line_goes_to_the_best_that_has_it():
	plan = planned(TWO_LINES, TWO_ITEMS, candidates("A", "B", "C"), BY_RANK)
	assert told(plan) == [("1", "A", 10, ENOUGH), ("2", "B", 10, ENOUGH)]
	assert plan.warehouses == ("A", "B")


def test_fewest_splits_sends_one_parcel_where_one_warehouse_has_all():
	plan = planned(TWO_LINES, TWO_ITEMS, candidates("A", "B", "C"), FEWEST)
	assert told(plan) == [("1", "B", 10, ENOUGH), ("2", "B", 10, ENOUGH)]
	assert [part.runner_up for part in plan.parts] == ["A", "C"]
	assert plan.is_complete


def test_cheapest_weighs_parcels_against_handling():
	# From B alone: 5 + 2 lines of 4 = 13. From A and B: 2 + 5 + 1 + 4 = 12. From A and C: 2 + 3 + 1 + 1 = 7.
	costs = {
		"A": {"freight": 2, "per_line": 1},
		"B": {"freight": 5, "per_line": 4},
		"C": {"per_order": 1, "freight": 2, "per_line": 1},
	}
	plan = planned(TWO_LINES, TWO_ITEMS, candidates("A", "B", "C", **costs), CHEAPEST)
	assert [part.warehouse for part in plan.parts] == ["A", "C"]
	assert plan.cost == 7
	dear = {**costs, "C": {"freight": 12}}
	plan = planned(TWO_LINES, TWO_ITEMS, candidates("A", "B", "C", **dear), CHEAPEST)
	assert ([part.warehouse for part in plan.parts], plan.cost) == (["A", "B"], 12)


def test_cheapest_counts_kilometres_and_kilograms():
	places = (
		WarehouseFacts("Munich", 1, *MUNICH, per_km=0.1),
		WarehouseFacts("Hamburg", 2, *HAMBURG, per_km=0.1, per_kg=1.0),
	)
	free = stocked(PUMP={"Munich": 10, "Hamburg": 10})
	rule = RoutingPolicy("Rule", places, strategy=CHEAPEST)

	def chosen(kg):
		request = RoutingRequest((line(1, "PUMP"),), {"row-1": rule}, free, BERLIN, weights={"row-1": kg})
		plan = plan_order(request)
		return plan.parts[0].warehouse, plan.cost

	# Berlin - Hamburg 255 km, Berlin - Munich 504 km; ten pieces.
	assert chosen(1.0) == ("Hamburg", pytest.approx(25.5 + 10, abs=0.1))
	assert chosen(4.0) == ("Munich", pytest.approx(50.4, abs=0.1))


def test_nobody_is_cheap_for_want_of_coordinates():
	places = (WarehouseFacts("Blind", 1, per_km=0.1), WarehouseFacts("Munich", 2, *MUNICH, per_km=0.1))
	places += (WarehouseFacts("Hamburg", 3, *HAMBURG, per_km=0.1),)
	free = stocked(PUMP={"Blind": 10, "Munich": 10, "Hamburg": 10})
	assert planned([line(1, "PUMP")], free, places, CHEAPEST, BERLIN).parts[0].warehouse == "Hamburg"


def test_nearest_comes_before_rank_and_what_is_nowhere_comes_last():
	places = (
		WarehouseFacts("Blind", 1),
		WarehouseFacts("Munich", 2, *MUNICH),
		WarehouseFacts("Hamburg", 3, *HAMBURG),
	)
	assert [it.name for it, _km in rank(places, BERLIN, NEAREST)] == ["Hamburg", "Munich", "Blind"]


def test_the_load_is_balanced_line_by_line_by_the_share_of_what_a_warehouse_can_do():
	busy = {"A": {"load": 0.5, "lines_per_day": 4}, "B": {"load": 0.6, "lines_per_day": 10}}
	lines = [line(idx, "PUMP", 1) for idx in range(1, 5)]
	free = stocked(PUMP={"A": 10, "B": 10})
	# A 0.5 -> 0.75; B 0.6 -> 0.7 -> 0.8; A 0.75
	plan = planned(lines, free, candidates("A", "B", **busy), BALANCE)
	assert [part.warehouse for part in plan.parts] == ["A", "B", "B", "A"]


def test_what_is_full_for_today_comes_last_and_the_customers_own_choice_first():
	full = candidates("A", "B", "C", A={"is_full": True}, C={"is_preferred": True})
	assert [it.name for it, _km in rank(full, None)] == ["C", "B", "A"]


# limits


def test_no_more_warehouses_than_the_order_may_use():
	free = stocked(PUMP={"A": 10}, HOSE={"B": 10}, BOLT={"C": 10, "A": 4})
	lines = (line(1, "PUMP"), line(2, "HOSE"), line(3, "BOLT"))
	for strategy in STRATEGIES:
		plan = planned(lines, free, candidates("A", "B", "C"), strategy, max_warehouses=2)
		assert len(plan.warehouses) <= 2, strategy
		# Two lines whole and 4 of 10: no other two warehouses serve more.
		assert sorted(plan.warehouses) in (["A", "B"], ["A", "C"]), strategy
		assert sum(plan.shortages.values()) in (6, 10), strategy


def test_a_line_is_shipped_whole_or_not_at_all():
	free = stocked(PUMP={"A": 6, "B": 3}, HOSE={"B": 10})
	lines = (line(1, "PUMP"), line(2, "HOSE"))
	for strategy in (BY_RANK, FEWEST):
		plan = planned(lines, free, candidates("A", "B"), strategy, ship_complete=FULL_LINES)
		assert told(plan) == [("1", "A", 10, SHORT), ("2", "B", 10, ENOUGH)]
		assert plan.shortages == {"row-1": 4}


def test_an_order_that_ships_complete_is_not_cut_for_what_is_there():
	free = stocked(PUMP={"A": 6, "B": 4}, HOSE={"B": 9})
	lines = (line(1, "PUMP"), line(2, "HOSE"))
	plan = planned(lines, free, candidates("A", "B"), BY_RANK, ship_complete=FULL_ORDER)
	assert told(plan) == [("1", "A", 10, SHORT), ("2", "B", 10, SHORT)]
	free = stocked(PUMP={"A": 6, "B": 4}, HOSE={"B": 10})
	plan = planned(lines, free, candidates("A", "B"), BY_RANK, ship_complete=FULL_ORDER)
	assert told(plan) == [("1", "A", 6, SPLIT), ("1", "B", 4, SPLIT), ("2", "B", 10, ENOUGH)]


@pytest.mark.parametrize(("share", "parts"), [(90, 2), (91, 1), (0, 2)])
def test_a_line_is_cut_only_for_the_share_that_is_worth_it(share, parts):
	plan = planned(
		[line(1, "PUMP")], stocked(PUMP={"A": 6, "B": 3}), candidates("A", "B"), BY_RANK, min_share_pct=share
	)
	assert len(plan.parts) == parts


def test_boxes_of_a_line_held_whole_are_not_counted_in_boxes():
	"""A row of 2 boxes of 12 that must not be cut waits where 20 pieces are."""
	boxes = line(1, "PUMP", 24, step_stock=12.0, is_whole_number=True)
	free = stocked(PUMP={"A": 7, "B": 20})
	plan = planned([boxes], free, candidates("A", "B"), BY_RANK, ship_complete=FULL_LINES)
	assert told(plan) == [("1", "B", 24, SHORT)]
	assert plan.shortages == {"row-1": 4}


# consolidation

HUBS = {"A": {"freight": 10, "transfer": 3}, "B": {"freight": 10, "transfer": 4}}


def test_goods_are_brought_together_where_that_is_cheaper_than_two_parcels():
	free = stocked(PUMP={"A": 6, "B": 4}, HOSE={"B": 10})
	plan = planned(TWO_LINES, free, candidates("A", "B", **HUBS), BY_RANK, consolidates=True)
	assert [(part.warehouse, part.qty_stock, part.brought_to) for part in plan.parts] == [
		("A", 6, "B"),
		("B", 4, None),
		("B", 10, None),
	]
	assert plan.warehouses == ("B",)
	assert plan.cost == 13  # one parcel from B, the transfer from A; two would be 20


def test_goods_stay_apart_where_a_transfer_is_not_cheaper():
	dear = {name: {**costs, "transfer": 10} for name, costs in HUBS.items()}
	free = stocked(PUMP={"A": 6, "B": 4}, HOSE={"B": 10})
	plan = planned(TWO_LINES, free, candidates("A", "B", **dear), BY_RANK, consolidates=True)
	assert plan.warehouses == ("A", "B")
	assert (plan.cost, {part.brought_to for part in plan.parts}) == (20, {None})


def test_what_nobody_has_waits_where_the_parcel_leaves():
	free = stocked(PUMP={"A": 10}, HOSE={"B": 10})
	lines = [*TWO_LINES, line(3, "VALVE", 5)]
	plan = planned(lines, free, candidates("A", "B", **HUBS), BY_RANK, consolidates=True)
	assert [(part.warehouse, part.brought_to) for part in plan.parts] == [
		("A", "B"),
		("B", None),
		("B", None),
	]


# what waits


def test_what_nobody_has_waits_where_it_is_due_first():
	rule = RoutingPolicy("Rule", candidates("A", "B", "C"))
	due = {
		("PUMP", "A"): ((date(2026, 12, 24), 50.0),),
		("PUMP", "B"): ((date(2026, 12, 1), 4.0, "PO-1"), (date(2026, 12, 9), 6.0, "PO-2")),
		("PUMP", "C"): ((date(2026, 12, 1), 9.0),),
	}
	plan = plan_order(RoutingRequest((line(1, "PUMP"),), {"row-1": rule}, {}, incoming=due))
	assert told(plan) == [("1", "B", 10, NOTHING)]


# several rules in one order


def test_lines_of_different_rules_share_stock_and_parcels():
	free = stocked(PUMP={"A": 10, "B": 10}, HOSE={"A": 10, "B": 10})
	cold = RoutingPolicy("Cold", candidates("B"))
	rest = RoutingPolicy("Rest", candidates("A", "B"), strategy=FEWEST)
	lines = (line(1, "PUMP"), line(2, "HOSE"), line(3, "PUMP", 5))
	plan = plan_order(RoutingRequest(lines, {"row-1": cold, "row-2": rest, "row-3": rest}, free))
	# Line 1 takes B's pumps; a parcel leaves B anyway, so the hoses go along; pumps are left in A only.
	assert told(plan) == [("1", "B", 10, ENOUGH), ("2", "A", 10, ENOUGH), ("3", "A", 5, ENOUGH)]
	plan = plan_order(RoutingRequest(lines[:2], {"row-1": cold, "row-2": rest}, free))
	assert [part.warehouse for part in plan.parts] == ["B", "B"]


def test_a_line_without_a_rule_is_left_alone():
	rule = RoutingPolicy("Rule", candidates("A"))
	plan = plan_order(RoutingRequest(TWO_LINES, {"row-2": rule}, stocked(HOSE={"A": 10})))
	assert told(plan) == [("2", "A", 10, ENOUGH)]


# which rule

ORDER = OrderScope(
	customer="Nord AG",
	customer_group=5,
	territory=8,
	country="Germany",
	state="Bayern",
	postcode="80331",
	order_type="Sales",
	value=500.0,
	weight_kg=20.0,
)


@pytest.mark.parametrize(
	("scope", "fits"),
	[
		({}, True),
		({"customer": "Nord AG"}, True),
		({"customer": "Süd AG"}, False),
		({"customer_group": Span(1, 10)}, True),
		({"customer_group": Span(6, 10)}, False),
		({"territory": Span(8, 9)}, True),
		({"territory": Span(9, 12)}, False),
		({"country": "germany "}, True),
		({"country": "France"}, False),
		({"state": "BAYERN"}, True),
		({"state": "Hessen"}, False),
		({"postcode": "80*, 81*"}, True),
		({"postcode": "10*"}, False),
		({"order_type": "Maintenance"}, False),
		({"min_value": 500.0, "max_value": 500.0}, True),
		({"min_value": 500.01}, False),
		({"max_value": 499.99}, False),
		({"min_weight_kg": 20.0}, True),
		({"max_weight_kg": 19.0}, False),
		({"customer": "Nord AG", "country": "France"}, False),
	],
	ids=str,
)
def test_a_rule_is_for_an_order_when_all_of_its_scope_says_yes(scope, fits):
	assert fits_order(Scope(**scope), ORDER) is fits


@pytest.mark.parametrize(
	("patterns", "code", "fits"),
	[
		("80331", "80331", True),
		("803*", "80331", True),
		("8033?", "80331", True),
		("8033?", "803311", False),
		("80000-81999", "80331", True),
		("80000-81999", "82000", False),
		("sw1a*", "SW1A 1AA", True),
		("10*,20*", "20095", True),
		("00-950", "00-950", True),
		("*", "", False),
		("", "", True),
		(" ", "80331", True),
	],
)
def test_a_postcode_fits_a_pattern(patterns, code, fits):
	assert fits_postcode(patterns, code) is fits


@pytest.mark.parametrize(
	("patterns", "is_one"), [("10*, SW1?", True), ("1-9", True), ("10.*", False), ("1--9", False)]
)
def test_a_pattern_is_told_from_a_mistake(patterns, is_one):
	assert is_postcode_pattern(patterns) is is_one


def test_each_line_follows_the_first_rule_that_is_for_it():
	def rule(name, **values):
		scope = {key: values.pop(key) for key in ("item", "brand", "item_group", "country") if key in values}
		return RoutingPolicy(name, (), scope=Scope(**scope), **values)

	rules = [
		rule("Rest"),
		rule("Pumps", item="PUMP", priority=1),
		rule("Acme", brand="Acme", priority=2),
		rule("Cold", item_group=Span(3, 9), priority=3),
		rule("French pumps", item="PUMP", country="France", priority=9),
	]
	lines = {
		"1": LineScope("PUMP"),
		"2": LineScope("PUMP", brand="Acme"),
		"3": LineScope("HOSE", item_group=4, brand="Acme"),
		"4": LineScope("HOSE", item_group=2),
	}
	found = first_per_line(rules, ORDER, lines)
	assert {row: rule.rule for row, rule in found.items()} == {
		"1": "Pumps",
		"2": "Acme",
		"3": "Cold",
		"4": "Rest",
	}
	assert first_per_line(rules[1:2], ORDER, {"1": LineScope("HOSE")}) == {}


def test_a_thousand_lines_are_planned():
	free = {(f"ITEM-{at}", f"W{at % 7}"): 5.0 for at in range(1000)}
	lines = [line(at, f"ITEM-{at}", 5) for at in range(1000)]
	for strategy in STRATEGIES:
		plan = planned(lines, free, candidates(*(f"W{at}" for at in range(7))), strategy)
		assert plan.is_complete
		assert len(plan.parts) == 1000
