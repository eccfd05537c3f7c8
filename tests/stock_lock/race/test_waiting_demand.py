"""Stock comes in: it is given out once, whoever gives it."""

import pytest

from tests.racing import drafts, world
from tests.racing.harness import call


@pytest.fixture(autouse=True, scope="module")
def lock_is_on(switches):
	switches(stock_lock=True)


def waiting_orders(item, count, qty):
	orders = [world.draft_order({item: qty}) for _ in range(count)]
	for order in orders:
		world.submit(order)
	return orders


def test_two_jobs_at_once_give_every_unit_to_one_order(race, round):
	(item,) = world.stocked_items(1, 0)
	orders = waiting_orders(item, 5, 5)
	world.receive([item], 18)

	outcomes = race(call("serve_waiting_demand"), call("serve_waiting_demand"))

	world.all_done(outcomes)
	stock = world.stock_of(item)
	assert (stock.locked, stock.written, stock.demand) == (18, 18, 25)
	held = world.locked_by(item)
	assert [held.get(order, 0) for order in orders] == [5, 5, 5, 3, 0], "first come, first served"
	told = sum(it.result.get(order, 0) for it in outcomes for order in orders)
	assert told == 18, "each unit is reported by the job that locked it"


def test_a_job_and_new_orders_share_what_came_in(race, round):
	(item,) = world.stocked_items(1, 0)
	waiting = waiting_orders(item, 2, 5)
	new = [world.draft_order({item: 5}) for _ in range(2)]
	world.receive([item], 12)

	outcomes = race(call("serve_waiting_demand"), *(call("submit", "Sales Order", order) for order in new))

	world.all_done(outcomes)
	world.serve_all()
	stock = world.stock_of(item)
	assert (stock.locked, stock.written, stock.demand) == (12, 12, 20)
	assert max(world.locked_by(item).values()) == 5
	assert sum(world.waiting_for(order) for order in [*waiting, *new]) == 8


def test_new_orders_do_not_pass_who_waits_while_goods_come_in(race, round):
	(item,) = world.stocked_items(1, 0)
	(waits,) = waiting_orders(item, 1, 5)
	new = [world.draft_order({item: 5}) for _ in range(2)]
	receipt = world.draft_receipt([item], 5)

	outcomes = race(
		call("submit", "Stock Entry", receipt), *(call("submit", "Sales Order", order) for order in new)
	)

	world.all_done(outcomes)
	world.serve_all()
	assert world.locked_by(item) == {waits: 5}


def test_a_job_against_the_cancel_of_an_order_it_serves(race, round):
	(item,) = world.stocked_items(1, 0)
	gone, stays = waiting_orders(item, 2, 5)
	world.receive([item], 5)

	outcomes = race(call("serve_waiting_demand"), call("cancel", "Sales Order", gone))

	world.all_done(outcomes)
	world.serve_all()
	assert world.locked_by(item) == {stays: 5}
	stock = world.stock_of(item)
	assert (stock.locked, stock.written, stock.demand) == (5, 5, 5)


def test_a_job_against_a_free_delivery_note_of_what_came_in(race, round):
	(item,) = world.stocked_items(1, 0)
	(order,) = waiting_orders(item, 1, 10)
	world.receive([item], 10)
	note = drafts.draft_delivery(item, 10)

	job, shipper = race(call("serve_waiting_demand"), call("submit", "Delivery Note", note))

	world.all_done([job])
	stock = world.stock_of(item)
	left = 0 if shipper.is_done else 10
	assert (stock.on_hand, stock.ledger, stock.locked, stock.written) == (left, left, left, left)
	assert shipper.is_done or world.is_refusal(shipper), shipper.text
	assert world.waiting_for(order) == 10 - left
