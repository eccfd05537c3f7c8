"""Two people press Make Pick Lists, or Deliver All, at once: each unit is on one list, and leaves once."""

import pytest

import frappe

from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note

from tests.racing import world
from tests.racing.harness import call


@pytest.fixture(autouse=True, scope="module")
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True)


def test_each_locked_unit_is_on_one_pick_list_only(race, round):
	items = world.stocked_items(3, 10)
	order = world.draft_order(dict.fromkeys(items, 10))
	world.submit(order)

	outcomes = race(*(call("make_pick_lists", order, start_within_s=0.05) for _ in range(3)))

	assert sum(it.is_done for it in outcomes) == 1
	assert all(it.is_done or world.is_refusal(it) for it in outcomes), [it.text for it in outcomes]
	assert world.on_pick_lists(order) == {item: 10 for item in items}


def test_serial_numbers_are_on_one_pick_list_only(race, round):
	item = world.stocked_serial_item(4)
	order = world.draft_order({item: 4})
	world.submit(order)

	outcomes = race(*(call("make_pick_lists", order) for _ in range(2)))

	assert sum(it.is_done for it in outcomes) == 1, [it.text for it in outcomes]
	assert world.on_pick_lists(order) == {item: 4}


def test_who_sends_beside_a_list_that_is_being_made_reads_its_name(race, round):
	(item,) = world.stocked_items(1, 10)
	order = world.draft_order({item: 10})
	world.submit(order)
	note = make_delivery_note(order).insert().name
	frappe.db.commit()

	sent, listed = race(
		call("submit", "Delivery Note", note, start_within_s=0.2), call("make_pick_lists", order)
	)

	frappe.db.rollback()
	names = frappe.get_all("Pick List Item", {"sales_order": order}, pluck="parent")
	assert sent.is_done or names[0] in sent.text, sent.text
	assert sent.is_done or listed.is_done


def test_what_two_people_deliver_at_once_leaves_once(race, round):
	items = world.stocked_items(3, 10)
	order = world.draft_order(dict.fromkeys(items, 10))
	world.submit(order)

	outcomes = race(*(call("send_order", order, start_within_s=0.05) for _ in range(3)))

	assert sum(it.is_done for it in outcomes) == 1, [it.text for it in outcomes]
	assert all(it.is_done or world.is_refusal(it) for it in outcomes), [it.text for it in outcomes]
	assert all(world.stock_of(item).on_hand == 0 for item in items)
