"""Every routing strategy on real orders: Oracle's Order Entry sample, with its nine warehouses.

First the planner alone, which needs no site: each order is planned as if it came first. Then drafts of some
of the orders on a site, where one is named.
"""

import os
from pathlib import Path

import pytest

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data"
FOLDER = Path(os.environ.get("SWHF_DATA") or BESIDE) / "oracle_order_entry"

SITE = os.environ.get("SWHF_SITE")

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"REAL DATA IS MISSING: there is no {FOLDER}")


@pytest.fixture(scope="module")
def orders():
	"""Each order with what its nine warehouses have on that day; every line has an item of its own."""
	from sales_wh_flow_demo import public_data

	data = public_data.oracle_order_entry(FOLDER)
	free = {}
	for row in data.stock:
		free[row.item, row.warehouse] = free.get((row.item, row.warehouse), 0.0) + row.qty
	return data, free


def planned(data, free, strategy: str, **policy):
	"""A plan for each order."""
	from sales_wh_flow.order.rules.facts import LineFacts
	from sales_wh_flow.routing.rules import RoutingPolicy, RoutingRequest, WarehouseFacts, plan_order

	places = tuple(
		WarehouseFacts(it.name, 1, it.latitude, it.longitude, per_order=2.0, per_line=0.5, per_km=0.01)
		for it in data.warehouses
	)
	rule = RoutingPolicy("Anywhere", places, strategy=strategy, **policy)
	customers = {it.name: it for it in data.customers}
	found = []
	for order in data.orders:
		customer = customers[order.customer]
		lines = tuple(
			LineFacts(f"{order.name}/{idx}", idx, it.item, it.qty, is_whole_number=True)
			for idx, it in enumerate(order.lines, 1)
			if it.qty > 0
		)
		place = (customer.latitude, customer.longitude) if customer.latitude is not None else None
		found.append(plan_order(RoutingRequest(lines, {it.row: rule for it in lines}, free, place)))
	return found


def test_the_files_have_nine_warehouses(orders):
	data, free = orders
	assert (len(data.orders), len(data.warehouses)) == (105, 9)
	assert free


@pytest.mark.parametrize("strategy", ["By Rank", "Nearest", "Balance Load", "Fewest Splits", "Cheapest"])
def test_no_strategy_promises_more_than_there_is(orders, strategy):
	data, free = orders
	for plan in planned(data, free, strategy):
		for part in plan.parts:
			assert part.qty_stock >= part.missing_stock >= 0
		assert plan.warehouses


def test_each_strategy_is_best_at_what_it_is_for(orders):
	"""All serve equally much; then fewest splits sends the fewest parcels, and cheapest costs least."""
	data, free = orders
	names = ("By Rank", "Nearest", "Fewest Splits", "Cheapest")
	plans = {strategy: planned(data, free, strategy) for strategy in names}
	short = {strategy: sum(map(len, (it.shortages for it in found))) for strategy, found in plans.items()}
	assert short["Fewest Splits"] == short["Cheapest"] <= min(short.values())
	for order in zip(*plans.values(), strict=True):
		by_name = dict(zip(plans, order, strict=True))
		if any(it.shortages for it in order):
			continue
		assert len(by_name["Fewest Splits"].warehouses) == min(len(it.warehouses) for it in order)
		assert by_name["Cheapest"].cost <= min(it.cost for it in order) + 1e-6


def test_one_warehouse_for_the_whole_order_is_kept_to(orders):
	data, free = orders
	for strategy in ("By Rank", "Fewest Splits", "Cheapest"):
		assert all(len(it.warehouses) <= 1 for it in planned(data, free, strategy, max_warehouses=1))


SITE_ORDERS = 8
"""Enough for lines that one warehouse has, that several have together, and that nobody has."""


@pytest.fixture(scope="module")
def found(orders):
	from tests.routing import nine_warehouses
	from tests.site import connected

	with connected():
		yield nine_warehouses.routes(nine_warehouses.part_of(orders[0], SITE_ORDERS))


@pytest.mark.skipif(not SITE, reason="SWHF_SITE is not set: no site to route the orders on")
@pytest.mark.parametrize("strategy", ["By Rank", "Nearest", "Balance Load", "Fewest Splits", "Cheapest"])
def test_real_drafts_are_served_as_the_strategy_promises(found, strategy):
	from tests.routing import nine_warehouses

	nine_warehouses.check(found, strategy)
