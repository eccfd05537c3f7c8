"""Lines go to other warehouses while others pick and lock there: no unit is lost, none is locked twice."""

import pytest

import frappe

from tests.racing import world
from tests.racing.harness import call


@pytest.fixture(autouse=True, scope="module")
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True)


def test_two_orders_that_move_to_the_same_last_units_share_them(race, round):
	(item,) = world.stocked_items(1, 10)
	there = world.other_warehouse()
	world.receive_at(item, 6, there)
	first, second = (world.draft_order({item: 5}) for _ in range(2))
	world.submit(first)
	world.submit(second)

	outcomes = race(*(call("reroute", order, item, there, 5.0) for order in (first, second)))

	world.all_done(outcomes)
	world.serve_all()
	assert sum(world.locked_at(item, there).values()) == 6
	assert world.waiting_for(first) + world.waiting_for(second) == 4


def test_a_line_is_picked_or_moved_but_never_both(race, round):
	(item,) = world.stocked_items(1, 5)
	there = world.other_warehouse()
	world.receive_at(item, 5, there)
	order = world.draft_order({item: 5})
	world.submit(order)

	outcomes = race(call("reroute", order, item, there, 5.0), call("make_pick_lists", order))

	assert any(it.is_done for it in outcomes)
	assert all(it.is_done or world.is_refusal(it) for it in outcomes), [it.text for it in outcomes]
	frappe.db.rollback()
	listed = frappe.get_all("Pick List Item", {"sales_order": order}, ["warehouse", "stock_qty"])
	held = {where: world.locked_at(item, where).get(order, 0) for where in (world.warehouse(), there)}
	assert all(held.get(row.warehouse) == row.stock_qty for row in listed)
	assert sum(held.values()) == 5


def test_each_unit_is_in_one_wave_only(race, round):
	warehouse = world.other_warehouse()
	(item,) = world.stocked_items(1, 0)
	world.receive_at(item, 9, warehouse)
	orders = [world.draft_order({item: 3}, at=warehouse) for _ in range(3)]
	for order in orders:
		world.submit(order)

	outcomes = race(*(call("make_wave", warehouse) for _ in range(2)))

	assert any(it.is_done for it in outcomes), [it.text for it in outcomes]
	assert all(it.is_done or world.is_refusal(it) for it in outcomes), [it.text for it in outcomes]
	assert [world.on_pick_lists(order) for order in orders] == [{item: 3}] * 3
