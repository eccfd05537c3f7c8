"""Goods that come back: nobody gets them a second time unless somebody says so."""

import pytest

import frappe

from erpnext.controllers.sales_and_purchase_return import make_return_doc
from erpnext.stock.stock_balance import get_reserved_qty

from sales_wh_flow.audit import check
from sales_wh_flow.dispatch import api as dispatch_api
from sales_wh_flow.patches.v0_4 import returns_are_not_asked_for
from sales_wh_flow.picking import api as picking_api
from sales_wh_flow.shortage import api as shortage_api
from sales_wh_flow.stock_lock import hold_locks
from sales_wh_flow.stock_lock.guard.returned_serials import check_returned_serials
from sales_wh_flow.stock_lock.refusals import StockIsLocked
from sales_wh_flow.stock_lock.serving import jobs
from sales_wh_flow.stock_lock.store.open_demand import NOT_FOR_RETURNS
from tests.factories import (
	line,
	make_bundle,
	make_item,
	make_order,
	make_warehouse,
	receive,
)


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True)


@pytest.fixture
def item(warehouse):
	"""Five on hand."""
	code = make_item()
	receive(code, 5, warehouse)
	return code


def delivered(item, warehouse, qty=5):
	"""(order, note) of an order that was picked and delivered."""
	order = make_order(line(item, qty=qty), warehouse=warehouse, submit=True)
	for name in picking_api.make_pick_lists(order.name):
		frappe.get_doc("Pick List", name).submit()
		note = frappe.get_doc("Delivery Note", dispatch_api.make_delivery_note(name))
	return order, note.submit()


def returned(note, qty=None, **values):
	back = make_return_doc("Delivery Note", note.name)
	back.update(values)
	if qty:
		back.items[0].qty = -qty
	return back.insert().submit()


def locked(order):
	rows = frappe.get_all(
		"Stock Reservation Entry",
		{"voucher_no": order.name, "docstatus": 1},
		["reserved_qty", "delivered_qty"],
	)
	return sum(row.reserved_qty - row.delivered_qty for row in rows)


def status(order):
	return frappe.db.get_value("Sales Order", order.name, "swf_flow_status")


def is_well(item):
	return not check.look(items=[item])


def test_returned_goods_are_not_locked_again_for_who_returned_them(item, warehouse, committed):
	order, note = delivered(item, warehouse)

	returned(note, 2)
	committed()
	jobs.serve_waiting_demand()

	assert locked(order) == 0
	assert status(order) == "Dispatched"
	assert not shortage_api.missing_lines(order.name)["lines"]
	assert is_well(item)


def test_goods_returned_to_quarantine_take_no_fresh_ones_from_who_waits(item, warehouse, committed):
	order, note = delivered(item, warehouse)
	waiting = make_order(line(item, qty=3), warehouse=warehouse, submit=True)
	back = make_return_doc("Delivery Note", note.name)
	back.items[0].update({"qty": -2, "warehouse": make_warehouse()})
	back.insert().submit()
	receive(item, 2, warehouse)
	committed()

	jobs.serve_waiting_demand()

	assert (locked(order), locked(waiting)) == (0, 2)
	assert is_well(item)


def test_returned_goods_that_are_sent_again_are_locked_picked_and_delivered(item, warehouse, committed):
	order, note = delivered(item, warehouse)
	returned(note, swf_replace=1)
	committed()

	jobs.serve_waiting_demand()

	assert (locked(order), status(order)) == (5, "Locked")
	again = frappe.get_doc("Pick List", picking_api.make_pick_lists(order.name)[0]).submit()
	frappe.get_doc("Delivery Note", dispatch_api.make_delivery_note(again.name)).submit()
	assert (locked(order), status(order)) == (0, "Dispatched")
	assert frappe.db.get_value("Sales Order Item", order.items[0].name, "picked_qty") == 5
	assert is_well(item)


def test_a_return_by_mistake_can_be_cancelled_although_its_order_was_served(item, warehouse, committed):
	order, note = delivered(item, warehouse)
	back = returned(note, 4, swf_replace=1)
	committed()
	jobs.serve_waiting_demand()
	served = locked(order)

	frappe.get_doc("Delivery Note", back.name).cancel()

	assert (served, locked(order), status(order)) == (4, 0, "Dispatched")
	assert is_well(item)


