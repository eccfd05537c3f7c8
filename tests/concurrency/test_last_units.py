"""Many want the last units: they are locked exactly once, and nobody fails."""

import pytest

from concurrency import world
from concurrency.harness import Call


@pytest.fixture(autouse=True, scope="module")
def lock_is_on(switches):
	switches(stock_lock=True)


def submits(orders, **values):
	return [Call("concurrency.actions:submit", ("Sales Order", order), **values) for order in orders]


def all_done(outcomes):
	assert not [outcome.text for outcome in outcomes if not outcome.is_done]


def test_four_orders_for_the_last_ten_units_lock_exactly_ten_and_the_rest_waits(race, round):
	(item,) = world.stocked_items(1, 10)
	orders = [world.draft_order({item: 10}) for _ in range(4)]

	all_done(race(*submits(orders)))

	stock = world.stock_of(item)
	assert (stock.locked, stock.written, stock.on_hand) == (10, 10, 10)
	assert sum(world.waiting_for(order) for order in orders) == 30
	assert stock.demand == 40
