"""Whatever breaks in the middle: nothing is locked twice or lost, and the jobs finish what was begun."""

import random
import time

import pytest

import frappe

from sales_wh_flow.base import jobs as owed_jobs
from sales_wh_flow.stock_lock.serving import jobs
from tests.faults.services import CACHE, DATABASE, QUEUE
from tests.racing import drafts, world
from tests.racing.harness import call


@pytest.fixture(autouse=True, scope="module")
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True)


def submit(order, **values):
	return call("submit", "Sales Order", order, **values)


def reconnect():
	"""The test's own connection, after the database was away."""
	frappe.db.close()
	frappe.db.connect()


def submit_what_was_not(orders):
	"""What people do when their request was lost: they look, and press again."""
	frappe.db.rollback()
	for order in orders:
		if frappe.db.get_value("Sales Order", order, "docstatus") == 0:
			world.submit(order)


def all_locked(items, qty):
	"""Each item's stock is locked, all of it, and Bin and ledger say so."""
	for item in items:
		stock = world.stock_of(item)
		assert (stock.locked, stock.written, stock.on_hand, stock.ledger) == (qty, qty, qty, qty), item


def died_or_done(outcomes):
	for outcome in outcomes:
		assert outcome.is_done or outcome.error == "ProcessDied", outcome.text


# a worker is killed


def test_an_order_whose_process_is_killed_is_locked_whole_or_not_at_all(race, round):
	items = world.stocked_items(3, 10)
	orders = [world.draft_order(dict.fromkeys(world.shuffled(items), 5)) for _ in range(3)]

	outcomes = race(
		submit(orders[0], killed_within_s=0.4), submit(orders[1], killed_within_s=0.4), submit(orders[2])
	)

	died_or_done(outcomes)
	assert outcomes[2].is_done, outcomes[2].text
	submit_what_was_not(orders)
	all_locked(items, 10)


def test_a_job_that_is_killed_while_it_serves_loses_nothing_and_is_finished_by_the_next(race, round):
	items = world.stocked_items(2, 0)
	orders = [world.draft_order(dict.fromkeys(world.shuffled(items), 4)) for _ in range(6)]
	for order in orders:
		world.submit(order)
	world.receive(items, 20)

	died_or_done(race(call("serve_waiting_demand", killed_within_s=0.6)))

	world.serve_all()
	all_locked(items, 20)
	first = orders[:5]
	assert [world.waiting_for(order) for order in first] == [0] * 5, "in turn, whoever served them"


def test_a_job_that_is_run_twice_changes_nothing_the_second_time(race, round):
	items = world.stocked_items(2, 0)
	order = world.draft_order(dict.fromkeys(items, 4))
	world.submit(order)
	world.receive(items, 3)
	died_or_done(race(call("serve_waiting_demand", killed_within_s=0.3)))
	world.serve_all()

	assert not jobs.serve_waiting_demand()
	assert world.locked_by(items[0]) == {order: 3}


def test_a_delivery_whose_process_is_killed_ships_whole_or_not_at_all(race, round):
	(item,) = world.stocked_items(1, 10)
	order = world.draft_order({item: 6})
	world.submit(order)
	note = drafts.draft_delivery_of(order)

	died_or_done(race(call("submit", "Delivery Note", note, killed_within_s=0.6)))

	frappe.db.rollback()
	if frappe.db.get_value("Delivery Note", note, "docstatus") == 0:
		frappe.get_doc("Delivery Note", note).submit()
		frappe.db.commit()
	stock = world.stock_of(item)
	assert (stock.on_hand, stock.ledger, stock.locked, stock.written, stock.demand) == (4, 4, 0, 0, 0)


def test_a_cancel_whose_process_is_killed_gives_everything_back_or_nothing(race, round):
	items = world.stocked_items(2, 10)
	gone, waits = (world.draft_order(dict.fromkeys(items, 10)) for _ in range(2))
	for order in (gone, waits):
		world.submit(order)

	died_or_done(race(call("cancel", "Sales Order", gone, killed_within_s=0.4)))

	frappe.db.rollback()
	if frappe.db.get_value("Sales Order", gone, "docstatus") == 1:
		frappe.get_doc("Sales Order", gone).cancel()
		frappe.db.commit()
	world.serve_all()
	assert [world.locked_by(item) for item in items] == [{waits: 10}] * 2