def test_a_return_that_is_cancelled_holds_every_bin_of_its_rows_before_the_series(
	item, warehouse, committed, monkeypatch
):
	"""Its goods lie in Quarantine; one row of its order was served again, the other waits."""
	other = make_item()
	receive(other, 5, warehouse)
	order = make_order(line(item, qty=5), line(other, qty=5), warehouse=warehouse, submit=True)
	pick_list = frappe.get_doc("Pick List", picking_api.make_pick_lists(order.name)[0]).submit()
	note = frappe.get_doc("Delivery Note", dispatch_api.make_delivery_note(pick_list.name)).submit()
	back = make_return_doc("Delivery Note", note.name)
	back.update({"swf_replace": 1, "set_warehouse": ""})
	quarantine = make_warehouse()
	for row in back.items:
		row.warehouse = quarantine
	back.insert().submit()
	receive(item, 5, warehouse)
	committed()
	jobs.serve_waiting_demand()
	waiting = {"item_code": other, "warehouse": warehouse}
	before, seen = frappe.db.get_value("Bin", waiting, "modified"), []
	monkeypatch.setattr(
		hold_locks, "Series", lambda _doctype: seen.append(frappe.db.get_value("Bin", waiting, "modified"))
	)

	frappe.get_doc("Delivery Note", back.name).cancel()

	assert seen and before not in seen


@pytest.mark.parametrize("what", ["return", "receipt"])
def test_what_others_have_locked_can_not_be_taken_back_and_the_refusal_names_them(
	what, item, warehouse, committed
):
	if what == "return":
		_order, note = delivered(item, warehouse)
		made = returned(note, 4)
	else:
		made = receive(item, 3, warehouse)
	other = make_order(line(item, qty=8), warehouse=warehouse, submit=True)
	frappe.db.savepoint("taken")

	with pytest.raises(StockIsLocked, match=other.name):
		frappe.get_doc(made.doctype, made.name).cancel()

	frappe.db.rollback(save_point="taken")


def test_returned_bundles_are_not_locked_again_either(warehouse, committed):
	pump, hose = make_item(), make_item()
	receive(pump, 2, warehouse)
	receive(hose, 4, warehouse)
	order, note = delivered(make_bundle({pump: 1, hose: 2}), warehouse, qty=2)

	returned(note, 1)
	committed()
	jobs.serve_waiting_demand()

	assert locked(order) == 0
	assert is_well(pump)
	assert is_well(hose)


def test_erpnexts_own_note_does_not_offer_again_what_came_back(item, warehouse):
	"""Five ordered, two of them delivered and returned: three are still asked for."""
	from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note

	order = make_order(line(item, qty=5), warehouse=warehouse, submit=True)
	part = make_delivery_note(order.name)
	part.items[0].qty = 2
	returned(part.insert().submit())

	for given in ({}, {"for_reserved_stock": True}):
		note = dispatch_api.make_delivery_note_of_order(order.name, None, given)
		assert [row.qty for row in note.items] == [3]


@pytest.fixture
def serial_item(warehouse):
	"""Two serial numbers on hand."""
	code = make_item(has_serial_no=1, serial_no_series=frappe.generate_hash(length=6) + ".####")
	receive(code, 2, warehouse)
	return code


def serial_back(note, serial_no):
	back = make_return_doc("Delivery Note", note.name)
	back.items[0].update(
		{"qty": -1, "serial_and_batch_bundle": None, "use_serial_batch_fields": 1, "serial_no": serial_no}
	)
	return back.insert()


def test_a_serial_number_comes_back_with_the_note_it_left_by_last(serial_item, warehouse):
	"""ERPNext takes it from the first note again, and the second order keeps what it gave back."""
	_order, note = delivered(serial_item, warehouse, qty=2)
	first, _second = sorted(frappe.get_all("Serial No", {"item_code": serial_item}, pluck="name"))
	serial_back(note, first).submit()
	with pytest.raises(frappe.ValidationError, match="is in stock since"):
		check_returned_serials(serial_back(note, first))
	_other_order, other_note = delivered(serial_item, warehouse, qty=1)
	frappe.db.savepoint("returned")

	with pytest.raises(frappe.ValidationError, match=other_note.name):
		serial_back(note, first).submit()

	frappe.db.rollback(save_point="returned")
	serial_back(other_note, first).submit()
	assert frappe.db.get_value("Serial No", first, "warehouse") == warehouse


