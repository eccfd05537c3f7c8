"""A count of locked stock against whoever takes or locks the same units at that moment."""

import pytest

from tests.racing import drafts, world
from tests.racing.harness import call

pytestmark = pytest.mark.race_for_stock


@pytest.fixture(autouse=True, scope="module")
def counts_are_posted(switches):
	switches(stock_lock=True, post_counts_of_locked_stock="1")


def adds_up(item: str) -> None:
	stock = world.stock_of(item)
	assert stock.locked == stock.written
	assert stock.on_hand == stock.ledger
	assert stock.locked <= stock.on_hand


def test_a_count_and_an_order_for_the_same_units_never_lock_what_is_not_there(race, round):
	(item,) = world.stocked_items(1, 10)
	held = world.draft_order({item: 6})
	world.submit(held)
	late, count = world.draft_order({item: 4}), drafts.draft_reconciliation(item, 5)

	locker, counter = race(
		call("submit", "Sales Order", late, start_within_s=0.1),
		call("submit", "Stock Reconciliation", count, start_within_s=0.1),
	)

	world.all_done([locker])
	adds_up(item)
	assert counter.is_done or world.is_refusal(counter), counter.text
	assert world.stock_of(item).on_hand == (5 if counter.is_done else 10)


def test_two_counts_of_one_shelf_leave_what_the_last_one_found(race, round):
	(item,) = world.stocked_items(1, 10)
	order = world.draft_order({item: 10})
	world.submit(order)
	counts = [drafts.draft_reconciliation(item, qty) for qty in (3, 7)]

	outcomes = race(*(call("submit", "Stock Reconciliation", name) for name in counts))

	assert all(it.is_done or world.is_refusal(it) for it in outcomes), [it.text for it in outcomes]
	adds_up(item)
