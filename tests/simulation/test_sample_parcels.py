"""How many parcels the sample company's orders leave in, and what is short, over its whole month."""

from collections import Counter

import pytest

from sales_wh_flow.base.quantities import rounded
from sales_wh_flow_demo import days, sample
from sales_wh_flow_demo import events as ev
from sales_wh_flow_demo.checker import Checker

EXACT_PARCELS, EXACT_ORDERS = 258, 240
"""What HiGHS needs for the sample's orders, each with the stock as it was when it was planned: measured with
benchmarks/routing_sample.py, anew whenever the sample changes.
"""


@pytest.fixture(scope="module")
def data():
	return sample.generate()


@pytest.fixture(scope="module")
def routed(data):
	return [event for event in days.run(data, Checker()).events if isinstance(event, ev.LineRouted)]


def test_nearly_every_order_leaves_one_warehouse_and_hardly_any_more_than_two(data, routed):
	places = {order.name: set() for order in data.orders}
	for event in routed:
		places[event.order].add(event.part.warehouse)
	orders = Counter(len(found) for found in places.values())
	assert orders[0] == 0
	assert orders[1] >= 0.85 * len(data.orders)
	assert orders[1] + orders[2] >= 0.98 * len(data.orders)


def test_the_orders_leave_in_hardly_more_parcels_than_an_exact_solver_needs(data, routed):
	assert len(data.orders) == EXACT_ORDERS, "measure EXACT_PARCELS anew"
	parcels = {
		(event.order, event.part.warehouse) for event in routed if event.reason not in ("nothing", "other")
	}
	assert len(parcels) <= 1.03 * EXACT_PARCELS


def test_of_ten_lines_about_one_is_short(data, routed):
	short = sum(event.reason in ("short", "nothing") for event in routed)
	assert 0.10 <= short / sum(len(order.lines) for order in data.orders) <= 0.15


def test_no_line_is_split_into_crumbs(data, routed):
	items = {item.code: item for item in data.items}
	asked = Counter()
	for order in data.orders:
		for line in order.lines:
			asked[order.name, line.item] += rounded(line.qty * items[line.item].factor(line.uom))
	split = [event for event in routed if event.reason == "split"]
	assert split
	for event in split:
		assert event.part.qty >= 0.1 * asked[event.order, event.part.item] - 1e-6
