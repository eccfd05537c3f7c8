"""A box whose pieces come from two batches is picked in pieces and leaves as a box."""

import pytest

import frappe

from sales_wh_flow.dispatch import api as dispatch_api
from sales_wh_flow.picking import api as picking_api
from tests.factories import line, make_item, make_order, receive
from tests.stock_lock.site.test_lots import held, is_well, make_batch


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True)


@pytest.fixture
def box(warehouse):
	"""An item sold in boxes of 25, a piece of it in the first batch and 49 in the second."""
	item = make_item(has_batch_no=1, create_new_batch=0, uoms=[{"uom": "Box", "conversion_factor": 25}])
	names = [make_batch(item) for _ in range(2)]
	for name, qty in zip(names, (1, 49), strict=True):
		receive(item, qty, warehouse, batch_no=name, use_serial_batch_fields=1)
	frappe.db.set_value("UOM", "Box", "must_be_whole_number", 1)
	frappe.clear_document_cache("UOM", "Box")
	return item, *names


def box_order(item, warehouse, qty):
	return make_order(line(item, qty=qty, uom="Box", conversion_factor=25, warehouse=warehouse), submit=True)


def test_a_box_over_two_batches_is_picked_in_pieces_and_sent_as_a_box(box, warehouse):
	item, first, second = box
	order = box_order(item, warehouse, 1)

	pick = frappe.get_doc("Pick List", picking_api.make_pick_lists(order.name)[0]).submit()
	note = frappe.get_doc("Delivery Note", dispatch_api.make_delivery_note(pick.name)).submit()

	assert [(row.qty, row.uom, row.batch_no) for row in pick.locations] == [
		(1, "Nos", first),
		(24, "Nos", second),
	]
	assert [(row.qty, row.uom, row.stock_qty) for row in note.items] == [(1, "Box", 25)]
	assert held(order) == {}
	assert frappe.db.get_value("Sales Order", order.name, ["per_delivered", "swf_flow_status"]) == (
		100,
		"Dispatched",
	)
	assert frappe.db.get_value("Pick List", pick.name, "status") == "Completed"
	assert is_well(item)


def test_the_cancel_of_such_a_note_opens_its_pick_list_again(box, warehouse):
	item, first, second = box
	order = box_order(item, warehouse, 1)
	pick = frappe.get_doc("Pick List", picking_api.make_pick_lists(order.name)[0]).submit()
	note = frappe.get_doc("Delivery Note", dispatch_api.make_delivery_note(pick.name)).submit()

	note.cancel()
	again = dispatch_api.make_delivery_note(pick.name)

	assert held(order) == {first: 1, second: 24}
	assert again != note.name
	frappe.get_doc("Delivery Note", again).submit()
	assert held(order) == {}
	assert is_well(item)
