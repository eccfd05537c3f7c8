"""Components of picked bundles leave with the batches and serial numbers that were picked for them."""

import pytest

import frappe

from sales_wh_flow.audit import check
from sales_wh_flow.dispatch import api
from sales_wh_flow.picking import api as picking_api
from tests.factories import line, make_bundle, make_item, make_order, make_warehouse, receive, unique
from tests.stock_lock.bundle_world import locked


@pytest.fixture(autouse=True)
def flow_is_on(switches, in_this_transaction):
	switches(stock_lock=True, fulfilment=True)


@pytest.fixture
def warehouse():
	return make_warehouse()


def picked_order(part, warehouse):
	"""An order of four bundles of two pieces, and its submitted Pick List."""
	order = make_order(line(make_bundle({part: 2}), qty=4), warehouse=warehouse, submit=True)
	(name,) = picking_api.make_pick_lists(order.name)
	return order, frappe.get_doc("Pick List", name).submit()


def sent_in_two_notes(pick_list):
	"""The lots of a note of three bundles, those of a note of the fourth one, and how far the list is."""
	left = []
	for qty in (3, 1):
		note = frappe.get_doc("Delivery Note", api.make_delivery_note(pick_list.name))
		note.items[0].qty = qty
		note.save().submit()
		left.append(
			frappe.get_all(
				"Serial and Batch Entry",
				{"parent": note.packed_items[0].serial_and_batch_bundle},
				["serial_no", "batch_no", "qty"],
				order_by="idx",
			)
		)
		left.append(frappe.db.get_value("Pick List", pick_list.name, "status"))
	return left


def test_a_component_of_two_batches_leaves_in_parts(warehouse):
	part = make_item(has_batch_no=1, create_new_batch=1, batch_number_series=unique("B") + ".###")
	receive(part, 5, warehouse)
	receive(part, 4, warehouse)
	order, pick_list = picked_order(part, warehouse)
	first, second = (row.batch_no for row in pick_list.locations)

	sent, on_the_way, rest, in_the_end = sent_in_two_notes(pick_list)

	assert [(it.batch_no, -it.qty) for it in sent] == [(first, 5), (second, 1)]
	assert [(it.batch_no, -it.qty) for it in rest] == [(second, 2)]
	assert (on_the_way, in_the_end) == ("Partly Delivered", "Completed")
	assert locked(order) == {}
	assert check.look(orders=[order.name]) == ()


def test_a_component_of_serial_numbers_leaves_in_parts(warehouse):
	code = unique("S").replace(" ", "-")
	part = make_item(item_code=code, has_serial_no=1, serial_no_series=f"{code}-.###")
	receive(part, 8, warehouse)
	order, pick_list = picked_order(part, warehouse)
	numbers = pick_list.locations[0].serial_no.split("\n")

	sent, on_the_way, rest, in_the_end = sent_in_two_notes(pick_list)

	assert ([it.serial_no for it in sent], [it.serial_no for it in rest]) == (numbers[:6], numbers[6:])
	assert (on_the_way, in_the_end) == ("Partly Delivered", "Completed")
	assert locked(order) == {}
	assert check.look(orders=[order.name]) == ()


def test_what_makes_no_whole_bundle_any_more_makes_no_empty_note(warehouse):
	part = make_item()
	receive(part, 10, warehouse)
	order, pick_list = picked_order(part, warehouse)
	bundle = frappe.get_doc("Product Bundle", order.items[0].item_code)
	bundle.items[0].qty = 5
	bundle.save()
	frappe.get_doc("Delivery Note", api.make_delivery_note(pick_list.name)).submit()

	with pytest.raises(frappe.ValidationError, match="Update Items"):
		api.make_delivery_note(pick_list.name)
