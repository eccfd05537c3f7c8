"""Picked goods that nobody needs any more stand in a crate or a box: somebody brings them back."""

import pytest

import frappe
from frappe.permissions import add_user_permission

from sales_wh_flow.packing import api as packing
from sales_wh_flow.picking import api
from sales_wh_flow.picking.put_away import api as put_away
from tests.factories import acting_as, line, make_order, make_user, make_warehouse, stocked
from tests.picking.site.test_walk import key, new_list, refused, row_of, scan

pytestmark = pytest.mark.usefixtures("in_this_transaction")


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True)


def place_of(name):
	return frappe.db.get_value("Pick List Item", {"parent": name}, "warehouse")


def to_put_back(place, *fields):
	fields = fields or ("item_code", "qty", "stands_in")
	return [tuple(task[field] for field in fields) for task in put_away.to_put_away(place)]


@pytest.fixture
def in_a_tote():
	"""(list, item, place): two of an order are found and lie in TOTE-7."""
	name, (item,), _order = new_list(2)
	row = row_of(api.list_to_pick(name), item)["row"]
	scan(name, "TOTE-7", row=row)
	api.confirm_row(pick_list=name, row=row, key=key())
	return name, item, place_of(name)


def test_a_picked_list_that_is_cancelled_says_what_stands_in_its_tote(in_a_tote):
	name, item, place = in_a_tote
	api.finish_list(pick_list=name, key=key())
	frappe.get_doc("Pick List", name).cancel()
	assert to_put_back(place) == [(item, 2, "TOTE-7")]


def test_a_draft_that_is_deleted_leaves_what_was_found(in_a_tote):
	name, item, place = in_a_tote
	frappe.delete_doc("Pick List", name)
	assert to_put_back(place) == [(item, 2, "TOTE-7")]


def test_what_nobody_found_yet_is_on_its_shelf():
	name, _items, _order = new_list(2)
	place = place_of(name)
	frappe.delete_doc("Pick List", name)
	assert to_put_back(place) == []


@pytest.mark.unchecked
def test_a_row_that_is_left_out_because_its_order_stopped_is_put_back():
	name, (one, _two), order = new_list(2, 1)
	scan(name, one)
	row = row_of(api.list_to_pick(name), one)["row"]
	frappe.db.set_value("Sales Order", order.name, "status", "Closed")
	api.found_less(pick_list=name, row=row, found=0, reason="Order stopped", key=key())
	assert to_put_back(place_of(name), "item_code", "qty", "order") == [(one, 1, order.name)]
	assert not frappe.get_all("Shortage Action", {"sales_order": order.name}), "nothing was short"
	bins = frappe.get_all("Bin", {"item_code": one}, pluck="name")
	assert not frappe.get_all("ToDo", {"reference_type": "Bin", "reference_name": ("in", bins)})


def test_who_says_that_fewer_were_there_holds_nothing_to_put_back():
	name, (item,), _order = new_list(4)
	scan(name, item)
	row = row_of(api.list_to_pick(name), item)["row"]
	api.found_less(pick_list=name, row=row, found=0, reason="It was broken", key=key())
	assert not frappe.get_all("Put Away", {"item_code": item})


def test_a_row_that_shrinks_in_the_form_leaves_the_difference(in_a_tote):
	name, item, place = in_a_tote
	doc = frappe.get_doc("Pick List", name)
	doc.locations[0].qty = doc.locations[0].stock_qty = 1
	doc.save()
	assert to_put_back(place) == [(item, 1, "TOTE-7")]


def test_goods_out_of_a_box_that_was_emptied_stand_in_it(in_a_tote):
	name, item, place = in_a_tote
	api.finish_list(pick_list=name, key=key())
	box = packing.open_box(key(), pick_list=name)["name"]
	packing.put_in(key(), box, item, pick_list=name, qty=2)
	packing.cancel_box(key(), box, "The order was cancelled")
	frappe.get_doc("Pick List", name).cancel()
	assert to_put_back(place) == [(item, 2, box)]


def test_serial_numbers_are_named_each():
	place = make_warehouse()
	item = stocked(2, place, has_serial_no=1, serial_no_series=f"PA{frappe.generate_hash(length=6)}.####")
	order = make_order(line(item, qty=2, warehouse=place), warehouse=place).submit()
	(name,) = api.make_pick_lists(order.name)
	first = row_of(api.list_to_pick(name), item)["serial_nos"][0]
	scan(name, first)
	frappe.delete_doc("Pick List", name)
	assert to_put_back(place, "qty", "serial_nos") == [(1, [first])]


