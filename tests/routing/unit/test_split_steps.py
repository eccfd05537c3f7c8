"""By how much a line may be split, and which rule an order is routed by."""

import pytest

from sales_wh_flow.base.quantities import delivery_step, split_step, whole_steps
from sales_wh_flow.order.rules.facts import LineFacts
from sales_wh_flow.routing.rules import (
	NOTHING,
	SHORT,
	SPLIT,
	RoutingPolicy,
	WarehouseFacts,
	first,
	plan_parts,
)


@pytest.mark.parametrize(
	("factor", "is_whole_order", "is_whole_stock", "step"),
	[
		(1, True, True, 1),
		(1, False, False, 0.001),
		(12, True, True, 12),  # a box stays a box
		(12, False, True, 3),  # 0.25 dozen is three pieces; 0.083 dozen is 0.996
		(12, False, False, 0.012),
		(2.5, True, False, 2.5),
		(0.5, True, True, 1),  # two half units
		(1000, False, True, 1),  # 0.001 thousand
		(0.333333333, True, True, 1),  # three thirds
	],
)
def test_a_line_is_split_by_what_both_units_can_show(factor, is_whole_order, is_whole_stock, step):
	assert split_step(factor, 3, is_whole_order, is_whole_stock) == pytest.approx(step, abs=1e-12)


@pytest.mark.parametrize(
	("factor", "is_whole_order", "is_whole_stock", "step"),
	[
		(12, True, True, 12),
		(2.5, True, False, 2.5),
		(0.5, True, True, 1),
		(12, False, True, 0),  # a part of a dozen may be delivered
		(1, True, True, 0),  # the stock UOM itself
		(0, True, True, 0),
	],
)
def test_a_line_is_delivered_by_whole_units_of_its_own(factor, is_whole_order, is_whole_stock, step):
	assert delivery_step(factor, is_whole_order, is_whole_stock) == step


@pytest.mark.parametrize(
	("qty", "step", "multiple"),
	[(35, 12, 24), (36, 12, 36), (11, 12, 0), (0.3, 0.1, 0.3), (2.9999999999, 1, 3), (7.25, 0, 7.25)],
)
def test_a_quantity_is_cut_down_to_whole_steps(qty, step, multiple):
	assert whole_steps(qty, step) == pytest.approx(multiple, abs=1e-9)


def boxes(qty_stock, free, **facts):
	policy = RoutingPolicy("Rule", (WarehouseFacts("A", 1), WarehouseFacts("B", 2)))
	line = LineFacts("row", 1, "PUMP", qty_stock, is_whole_number=True, step_stock=12, **facts)
	stock = {("PUMP", warehouse): qty for warehouse, qty in free.items()}
	parts = plan_parts([line], stock, policy)
	return [(part.warehouse, part.qty_stock, part.reason, part.missing_stock) for part in parts]


def test_a_line_of_boxes_is_split_in_whole_boxes():
	assert boxes(36, {"A": 20, "B": 30}) == [("A", 12, SPLIT, 0), ("B", 24, SPLIT, 0)]


def test_missing_boxes_are_counted():
	assert boxes(36, {"A": 11, "B": 13}) == [("B", 36, SHORT, 24)]


def test_where_nobody_has_a_whole_box_the_line_stays_whole_where_there_is_most():
	assert boxes(36, {"A": 10, "B": 11}) == [("B", 36, SHORT, 25)]
	assert boxes(36, {}) == [("A", 36, NOTHING, 36)]


def test_the_rule_with_the_highest_priority_then_the_narrowest_group_then_the_name_is_used():
	def rule(name, priority=0, group_depth=0):
		return RoutingPolicy(name, (), priority=priority, group_depth=group_depth)

	wide, other, narrow, urgent = rule("A"), rule("B"), rule("C", 0, 7), rule("D", 1)
	assert first([other, wide]) is wide
	assert first([other, wide, narrow]) is narrow
	assert first([other, wide, narrow, urgent]) is urgent
	assert first([]) is None
