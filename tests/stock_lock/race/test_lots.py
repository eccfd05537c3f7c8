"""Several people take the same batch or serial number, or goods come back while others are served."""

import pytest

import frappe

from tests.racing import drafts, world
from tests.racing.harness import call


@pytest.fixture(autouse=True, scope="module")
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True)


def draft_note(order: str, **lot) -> str:
	"""A draft Delivery Note of an order in whose row somebody typed a batch or serial numbers."""
	name = drafts.draft_delivery_of(order)
	note = frappe.get_doc("Delivery Note", name)
	note.items[0].update({"use_serial_batch_fields": 1, **lot})
	note.save()
	frappe.db.commit()
	return name


def status(order: str) -> str:
	frappe.db.rollback()
	return frappe.db.get_value("Sales Order", order, "swf_flow_status")


def test_two_notes_take_the_same_batch_that_is_locked_for_neither(race, round):
	"""Six of the second batch are free; both orders hold the first one and want all six."""
	item = world.stocked_batch_item(12)
	orders = [world.draft_order({item: 6}) for _ in range(2)]
	for order in orders:
		world.submit(order)
	world.receive([item], 6)
	second = world.batches(item)[-1]
	notes = [draft_note(order, batch_no=second) for order in orders]

	outcomes = race(*(call("submit", "Delivery Note", name) for name in notes))

	assert sum(it.is_done for it in outcomes) == 1, [it.text for it in outcomes]
	assert all(it.is_done or world.is_refusal(it) for it in outcomes), [it.text for it in outcomes]
	assert sorted(map(status, orders)) == ["Dispatched", "Locked"]
	assert world.stock_of(item).locked == 6


def test_two_notes_take_the_same_serial_number_that_is_locked_for_neither(race, round):
	item = world.stocked_serial_item(3)
	orders = [world.draft_order({item: 1}) for _ in range(2)]
	for order in orders:
		world.submit(order)
	free = world.serials(item)[-1]
	notes = [draft_note(order, serial_no=free) for order in orders]

	outcomes = race(*(call("submit", "Delivery Note", name) for name in notes))

	assert sum(it.is_done for it in outcomes) == 1, [it.text for it in outcomes]
	assert all(it.is_done or world.is_refusal(it) for it in outcomes), [it.text for it in outcomes]
	assert world.stock_of(item).locked == 1


def test_two_notes_take_their_parts_of_a_lines_serial_numbers(race, round):
	"""They are one reservation; each note splits its part off."""
	item = world.stocked_serial_item(5)
	order = world.draft_order({item: 5})
	world.submit(order)
	numbers = world.serials(item)
	parts = numbers[:2], numbers[2:4]
	notes = [draft_note(order, qty=2, serial_no="\n".join(part)) for part in parts]

	outcomes = race(*(call("submit", "Delivery Note", name) for name in notes))

	world.all_done(outcomes)
	assert world.locked_by(item) == {order: 1}
	assert sorted(world.entries_held(item)) == sorted(numbers), "each is named once, delivered or locked"


def test_a_free_batch_is_taken_by_a_picker_or_locked_by_a_new_order(race, round):
	item = world.stocked_batch_item(6)
	order = world.draft_order({item: 6})
	world.submit(order)
	world.receive([item], 6)
	note = draft_note(order, batch_no=world.batches(item)[-1])
	new = world.draft_order({item: 6})

	outcomes = race(call("submit", "Delivery Note", note), call("submit", "Sales Order", new))

	# Where the new order was first, the picker is refused, and nobody has lost a unit.
	assert outcomes[1].is_done, outcomes[1].text
	assert outcomes[0].is_done or world.is_refusal(outcomes[0]), outcomes[0].text
	held = world.locked_by(item)
	assert held.get(new) == 6
	assert held.get(order, 0) == (0 if outcomes[0].is_done else 6)


def test_goods_that_come_back_are_locked_once(race, round):
	"""A return is submitted while others are served and a new order comes."""
	from erpnext.controllers.sales_and_purchase_return import make_return_doc

	(item,) = world.stocked_items(1, 5)
	order = world.draft_order({item: 5})
	world.submit(order)
	note = drafts.draft_delivery_of(order)
	frappe.get_doc("Delivery Note", note).submit()
	waiting = world.draft_order({item: 3})
	world.submit(waiting)
	back = make_return_doc("Delivery Note", note).insert().name
	new = world.draft_order({item: 4})
	frappe.db.commit()

	outcomes = race(
		call("submit", "Delivery Note", back),
		call("serve_waiting_demand"),
		call("submit", "Sales Order", new),
	)
	world.serve_all()

	assert all(it.is_done for it in outcomes), [it.text for it in outcomes]
	held = world.locked_by(item)
	assert sum(held.values()) == 5
	assert held.get(order, 0) == 0
	assert held.get(waiting) == 3, "a new order does not pass who waits for what came back"


def test_a_batch_that_goes_bad_while_its_order_is_delivered_leaves_or_is_left(race, round):
	"""The hourly job takes the lock to a good batch while the note of the old one is submitted."""
	item = world.stocked_batch_item(6)
	order = world.draft_order({item: 6})
	world.submit(order)
	world.receive([item], 6)
	old, fresh = world.batches(item)
	note = draft_note(order, batch_no=old)
	frappe.db.set_value("Batch", old, "swf_quality_hold", 1)
	frappe.db.commit()

	job, shipper = race(call("expire_locks"), call("submit", "Delivery Note", note))

	assert job.is_done, job.text
	assert world.is_refusal(shipper), "a batch that is kept back leaves on no note"
	assert world.batches_held(item) == [(fresh, 6)]
	assert status(order) == "Locked"


def test_what_came_for_an_order_is_locked_once_while_others_are_served(race, round, switches):
	"""Its receipt is submitted while the queue is served and a new order comes."""
	switches(goods_for_order_first="1", stock_lock=True, fulfilment=True)
	(item,) = world.stocked_items(1, 0)
	older, mine = (world.draft_order({item: 5}) for _ in range(2))
	for order in (older, mine):
		world.submit(order)
	receipt = drafts.draft_receipt_for(mine, 5)
	new = world.draft_order({item: 5})

	outcomes = race(
		call("submit", "Purchase Receipt", receipt),
		call("serve_waiting_demand"),
		call("submit", "Sales Order", new),
	)
	switches(stock_lock=True, fulfilment=True)

	assert all(it.is_done for it in outcomes), [it.text for it in outcomes]
	assert world.locked_by(item) == {mine: 5}