def the_task(place):
	(task,) = put_away.to_put_away(place)
	return task["task"]


@pytest.fixture
def left(in_a_tote):
	name, item, place = in_a_tote
	frappe.delete_doc("Pick List", name)
	return item, place


def test_a_scan_of_the_goods_or_of_their_tote_finds_the_task(left):
	item, place = left
	for text in (item, "tote-7"):
		assert put_away.which_put_away(text, place)["tasks"] == [the_task(place)]
	with refused("Nothing to put back bears the number"):
		put_away.which_put_away("TOTE-8", place)


def test_what_is_back_is_off_the_list_and_told_twice_is_told_once(left):
	_item, place = left
	task, same = the_task(place), key()
	with acting_as(make_user("Stock User")):
		first = put_away.goods_are_back(task=task, key=same, place="A-02")
		assert put_away.goods_are_back(task=task, key=same, place="A-02") == first
		assert (first["state"], first["done"], first["missing"]) == ("Put Back", 2, 0)
		with refused("has dealt with this"):
			put_away.goods_are_back(task=task, key=key())
	assert to_put_back(place) == []
	assert frappe.db.get_value("Put Away", task, "put_to") == "A-02"


@pytest.mark.parametrize(("there", "state"), [(1, "Put Back"), (0, "Not There")])
def test_what_is_missing_in_the_crate_is_to_be_counted(left, there, state):
	item, place = left
	answer = put_away.goods_are_back(task=the_task(place), key=key(), qty=there)
	assert (answer["state"], answer["missing"]) == (state, 2 - there)
	bin_name = frappe.db.get_value("Bin", {"item_code": item, "warehouse": place})
	assert frappe.db.exists("ToDo", {"reference_type": "Bin", "reference_name": bin_name, "status": "Open"})


@pytest.mark.parametrize("there", [-1, 3, 0.5])
def test_nobody_puts_back_what_nobody_picked(left, there):
	_item, place = left
	with refused("can't be put back"):
		put_away.goods_are_back(task=the_task(place), key=key(), qty=there)
	assert len(to_put_back(place)) == 1


def test_goods_taken_for_another_order_go_to_no_shelf(left):
	_item, place = left
	task = the_task(place)
	assert put_away.use_for_order(task=task, key=key())["state"] == "Used"
	assert to_put_back(place) == []


def test_the_next_picker_is_told_that_goods_stand_elsewhere(left):
	item, place = left
	order = make_order(line(item, qty=3, warehouse=place), warehouse=place).submit()
	(name,) = api.make_pick_lists(order.name)
	row = row_of(api.list_to_pick(name), item)
	assert (row["standing"], row["stands_in"]) == (2, "TOTE-7")
	put_away.goods_are_back(task=the_task(place), key=key())
	assert row_of(api.list_to_pick(name), item)["standing"] == 0


@pytest.mark.parametrize("role", ["Sales User", "Delivery User", "HR User"])
def test_who_does_not_pick_puts_nothing_back(left, role):
	_item, place = left
	task = the_task(place)
	with acting_as(make_user(role)):
		for call in (
			lambda: put_away.to_put_away(place),
			lambda: put_away.goods_are_back(task=task, key=key()),
			lambda: put_away.use_for_order(task=task, key=key()),
		):
			with pytest.raises(frappe.PermissionError):
				call()


def test_nobody_puts_back_in_a_warehouse_that_is_not_his(left):
	_item, place = left
	task, other = the_task(place), make_user("Stock User")
	add_user_permission("Warehouse", make_warehouse(), other, ignore_permissions=True)
	with acting_as(other):
		assert put_away.to_put_away() == []
		with pytest.raises(frappe.PermissionError):
			put_away.goods_are_back(task=task, key=key())


def test_no_task_is_written_or_deleted_by_hand(left):
	_item, place = left
	doc = frappe.get_doc("Put Away", the_task(place))
	doc.state = "Put Back"
	with pytest.raises(frappe.PermissionError):
		doc.save(ignore_permissions=True)
	with pytest.raises(frappe.PermissionError):
		frappe.delete_doc("Put Away", doc.name, ignore_permissions=True)
