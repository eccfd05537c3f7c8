"""What is on a Pick List is sent from it, and not a second time by a note made from the order."""

import pytest

import frappe

from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note

from sales_wh_flow.picking import api as picking_api
from tests.factories import line, make_bundle, make_order, make_warehouse, stocked

pytestmark = pytest.mark.usefixtures("in_this_transaction")


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True)


def refused(doc) -> str:
	frappe.db.savepoint("unsent")
	with pytest.raises(frappe.ValidationError) as said:
		doc.submit()
	frappe.db.rollback(save_point="unsent")
	return str(said.value)


def note_of(order, qty):
	note = make_delivery_note(order.name)
	note.items[0].qty = qty
	return note.insert()


@pytest.mark.parametrize("is_picked", [False, True], ids=["draft list", "picked list"])
def test_what_a_pick_list_holds_is_not_sent_beside_it(is_picked):
	place = make_warehouse()
	item = stocked(10, place)
	order = make_order(line(item, qty=6), warehouse=place, submit=True)
	(name,) = picking_api.make_pick_lists(order.name)
	if is_picked:
		frappe.get_doc("Pick List", name).submit()

	said = refused(note_of(order, 2))
	assert "Row #1" in said and item in said and name in said, said


def test_what_others_got_while_an_order_was_closed_is_not_picked_for_it_any_more():
	place = make_warehouse()
	item = stocked(10, place)
	order = make_order(line(item, qty=10), warehouse=place, submit=True)
	(name,) = picking_api.make_pick_lists(order.name)
	order.reload().update_status("Closed")
	make_order(line(item, qty=10), warehouse=place, submit=True)
	order.reload().update_status("Draft")

	assert "only <strong>0</strong> are locked" in refused(frappe.get_doc("Pick List", name))


def test_what_no_pick_list_holds_is_sent_beside_it():
	place = make_warehouse()
	order = make_order(line(stocked(10, place), qty=6), warehouse=place, submit=True)
	(name,) = picking_api.make_pick_lists(order.name)
	pick = frappe.get_doc("Pick List", name)
	pick.locations[0].update({"qty": 4, "stock_qty": 4, "picked_qty": 4})
	pick.save().submit()
	note_of(order, 2).submit()
	assert order.reload().items[0].delivered_qty == 2


def test_the_components_of_a_bundle_are_not_sent_beside_their_list_either():
	place = make_warehouse()
	part = stocked(10, place)
	order = make_order(line(make_bundle({part: 2}), qty=3), warehouse=place, submit=True)
	(name,) = picking_api.make_pick_lists(order.name)
	said = refused(note_of(order, 1))
	assert part in said and name in said, said
