"""The same races on a site where a thousand locks are open in the same warehouse.

InnoDB chooses other ways, and locks other gaps, in a large table than in a small one.
"""

import random

import pytest

from tests.racing import drafts, world
from tests.racing.harness import call

ITEMS, ORDERS, LINES = 60, 25, 40


@pytest.fixture(autouse=True, scope="module")
def crowd(switches):
	"""25 orders of 40 lines hold stock of 60 items; the items."""
	switches(stock_lock=True)
	items = world.stocked_items(ITEMS, 50)
	for _ in range(ORDERS):
		world.submit(world.draft_order(dict.fromkeys(random.sample(items, LINES), 2)))
	return items


def submit(order, **values):
	return call("submit", "Sales Order", order, **values)


def test_eight_orders_for_the_last_units_lock_each_once(race, round):
	(item,) = world.stocked_items(1, 10)
	orders = [world.draft_order({item: 3}) for _ in range(8)]

	world.all_done(race(*(submit(order) for order in orders)))

	stock = world.stock_of(item)
	assert (stock.locked, stock.written, stock.demand) == (10, 10, 24)
	assert sorted(world.locked_by(item).values()) == [1, 3, 3, 3]


def test_orders_over_the_same_items_in_different_line_order_all_succeed(race, crowd, round):
	orders = [world.draft_order(dict.fromkeys(random.sample(crowd, 12), 1)) for _ in range(4)]

	world.all_done(race(*(submit(order) for order in orders)))

	world.all_done(race(*(call("cancel", "Sales Order", order) for order in orders)))


def test_an_order_a_free_delivery_and_a_receipt_of_the_same_item_share_what_is_there(race, round):
	(item,) = world.stocked_items(1, 10)
	order, taker = world.draft_order({item: 10}), drafts.draft_delivery(item, 10)
	receipt = world.draft_receipt([item], 5)

	locker, taken, receiver = race(
		submit(order, start_within_s=0.1),
		call("submit", "Delivery Note", taker, start_within_s=0.1),
		call("submit", "Stock Entry", receipt, start_within_s=0.1),
	)

	world.all_done([locker, receiver])
	assert taken.is_done or world.is_refusal(taken), taken.text
	world.serve_all()
	stock = world.stock_of(item)
	left = 5 if taken.is_done else 15
	assert (stock.on_hand, stock.ledger) == (left, left)
	assert stock.locked == stock.written == min(left, 10)
