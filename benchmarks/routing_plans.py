"""How fast orders are routed, and how good the plans are: beside a plain greedy by rank and an exact solver.

A company of 50 warehouses and 400 items is made by chance from a fixed seed; each order has items of its own
choice and goes to a place of its own. The exact solver is HiGHS, through scipy; without scipy its part is
left out, and said so. The figures of the planner need no site; the statements of a save do.
"""

import random
import statistics
import time
from collections.abc import Callable, Sequence

from measure import Result, compared

import frappe

from sales_wh_flow.base.quantities import rounded
from sales_wh_flow.order.rules.facts import LineFacts
from sales_wh_flow.routing.rules import (
	BY_RANK,
	CHEAPEST,
	FEWEST,
	NOTHING,
	STRATEGIES,
	RoutingPlan,
	RoutingPolicy,
	RoutingRequest,
	WarehouseFacts,
	plan_order,
	rank,
)
from tests import factories

WAREHOUSES, ITEMS, ORDERS, LINES = 50, 400, 10_000, 5
QUALITY_ORDERS = 300
EXACT = (("", 20, 12, 0.5, 20), ("_5x50", 5, 50, 0.5, 40), ("_5x50_sparse", 5, 50, 0.15, 40))
"""(name, lines, warehouses, density, orders) solved exactly: what the planner is exact for, and beyond."""


def run(say: Callable[[str], None]) -> list[Result]:
	"""``route_10k_orders_s`` (each strategy), ``route_200x50_ms``, ``route_*_vs_exact``,
	``route_save_statements``.
	"""
	results = []
	for strategy in (FEWEST, CHEAPEST, BY_RANK):
		say(f"{ORDERS:,} orders, {strategy}")
		ours, greedy = _many(strategy)
		name = (
			"route_10k_orders_s"
			if strategy == FEWEST
			else f"route_10k_{strategy.lower().replace(' ', '_')}_s"
		)
		results.append(Result(name, ours, greedy, "s", ORDERS))
	say("one order of 200 lines")
	results += _large()
	_print_quality(say)
	results += _against_exact(say)
	results.append(_statements(say))
	return results


def made_requests(
	seed: int, orders: int, lines: int, warehouses: int, strategy: str, density: float = 0.6
) -> list[RoutingRequest]:
	"""Orders over one company's stock. ``density``: the share of items that a warehouse has."""
	chance = random.Random(seed)
	places = tuple(
		WarehouseFacts(
			f"W{at:02d}",
			chance.randint(1, 5),
			chance.uniform(47, 55),
			chance.uniform(6, 15),
			per_order=chance.randint(2, 8),
			per_line=chance.randint(5, 20) / 10,
			per_km=0.01,
			freight=chance.randint(3, 9),
		)
		for at in range(warehouses)
	)
	items = [f"ITEM-{at}" for at in range(ITEMS)]
	stock = {
		(item, place.name): float(chance.randint(1, 30))
		for item in items
		for place in places
		if chance.random() < density
	}
	policy = RoutingPolicy("Benchmark", places, strategy=strategy)
	found = []
	for _order in range(orders):
		chosen = chance.sample(items, lines)
		rows = tuple(
			LineFacts(f"row-{idx}", idx, item, float(chance.randint(1, 20)), is_whole_number=True)
			for idx, item in enumerate(chosen)
		)
		own = {
			(item, place.name): qty
			for item in chosen
			for place in places
			if (qty := stock.get((item, place.name)))
		}
		destination = (chance.uniform(47, 55), chance.uniform(6, 15))
		found.append(RoutingRequest(rows, {row.row: policy for row in rows}, own, destination))
	return found


def greedy_by_rank(request: RoutingRequest) -> list[tuple[str, str, float]]:
	"""(row, warehouse, quantity): each line takes what there is, warehouse by warehouse in their order."""
	policy = next(iter(request.policies.values()))
	ranked = rank(policy.candidates, request.destination)
	left, taken = dict(request.free), []
	for line in request.lines:
		missing = line.qty_stock
		for warehouse, _km in ranked:
			key = (line.item_code, warehouse.name)
			qty = min(left.get(key, 0.0), missing)
			if qty > 0:
				taken.append((line.row, warehouse.name, qty))
				left[key] -= qty
				missing = rounded(missing - qty)
			if missing <= 0:
				break
	return taken


def _timed(work: Callable[[RoutingRequest], object], requests: Sequence[RoutingRequest]) -> float:
	start = time.process_time()
	for request in requests:
		work(request)
	return time.process_time() - start


def _many(strategy: str) -> tuple[float, float]:
	requests = made_requests(7, ORDERS, LINES, WAREHOUSES, strategy)
	return _timed(plan_order, requests), _timed(greedy_by_rank, requests)


def _large() -> list[Result]:
	results = []
	for strategy in (FEWEST, CHEAPEST):
		requests = made_requests(7, 7, 200, WAREHOUSES, strategy)
		ours = [_timed(plan_order, [request]) * 1000 for request in requests]
		greedy = [_timed(greedy_by_rank, [request]) * 1000 for request in requests]
		name = "route_200x50_ms" if strategy == FEWEST else f"route_200x50_{strategy.lower()}_ms"
		results.append(compared(name, ours, greedy, "ms"))
	return results


