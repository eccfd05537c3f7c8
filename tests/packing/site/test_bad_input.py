"""What comes in wrong at the packing table is refused in a plain sentence, and nothing is half done."""

import pytest

import frappe

from sales_wh_flow.packing import api
from tests import factories
from tests.delivery import delivery_world as delivery
from tests.packing.box_world import World, key, left_of


@pytest.fixture(autouse=True)
def flow_is_on(switches, in_this_transaction):
	switches(stock_lock=True, fulfilment=True, packing="Block")


@pytest.fixture
def world():
	return World(4)


@pytest.fixture
def packed(world):
	"""(order, Pick List, its open box with all four)."""
	order, pick_list = world.picked_order()
	box = api.open_box(key(), pick_list=pick_list.name)["name"]
	api.put_in(key(), box, world.items[0], pick_list=pick_list.name, qty=4)
	return order, pick_list, box


def refused(match):
	return pytest.raises(frappe.ValidationError, match=match)


def note_of_list(pick_list):
	from sales_wh_flow.dispatch import deliver

	name = deliver.make_delivery_note(frappe.get_doc("Pick List", pick_list.name))
	return frappe.get_doc("Delivery Note", name)


@pytest.mark.unchecked
def test_goods_are_not_packed_because_somebody_typed_so(world):
	_order, pick_list = world.picked_order()
	note = note_of_list(pick_list)
	for row in note.items:
		row.packed_qty = row.qty
	note.save()
	assert [row.packed_qty for row in note.items] == [0]
	with refused("no closed box"):
		note.submit()


@pytest.mark.parametrize("qty", [0.3, 1e-7, 1.5])
def test_a_part_of_what_comes_in_whole_pieces_goes_into_no_box(world, qty):
	_order, pick_list = world.picked_order()
	box = api.open_box(key(), pick_list=pick_list.name)["name"]
	with refused("whole"):
		api.put_in(key(), box, world.items[0], pick_list=pick_list.name, qty=qty)
	assert left_of(world, pick_list) == [4]


def test_goods_of_another_warehouse_go_into_a_box_of_their_own(world, packed):
	_order, _list, box = packed
	other = World(2, place=factories.make_warehouse())
	other.customer = world.customer
	_order, elsewhere = other.picked_order()
	with refused("lies in .* Open a box there"):
		api.put_in(key(), box, other.items[0], pick_list=elsewhere.name)


def test_goods_of_another_customer_do_not_go_into_a_box(world, packed):
	_order, _list, box = packed
	other = World(2, place=world.place)
	_order, elsewhere = other.picked_order()
	with refused("another address"):
		api.put_in(key(), box, other.items[0], pick_list=elsewhere.name)


def test_a_closed_box_takes_nothing(world, packed):
	_order, pick_list, box = packed
	api.close_box(key(), box)
	with refused("only an open box"):
		api.put_in(key(), box, world.items[0], pick_list=pick_list.name)


@pytest.mark.parametrize("weight", [0, -1])
def test_a_box_that_weighs_nothing_is_weighed_again(packed, weight):
	with refused("Weigh box"):
		api.close_box(key(), packed[2], weighed_kg=weight)


def test_a_long_reason_is_kept(packed):
	api.close_box(key(), packed[2])
	why = "y" * 600
	api.open_again(key(), packed[2], why)
	assert frappe.get_last_doc("Box Event", {"box": packed[2]}).reason == why


def test_a_note_of_no_box_is_refused_in_words():
	with refused("Say which boxes"):
		api.make_delivery_note(key(), [])


def test_a_box_that_has_left_says_with_what(packed):
	_order, _list, box = packed
	api.close_box(key(), box)
	note = frappe.get_doc("Delivery Note", api.make_delivery_note(key(), [box]))
	with refused("delete the draft"):
		api.open_again(key(), box, "Wrong item")
	note.submit()
	with refused("Only when that is cancelled"):
		api.open_again(key(), box, "Wrong item")


def uploaded(**values):
	file = {"doctype": "File", "file_name": "box.png", "content": b"x", "is_private": 1}
	return frappe.get_doc({**file, **values}).insert()


def test_the_photo_of_a_box_is_a_file_that_is_kept_with_the_box(packed):
	box = packed[2]
	file = uploaded()
	api.close_box(key(), box, photo=file.file_url)
	file.reload()
	assert (file.is_private, file.attached_to_doctype, file.attached_to_name) == (1, "Order Box", box)
	assert frappe.db.get_value("Order Box", box, "photo") == file.file_url


def test_a_file_that_is_not_there_is_no_photo(packed):
	with refused("no file of this site"):
		api.close_box(key(), packed[2], photo="/private/files/none.png")


def test_a_file_of_somebody_else_is_no_photo(packed):
	file = uploaded(attached_to_doctype="Sales Order", attached_to_name=packed[0].name)
	with refused("no file of this site"):
		api.close_box(key(), packed[2], photo=file.file_url)


@pytest.mark.parametrize(("status", "word"), [("On Hold", "aside until"), ("Closed", "Unpack the box")])
def test_a_box_whose_order_stopped_is_not_handed_over(packed, status, word):
	order, _list, box = packed
	api.close_box(key(), box)
	handover = delivery.begin(delivery.make_courier(), frappe.db.get_value("Order Box", box, "warehouse"))
	frappe.db.set_value("Sales Order", order.name, "status", status)
	with refused(word):
		delivery.scan(handover, box)
	frappe.db.set_value("Sales Order", order.name, "status", order.status)
