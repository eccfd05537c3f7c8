"""What the tests of routing strategies share."""

from sales_wh_flow.order.rules.facts import LineFacts
from sales_wh_flow.routing.rules import (
	RoutingPolicy,
	RoutingRequest,
	WarehouseFacts,
	plan_order,
)


def line(idx, item, qty=10, **facts):
	return LineFacts(f"row-{idx}", idx, item, float(qty), **facts)


def candidates(*names, **by_name):
	return tuple(WarehouseFacts(name, rank, **by_name.get(name, {})) for rank, name in enumerate(names, 1))


def stocked(**stock):
	"""PUMP=dict(A=3): the free stock of an item by warehouse."""
	return {(item, name): float(qty) for item, places in stock.items() for name, qty in places.items()}


def planned(lines, free, places, strategy, destination=None, **policy):
	rule = RoutingPolicy("Rule", places, strategy=strategy, **policy)
	return plan_order(RoutingRequest(tuple(lines), {it.row: rule for it in lines}, free, destination))


def told(plan):
	return [(part.row[-1], part.warehouse, part.qty_stock, part.reason) for part in plan.parts]
