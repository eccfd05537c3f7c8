"""An order that locks stock against a document that takes it: the second sees what the first one did."""

import pytest

import frappe

from sales_wh_flow.base.retry import is_worth_retrying
from tests.racing import drafts, world
from tests.racing.actions import do, is_isolated
from tests.racing.harness import call

pytestmark = pytest.mark.race_for_stock


@pytest.fixture(autouse=True, scope="module")
def lock_is_on(switches):
	switches(stock_lock=True)


TAKERS = {
	"Delivery Note": lambda item: drafts.draft_delivery(item, 10),
	"Sales Invoice": lambda item: drafts.draft_invoice(item, 10),
	"Stock Entry": lambda item: drafts.draft_stock_entry(item, 10),
	"Stock Reconciliation": lambda item: drafts.draft_reconciliation(item, 0),
}


@pytest.mark.parametrize("doctype", TAKERS)
def test_an_order_and_a_document_that_takes_the_same_ten_units_never_both_get_them(race, round, doctype):
	(item,) = world.stocked_items(1, 10)
	order, taker = world.draft_order({item: 10}), TAKERS[doctype](item)

	locker, taken = race(
		call("submit", "Sales Order", order, start_within_s=0.1),
		call("submit", doctype, taker, start_within_s=0.1),
	)

	world.all_done([locker])
	stock = world.stock_of(item)
	left = 0 if taken.is_done else 10
	assert (stock.locked, stock.written, stock.on_hand, stock.ledger) == (left, left, left, left), taken.text
	assert taken.is_done or world.is_refusal(taken), taken.text
	assert world.waiting_for(order) == 10 - left


def test_two_free_delivery_notes_and_an_order_share_ten_units(race, round):
	"""Fifteen are wanted, ten are there: who comes too late is refused or waits, and every unit is used."""
	(item,) = world.stocked_items(1, 10)
	order = world.draft_order({item: 5})
	notes = [drafts.draft_delivery(item, 5) for _ in range(2)]

	locker, *shippers = race(
		call("submit", "Sales Order", order, start_within_s=0.1),
		*(call("submit", "Delivery Note", note, start_within_s=0.1) for note in notes),
	)

	world.all_done([locker])
	assert all(it.is_done or world.is_refusal(it) for it in shippers), [it.text for it in shippers]
	stock = world.stock_of(item)
	shipped = 5 * sum(it.is_done for it in shippers)
	assert stock.on_hand == stock.ledger == 10 - shipped
	assert stock.locked == stock.written == 10 - shipped


def test_free_delivery_notes_never_ship_what_is_locked(race, round):
	(item,) = world.stocked_items(1, 20)
	order = world.draft_order({item: 5})
	world.submit(order)
	notes = [drafts.draft_delivery(item, 5) for _ in range(4)]

	outcomes = race(*(call("submit", "Delivery Note", note) for note in notes))

	assert sum(it.is_done for it in outcomes) == 3, [it.text for it in outcomes]
	stock = world.stock_of(item)
	assert (stock.on_hand, stock.ledger, stock.locked, stock.written) == (5, 5, 5, 5)


def test_an_order_against_the_cancel_of_the_receipt_it_would_lock(race, round):
	(item,) = world.stocked_items(1, 0)
	receipt = world.receive([item], 10)
	order = world.draft_order({item: 10})

	locker, canceller = race(
		call("submit", "Sales Order", order, start_within_s=0.1),
		call("cancel", "Stock Entry", receipt, start_within_s=0.1),
	)

	world.all_done([locker])
	stock = world.stock_of(item)
	left = 0 if canceller.is_done else 10
	assert (stock.on_hand, stock.ledger, stock.locked, stock.written) == (left, left, left, left)
	assert canceller.is_done or world.is_refusal(canceller), canceller.text


def test_what_is_locked_is_added_up_from_what_others_have_delivered_meanwhile(race):
	(item,) = world.stocked_items(1, 10)
	shipped, waiting = world.draft_order({item: 3}), world.draft_order({item: 4})
	world.submit(shipped)
	world.submit(waiting)
	note = drafts.draft_delivery_of(shipped)
	frappe.db.commit()
	bin_name = frappe.db.get_value("Bin", {"item_code": item, "reserved_stock": 7})  # the snapshot begins

	world.all_done(race(call("submit", "Delivery Note", note)))
	if is_isolated():  # a server that keeps to the snapshot has it tried again, from a fresh one
		with pytest.raises(Exception) as refused:
			frappe.get_doc("Bin", bin_name).update_reserved_stock()
		assert is_worth_retrying(refused.value)
		frappe.db.rollback()
	frappe.get_doc("Bin", bin_name).update_reserved_stock()

	written = frappe.db.get_value("Bin", bin_name, "reserved_stock")
	frappe.db.rollback()
	assert written == 4