# the database goes away


@pytest.mark.parametrize("how", ["kill", "stop"])
def test_the_database_goes_away_in_the_middle(race, services, how, round):
	items = world.stocked_items(3, 10)
	orders = [world.draft_order(dict.fromkeys(world.shuffled(items), 5)) for _ in range(4)]

	def break_it():
		time.sleep(random.uniform(0, 0.3))
		getattr(services, how)(DATABASE)

	race(*(submit(order) for order in orders), meanwhile=break_it)

	services.start(DATABASE)
	reconnect()
	submit_what_was_not(orders)
	all_locked(items, 10)
	assert sum(world.waiting_for(order) for order in orders) == 4 * 15 - 30


# Redis goes away


@pytest.mark.parametrize("which", [CACHE, QUEUE])
def test_orders_and_stock_go_on_while_redis_is_down(race, services, which, round):
	"""Whoever waits is served by the sweep once Redis is back."""
	items = world.stocked_items(2, 0)
	waiting = world.draft_order(dict.fromkeys(items, 4))
	world.submit(waiting)
	receipt = world.draft_receipt(items, 10)
	orders = [world.draft_order(dict.fromkeys(world.shuffled(items), 3)) for _ in range(2)]
	services.kill(which)
	try:
		outcomes = race(call("submit", "Stock Entry", receipt), *(submit(order) for order in orders))
	finally:
		services.start(which)
	world.all_done(outcomes)
	world.serve_all()
	for item in items:
		assert world.locked_by(item) == {waiting: 4, **dict.fromkeys(orders, 3)}


def test_what_redis_forgets_is_served_by_the_sweep(services, round):
	(item,) = world.stocked_items(1, 0)
	order = world.draft_order({item: 4})
	world.submit(order)
	world.receive([item], 4)
	for which in (CACHE, QUEUE):
		services.forget_all(which)

	world.serve_all()

	assert world.locked_by(item) == {order: 4}


def test_what_a_policy_owes_an_order_is_made_although_the_queue_was_emptied(race, services, round):
	(item,) = world.stocked_items(1, 3)
	order = world.draft_order({item: 8})
	settings = frappe.get_doc("Sales Flow Settings")
	settings.set("shortage_policies", [{"action": "Material Request"}])
	settings.save()
	frappe.db.commit()
	world.all_done(race(submit(order)))
	services.forget_all(QUEUE)
	frappe.db.sql("update `tabOwed Work` set modified = modified - interval 3 minute")
	frappe.db.commit()

	for _time in range(2):
		owed_jobs.do_what_is_owed()

	settings.reload().set("shortage_policies", [])
	settings.save()
	frappe.db.commit()
	assert frappe.get_all("Material Request Item", {"sales_order": order}, pluck="qty") == [5]


# a clock is wrong


@pytest.mark.parametrize("ahead_min", [7.0, -7.0])
def test_an_order_locked_by_a_process_whose_clock_is_wrong_is_as_safe(race, round, ahead_min):
	(item,) = world.stocked_items(1, 10)
	order = world.draft_order({item: 10})
	world.all_done(race(submit(order, ahead_min=ahead_min)))
	taker = drafts.draft_delivery(item, 5)

	(refused,) = race(call("submit", "Delivery Note", taker))

	assert world.is_refusal(refused), refused.text
	all_locked([item], 10)


def test_processes_with_different_clocks_race_for_the_last_units(race, round):
	(item,) = world.stocked_items(1, 10)
	orders = [world.draft_order({item: 6}) for _ in range(3)]
	clocks = (0.0, 7.0, -7.0)
	pairs = zip(orders, clocks, strict=True)

	world.all_done(race(*(submit(order, ahead_min=ahead) for order, ahead in pairs)))

	all_locked([item], 10)


def test_a_delivery_by_a_process_whose_clock_is_ahead_keeps_every_figure(race, round):
	(item,) = world.stocked_items(1, 10)
	order = world.draft_order({item: 4})
	world.submit(order)
	note = drafts.draft_delivery_of(order)
	rival = world.draft_order({item: 8})

	outcomes = race(call("submit", "Delivery Note", note, ahead_min=7.0), submit(rival))

	world.all_done(outcomes)
	stock = world.stock_of(item)
	assert (stock.on_hand, stock.ledger, stock.locked, stock.written) == (6, 6, 6, 6)
