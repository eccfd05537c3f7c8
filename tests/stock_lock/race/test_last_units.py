"""Many want the last units: they are locked exactly once, and nobody fails."""

import random

import pytest

from tests.racing import world
from tests.racing.harness import call

pytestmark = pytest.mark.race_for_stock


@pytest.fixture(autouse=True, scope="module")
def lock_is_on(switches):
	switches(stock_lock=True)


def submit(order, **values):
	return call("submit", "Sales Order", order, **values)


def test_four_orders_for_the_last_ten_units_lock_exactly_ten_and_thirty_wait(race, round):
	(item,) = world.stocked_items(1, 10)
	orders = [world.draft_order({item: 10}) for _ in range(4)]

	world.all_done(race(*(submit(order) for order in orders)))

	stock = world.stock_of(item)
	assert (stock.locked, stock.written, stock.on_hand) == (10, 10, 10)
	assert sum(world.waiting_for(order) for order in orders) == 30
	assert stock.demand == 40


def test_four_orders_share_what_is_there_unit_by_unit(race, round):
	(item,) = world.stocked_items(1, 10)
	orders = [world.draft_order({item: 4}) for _ in range(4)]

	world.all_done(race(*(submit(order, start_within_s=0.05) for order in orders)))

	stock = world.stock_of(item)
	assert (stock.locked, stock.written) == (10, 10)
	assert sorted(world.locked_by(item).values()) == [2, 4, 4]


def test_serial_numbers_and_batches_are_locked_once(race, round):
	serial, batch = world.stocked_serial_item(6), world.stocked_batch_item(6)
	orders = [world.draft_order({serial: 3, batch: 3}) for _ in range(4)]

	world.all_done(race(*(submit(order) for order in orders)))

	assert world.stock_of(serial).locked == world.stock_of(batch).locked == 6
	held = world.entries_held(serial)
	assert len(held) == len(set(held)) == 6
	assert sum(qty for _name, qty in world.batches_held(batch)) == 6


def test_orders_over_the_same_items_in_different_line_order_all_succeed(race, round):
	items = world.stocked_items(10, 8)
	orders = [world.draft_order(dict.fromkeys(world.shuffled(items), 2)) for _ in range(6)]

	world.all_done(race(*(submit(order) for order in orders)))

	for item in items:
		stock = world.stock_of(item)
		assert (stock.locked, stock.written, stock.demand) == (8, 8, 12), item
	assert sum(world.waiting_for(order) for order in orders) == 40


def test_twenty_orders_over_the_same_items_in_different_line_order_all_succeed(race):
	items = world.stocked_items(20, 30)
	orders = []
	for _ in range(20):
		shuffled = random.sample(items, len(items))
		orders.append(world.draft_order(dict.fromkeys(shuffled, 2)))

	world.all_done(race(*(call("submit_all", "Sales Order", orders[at::4]) for at in range(4))))

	for item in items:
		stock = world.stock_of(item)
		assert (stock.locked, stock.written, stock.demand) == (30, 30, 40), item
	assert sum(world.waiting_for(order) for order in orders) == 20 * 10


def test_orders_for_items_that_never_were_in_stock_wait_and_make_each_bin_once(race, round):
	items = world.stocked_items(5, 0)
	orders = [world.draft_order(dict.fromkeys(random.sample(items, 5), 2)) for _ in range(4)]

	world.all_done(race(*(submit(order) for order in orders)))

	for item in items:
		assert world.count_bins(item) == 1
		assert world.stock_of(item).demand == 8


def test_the_first_locks_of_a_new_naming_series_all_succeed(race, round):
	"""As on the first day of a year: nobody has counted yet, and four orders start counting at once."""
	items = world.stocked_items(4, 5)
	orders = [world.draft_order({item: 5}) for item in items]

	with world.new_lock_series():
		world.all_done(race(*(submit(order) for order in orders)))

	assert [world.stock_of(item).locked for item in items] == [5] * 4


def test_submits_and_cancels_of_the_same_bins_keep_every_figure(race, round):
	items = world.stocked_items(5, 10)
	old = [world.draft_order(dict.fromkeys(random.sample(items, 5), 2)) for _ in range(4)]
	new = [world.draft_order(dict.fromkeys(random.sample(items, 5), 3)) for _ in range(4)]
	world.all_done(race(*(submit(order) for order in old)))

	pairs = zip(old, new, strict=True)
	outcomes = race(*(c for gone, come in pairs for c in (call("cancel", "Sales Order", gone), submit(come))))
	world.all_done(outcomes)

	for item in items:
		stock = world.stock_of(item)
		assert stock.locked == stock.written <= 10
		assert stock.demand == 12
	world.serve_all()
	assert [world.stock_of(item).locked for item in items] == [10] * 5