def _print_quality(say: Callable[[str], None]) -> None:
	"""What the strategies are worth: complete orders, parcels an order, cost, share served."""
	head = f"plans of {QUALITY_ORDERS} orders"
	print(f"{head:<24}{'complete':>10}{'parcels':>9}{'cost':>9}{'filled':>9}")
	for density in (0.6, 0.15):
		for strategy in (None, *STRATEGIES):
			say(f"quality, {strategy or 'greedy'}")
			requests = made_requests(11, QUALITY_ORDERS, LINES, WAREHOUSES, strategy or BY_RANK, density)
			figures = [
				_figures(
					request, greedy_by_rank(request) if strategy is None else _taken(plan_order(request))
				)
				for request in requests
			]
			complete, parcels, cost, filled = (
				statistics.mean(column) for column in zip(*figures, strict=True)
			)
			name = f"{strategy or 'greedy by rank'} ({density:.0%})"
			print(f"{name:<24}{complete:>10.1%}{parcels:>9.2f}{cost:>9.2f}{filled:>9.1%}")


def _taken(plan: RoutingPlan) -> list[tuple[str, str, float]]:
	return [
		(part.row, part.warehouse, rounded(part.qty_stock - part.missing_stock))
		for part in plan.parts
		if part.reason != NOTHING
	]


def _figures(request: RoutingRequest, taken: list[tuple[str, str, float]]) -> tuple[float, int, float, float]:
	"""(complete, parcels, cost, filled) of a plan, by the same yardstick for everyone."""
	from sales_wh_flow.routing.rules.ranking import costs

	policy = next(iter(request.policies.values()))
	ranked = rank(policy.candidates, request.destination, policy.strategy)
	place = {warehouse.name: at for at, (warehouse, _km) in enumerate(ranked)}
	money = costs(ranked)
	used = {warehouse for _row, warehouse, _qty in taken}
	cost = sum(money.handling[place[name]] + money.parcel[place[name]] for name in used)
	cost += sum(money.line[place[warehouse]] for _row, warehouse, _qty in taken)
	ordered = sum(line.qty_stock for line in request.lines)
	filled = sum(qty for _row, _warehouse, qty in taken) / ordered
	return float(filled > 1 - 1e-9), len(used), cost, filled


def _against_exact(say: Callable[[str], None]) -> list[Result]:
	"""Sums over the orders, and the worst one, the planner's beside the solver's; it must not serve less."""
	try:
		import routing_exact
	except ImportError as missing:
		say(f"EXACT SOLVER IS MISSING ({missing}): pip install scipy to compare with it")
		return []
	results = []
	for size, lines, warehouses, density, orders in EXACT:
		for strategy, kind, unit in ((FEWEST, "splits", "parcels"), (CHEAPEST, "cost", "money")):
			say(f"exact: {orders} orders of {lines} lines x {warehouses} warehouses, {strategy}")
			pairs = []
			for request in made_requests(13, orders, lines, warehouses, strategy, density):
				taken = _taken(plan_order(request))
				best = routing_exact.solve(request)
				if best is None:
					say("   one order left out: the solver found nothing")
					continue
				assert _missing(request, taken) <= best.missing + 1e-4, "serves less than it could"
				figures = _figures(request, taken)
				pairs.append((figures[1], best.parcels) if kind == "splits" else (figures[2], best.cost))
			name, worst = f"route_{kind}_vs_exact{size}", max(pairs, key=lambda it: it[0] / it[1])
			ours, exact = (sum(column) for column in zip(*pairs, strict=True))
			results.append(Result(name, ours, exact, unit, len(pairs)))
			results.append(Result(f"{name}_worst", worst[0], worst[1], unit, 1))
	return results


def _missing(request: RoutingRequest, taken: list[tuple[str, str, float]]) -> float:
	served: dict[str, float] = {}
	for row, _warehouse, qty in taken:
		served[row] = served.get(row, 0.0) + qty
	return sum(1 - served.get(line.row, 0.0) / line.qty_stock for line in request.lines)


def _statements(say: Callable[[str], None]) -> Result:
	"""What routing adds to the save of a draft of 5 and of 100 lines: the larger count, and the smaller."""
	say("statements of a save")
	from sales_wh_flow.routing import route

	places = factories.make_warehouses(3)
	factories.make_routing_rule(*places, strategy=CHEAPEST)
	settings = frappe.get_doc("Sales Flow Settings")
	settings.routing = "On"
	settings.save()
	counts = []
	for size in (5, 100):
		lines = [factories.line(item) for item in factories.make_items(size)]
		for _round in range(2):  # the first one fills the caches
			doc = factories.make_order(*lines, warehouse=places[0], insert=False)
			with factories.counted_statements() as statements:
				route.suggest(doc)
		counts.append(len(statements))
	frappe.db.rollback()
	return Result("route_save_statements", max(counts), min(counts), "statements", 2)