def test_a_delivery_is_not_refused_for_what_others_have_delivered_meanwhile(race):
	"""Nine are on hand and seven of them locked, three for the order itself; ERPNext's snapshot counts the
	other delivery among the locks still, but no more among the stock.
	"""
	(item,) = world.stocked_items(1, 12)
	mine, other, third = (world.draft_order({item: qty}) for qty in (3, 3, 4))
	for order in (mine, other, third):
		world.submit(order)
	my_note, other_note = drafts.draft_delivery_of(mine), drafts.draft_delivery_of(other)
	my_note = frappe.get_doc("Delivery Note", my_note)  # the snapshot begins

	world.all_done(race(call("submit", "Delivery Note", other_note)))
	do(my_note, "submit")
	frappe.db.commit()

	stock = world.stock_of(item)
	assert (stock.on_hand, stock.ledger, stock.locked, stock.written) == (6, 6, 4, 4)


def test_a_batch_that_was_locked_meanwhile_is_not_taken(race):
	item = world.stocked_batch_item(10)
	world.receive([item], 10)
	order = world.draft_order({item: 10})
	note = frappe.get_doc("Delivery Note", drafts.draft_delivery(item, 3, batch_no=world.batches(item)[0]))

	world.all_done(race(call("submit", "Sales Order", order)))

	with pytest.raises(frappe.ValidationError):
		do(note, "submit")
	frappe.db.rollback()
	assert world.stock_of(item).on_hand == 20


def test_a_batch_is_not_taken_below_what_is_locked_of_it(race):
	item = world.stocked_batch_item(10)
	world.receive([item], 10)
	world.submit(world.draft_order({item: 5}))
	first = world.batches(item)[0]
	other = drafts.draft_delivery(item, 5, batch_no=first)
	note = frappe.get_doc("Delivery Note", drafts.draft_delivery(item, 5, batch_no=first))

	world.all_done(race(call("submit", "Delivery Note", other)))

	with pytest.raises(frappe.ValidationError):
		do(note, "submit")
	frappe.db.rollback()
	assert world.stock_of(item).on_hand == 15


def test_a_serial_number_that_was_locked_meanwhile_is_not_taken(race):
	item = world.stocked_serial_item(4)
	order = world.draft_order({item: 2})
	note = drafts.draft_delivery(item, 1, serial_no=world.serials(item)[0])
	note = frappe.get_doc("Delivery Note", note)

	world.all_done(race(call("submit", "Sales Order", order)))

	with pytest.raises(frappe.ValidationError):
		do(note, "submit")
	frappe.db.rollback()
	assert world.stock_of(item).on_hand == 4


def test_deliveries_of_orders_and_new_orders_over_the_same_items_all_succeed(race, round):
	items = world.stocked_items(6, 12)
	shipped = [world.draft_order(dict.fromkeys(world.shuffled(items), 3)) for _ in range(2)]
	for order in shipped:
		world.submit(order)
	notes = [drafts.draft_delivery_of(order) for order in shipped]
	new = [world.draft_order(dict.fromkeys(world.shuffled(items), 4)) for _ in range(2)]

	outcomes = race(
		*(call("submit", "Delivery Note", note) for note in notes),
		*(call("submit", "Sales Order", order) for order in new),
	)

	world.all_done(outcomes)
	for item in items:
		stock = world.stock_of(item)
		assert (stock.on_hand, stock.ledger, stock.locked, stock.written) == (6, 6, 6, 6), item
		assert stock.demand == 8


def test_a_delivery_against_the_job_that_serves_the_same_order(race, round):
	"""Part of the order is shipped while the rest of it comes in and is locked."""
	items = world.stocked_items(4, 5)
	order = world.draft_order(dict.fromkeys(items, 8))
	world.submit(order)
	note = drafts.draft_delivery_of(order, qty=5)
	world.receive(items, 3)

	outcomes = race(call("submit", "Delivery Note", note), call("serve_waiting_demand"))

	world.all_done(outcomes)
	world.serve_all()
	for item in items:
		stock = world.stock_of(item)
		assert (stock.on_hand, stock.ledger, stock.locked, stock.written, stock.demand) == (3, 3, 3, 3, 3)
