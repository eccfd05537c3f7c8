"""What users of other warehouse systems, and of ERPNext's own Pick List, reported as broken."""

import pytest

import frappe

from sales_wh_flow.dispatch import api as dispatch_api
from sales_wh_flow.picking import api
from tests.factories import (
	line,
	make_address,
	make_customer,
	make_item,
	make_order,
	make_warehouse,
	receive,
	stocked,
	unique,
)
from tests.picking.site.test_walk import key, new_list, refused, row_of, scan, with_barcode

pytestmark = pytest.mark.usefixtures("in_this_transaction")


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True)


@pytest.fixture
def place():
	return make_warehouse()


def batched(place, *quantities, **values):
	"""(item, its batches, the first received first)."""
	series = {"has_batch_no": 1, "create_new_batch": 1, "batch_number_series": f"{unique('L')}.####"}
	item = make_item(**series, **values)
	for qty in quantities:
		receive(item, qty, place)
	return item, frappe.get_all("Batch", {"item": item}, pluck="name", order_by="name")


def listed(item, qty, place, **values):
	order = make_order(line(item, qty=qty, warehouse=place, **values), warehouse=place).submit()
	(name,) = api.make_pick_lists(order.name)
	return name, order


def test_an_order_whose_list_was_cancelled_is_picked_again():
	name, (_item,), order = new_list(2)
	frappe.get_doc("Pick List", name).submit()
	frappe.get_doc("Pick List", name).cancel()
	assert frappe.db.get_value("Sales Order Item", {"parent": order.name}, "picked_qty") == 0
	(again,) = api.make_pick_lists(order.name)
	frappe.get_doc("Pick List", again).submit()
	assert frappe.db.get_value("Sales Order", order.name, "per_picked") == 100


def test_a_second_order_of_a_batch_gets_what_it_asked_for(place):
	item, _batches = batched(place, 20, 30)
	listed(item, 25, place)
	name, _order = listed(item, 4, place)
	assert sum(row["asked"] for row in api.list_to_pick(name)["rows"]) == 4


def test_a_batch_too_small_for_a_carton_empties_no_list(place):
	item, (_rest, _full) = batched(place, 1, 50, uoms=[{"uom": "Box", "conversion_factor": 25}])
	name, _order = listed(item, 1, place, uom="Box", conversion_factor=25)
	assert sum(row["asked"] for row in api.list_to_pick(name)["rows"]) == 25


def test_a_barcode_in_another_unit_than_the_stocks_counts_each_time():
	name, (item,), _order = new_list(36)
	code = with_barcode(item, unique("B"), "Box", 12)
	for count in (12, 24, 36):
		assert row_of(scan(name, code), item)["found"] == count
	with refused("found already"):
		scan(name, code)


def test_no_serial_number_is_certified_because_the_list_proposed_it(place):
	item = stocked(2, place, has_serial_no=1, serial_no_series=f"{unique('S')}.####")
	name, _order = listed(item, 2, place)
	first, second = row_of(api.list_to_pick(name), item)["serial_nos"]
	shown = row_of(scan(name, second), item)
	assert (shown["found"], shown["found_serials"]) == (1, [second])
	with refused("not found yet"):
		api.finish_list(pick_list=name, key=key())
	scan(name, first)
	api.finish_list(pick_list=name, key=key())


def test_more_of_a_batch_than_there_is_is_never_picked(place):
	"""Elsewhere the same place could be picked over and over, and the goods that nobody has were shipped."""
	item, (first, second) = batched(place, 2, 2)
	name, _order = listed(item, 4, place)
	for _time in range(2):
		scan(name, first)
	with pytest.raises(frappe.ValidationError):
		scan(name, first)
	found = {row["batch_no"]: row["found"] for row in api.list_to_pick(name)["rows"]}
	assert found == {first: 2, second: 0}


def test_the_rest_of_a_list_that_left_in_part_is_given_back(place):
	"""Elsewhere it stays reserved for ever: the list can be neither closed nor released."""
	item = stocked(10, place)
	name, order = listed(item, 10, place)
	frappe.get_doc("Pick List", name).submit()
	note = frappe.get_doc("Delivery Note", dispatch_api.make_delivery_note(name))
	note.items[0].qty = 4
	note.save()
	note.submit()
	frappe.get_doc("Pick List", name).cancel()
	left = frappe.get_all("Put Away", {"pick_list": name}, ["qty_stock", "state"])
	assert [(row.qty_stock, row.state) for row in left] == [(6, "Open")]
	(again,) = api.make_pick_lists(order.name)
	assert [row["asked"] for row in api.list_to_pick(again)["rows"]] == [6]


def test_orders_of_two_addresses_on_one_list_leave_with_a_note_each(place):
	"""erpnext#48779: both were on one note, with the address of one."""
	item, customer = stocked(9, place), make_customer()
	orders = []
	for to in (make_address(customer), make_address(customer), None):
		order = make_order(line(item, qty=3, warehouse=place), warehouse=place, customer=customer)
		order.shipping_address_name = to or orders[0].shipping_address_name
		orders.append(order.save().submit())
	wave = frappe.get_doc("Pick List", api.make_wave(place, "All", "")).submit()
	first = frappe.get_doc("Delivery Note", dispatch_api.make_delivery_note(wave.name))
	assert dispatch_api.make_delivery_note(wave.name) == first.name
	first.submit()
	second = frappe.get_doc("Delivery Note", dispatch_api.make_delivery_note(wave.name)).submit()
	assert [
		(note.shipping_address_name, {row.against_sales_order for row in note.items})
		for note in (first, second)
	] == [
		(orders[0].shipping_address_name, {orders[0].name, orders[2].name}),
		(orders[1].shipping_address_name, {orders[1].name}),
	]
	with pytest.raises(frappe.ValidationError, match="has left"):
		dispatch_api.make_delivery_note(wave.name)