# what is asked of stock


def asked(item, warehouse):
	"""(what the Bin says is asked for, what ERPNext counts)"""
	at = {"item_code": item, "warehouse": warehouse}
	return frappe.db.get_value("Bin", at, "reserved_qty"), get_reserved_qty(item, warehouse)


def test_what_came_back_and_is_not_sent_again_is_asked_for_by_nobody(item, warehouse):
	_order, note = delivered(item, warehouse)

	back = returned(note, qty=3)

	assert asked(item, warehouse) == (0, 0)
	assert locked(make_order(line(item, qty=3), warehouse=warehouse, submit=True)) == 3
	returned(note, qty=2, swf_replace=1)
	assert asked(item, warehouse) == (5, 5)
	assert back.docstatus == 1 and check.look() == ()


def test_a_return_that_is_cancelled_leaves_nothing_asked_for(item, warehouse):
	_order, note = delivered(item, warehouse)
	for again in (0, 1):
		returned(note, qty=2, swf_replace=again).cancel()

		assert asked(item, warehouse) == (0, 0)


def test_goods_delivered_again_by_hand_make_no_demand_below_nothing(item, warehouse):
	order, note = delivered(item, warehouse)
	returned(note, qty=2)
	frappe.db.set_value("Sales Order Item", order.items[0].name, "delivered_qty", 5)

	make_order(line(item, qty=2), warehouse=warehouse, submit=True)

	assert asked(item, warehouse)[0] == 2


def test_selling_settings_go_on_asking_for_no_returns(item):
	settings = frappe.get_doc("Selling Settings")
	assert settings.get(NOT_FOR_RETURNS)
	settings.set(NOT_FOR_RETURNS, 0)

	with pytest.raises(frappe.ValidationError, match="switch Stock Lock off first"):
		settings.save()


def test_what_came_back_while_the_lock_was_off_is_asked_for_by_nobody_once_it_is_on(
	item, warehouse, switches
):
	_order, note = delivered(item, warehouse)
	switches()
	frappe.db.set_single_value("Selling Settings", NOT_FOR_RETURNS, 0)
	returned(note, qty=2)
	assert asked(item, warehouse) == (2, 2)

	switches(stock_lock=True)

	assert asked(item, warehouse) == (0, 0)


def test_what_came_back_before_the_app_counted_is_added_up_when_the_lock_goes_on(item, warehouse, switches):
	"""ERPNext's setting is ticked, and its own figure counts what is sent again, too."""
	order, note = delivered(item, warehouse)
	returned(note, qty=2)
	returned(note, qty=1, swf_replace=1)
	figures = {"swf_returned_qty": 0, "swf_replaced_qty": 0, "returned_qty": 3}
	switches()
	frappe.db.set_value("Sales Order Item", order.items[0].name, dict(figures))
	frappe.db.set_value("Bin", {"item_code": item, "warehouse": warehouse}, "reserved_qty", 0)

	switches(stock_lock=True)

	assert asked(item, warehouse) == (1, 1)
	found = frappe.db.get_value("Sales Order Item", order.items[0].name, [*figures])
	assert found == (3, 1, 2)


def test_an_update_takes_what_came_back_before_it_out_of_demand(item, warehouse, switches):
	order, note = delivered(item, warehouse)
	returned(note, qty=2)
	frappe.db.set_value("Sales Order Item", order.items[0].name, "returned_qty", 0)
	frappe.db.set_single_value("Selling Settings", NOT_FOR_RETURNS, 0)
	frappe.db.set_value("Bin", {"item_code": item, "warehouse": warehouse}, "reserved_qty", 2)

	for _again in range(2):
		returns_are_not_asked_for.execute()

		assert asked(item, warehouse) == (0, 0)

	switches()
	frappe.db.set_value("Sales Order Item", order.items[0].name, "returned_qty", 0)
	returns_are_not_asked_for.execute()

	assert frappe.db.get_value("Sales Order Item", order.items[0].name, "returned_qty") == 2
