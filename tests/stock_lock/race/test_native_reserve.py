"""ERPNext's own Reserve and Unreserve buttons take part in the same lock."""

import pytest

from tests.racing import drafts, world
from tests.racing.harness import call

pytestmark = pytest.mark.race_for_stock


@pytest.fixture(autouse=True, scope="module")
def lock_is_on(switches):
	switches(stock_lock=True)


def waiting_order(items, qty):
	"""A submitted order that nothing is locked for, because nothing was there."""
	order = world.draft_order(dict.fromkeys(items, qty))
	world.submit(order)
	return order


def test_the_reserve_button_and_an_order_never_lock_the_same_unit(race, round):
	(item,) = world.stocked_items(1, 0)
	reserved = waiting_order([item], 10)
	world.receive([item], 10)
	order = world.draft_order({item: 10})

	presser, locker = race(
		call("press_reserve", reserved, start_within_s=0.1),
		call("submit", "Sales Order", order, start_within_s=0.1),
	)

	world.all_done([locker])
	assert presser.is_done or world.is_refusal(presser), presser.text
	stock = world.stock_of(item)
	assert (stock.locked, stock.written) == (10, 10)


def test_two_reserve_buttons_never_lock_the_same_unit(race, round):
	items = world.stocked_items(3, 0)
	orders = [waiting_order(world.shuffled(items), 7) for _ in range(3)]
	world.receive(items, 10)

	outcomes = race(*(call("press_reserve", order) for order in orders))

	assert all(it.is_done or world.is_refusal(it) for it in outcomes), [it.text for it in outcomes]
	assert any(it.is_done for it in outcomes)
	for item in items:
		stock = world.stock_of(item)
		assert stock.locked == stock.written <= 10


def test_the_reserve_button_and_a_free_delivery_note_never_both_get_the_stock(race, round):
	(item,) = world.stocked_items(1, 0)
	order = waiting_order([item], 10)
	world.receive([item], 10)
	note = drafts.draft_delivery(item, 10)

	presser, shipper = race(
		call("press_reserve", order, start_within_s=0.1),
		call("submit", "Delivery Note", note, start_within_s=0.1),
	)

	assert all(it.is_done or world.is_refusal(it) for it in (presser, shipper)), [presser.text, shipper.text]
	stock = world.stock_of(item)
	assert stock.locked == stock.written == stock.on_hand == stock.ledger


def test_the_unreserve_button_and_an_order_keep_every_figure(race, round):
	items = world.stocked_items(3, 10)
	given_up = waiting_order(items, 6)
	order = world.draft_order(dict.fromkeys(world.shuffled(items), 6))

	outcomes = race(call("press_unreserve", given_up), call("submit", "Sales Order", order))

	world.all_done(outcomes)
	for item in items:
		stock = world.stock_of(item)
		held = world.locked_by(item)
		assert stock.locked == stock.written == held[order]
		assert held[order] in (4, 6)
