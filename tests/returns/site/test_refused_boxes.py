"""What a customer did not accept of a box is expected back, whoever brought it."""

from types import SimpleNamespace

import pytest

import frappe

from sales_wh_flow.milestones import words
from sales_wh_flow.returns import announce, from_box, shown_on_order
from tests import factories as make
from tests.delivery import delivery_world as delivering
from tests.returns import returns_world as world


@pytest.fixture(autouse=True)
def returns_are_on(switches, in_this_transaction):
	switches(stock_lock=True, fulfilment=True, returns=True, return_documents="Submitted")
	world.name_places()


@pytest.fixture
def note(place):
	return world.delivered(make.line(make.stocked(5, place), qty=5), warehouse=place)[1]


def a_box(note):
	return SimpleNamespace(name=make.unique("BOX"), delivery_note=note.name)


def refused(note, qty):
	row = note.items[0]
	its = {"sales_order_item": row.so_detail, "item_code": row.item_code}
	return [frappe._dict(its, refused_qty=qty, reason="Damaged")]


def case_of(name):
	(case,) = cases_of(frappe._dict(name=name))
	return frappe.get_doc("Return Case", case)


def cases_of(box):
	return frappe.get_all("Return Case", {"box": box.name, "state": ("!=", "Cancelled")}, pluck="name")


def test_what_was_refused_is_expected_back_though_the_driver_has_no_right_to_cases(note):
	box = a_box(note)
	with make.acting_as(make.make_user("Delivery User")):
		from_box.goods_were_refused(box, refused(note, 2))
	(case,) = cases_of(box)
	(row,) = frappe.get_doc("Return Case", case).rows
	assert (row.delivery_note, row.expected_qty, row.received_qty) == (note.name, 2, 0)
	assert (row.note, row.return_note) == ("Damaged", None)


def test_who_refused_a_box_is_not_told_to_send_it(note):
	box, order = a_box(note), note.items[0].against_sales_order
	from_box.goods_were_refused(box, refused(note, 2))
	(case,) = cases_of(box)
	assert announce.cases_shown(order) == [(case, "returning")]
	assert words.case_for_customer("returning") == "On Its Way Back"
	(told,) = shown_on_order.what_came_back(frappe.get_doc("Sales Order", order))["cases"]
	assert (told["is_of_box"], told["expected"]) == (True, 2)


def test_a_corrected_receipt_corrects_what_is_expected(note):
	box = a_box(note)
	from_box.goods_were_refused(box, refused(note, 2))
	from_box.goods_were_refused(box, refused(note, 3))
	(case,) = cases_of(box)
	assert frappe.get_doc("Return Case", case).rows[0].expected_qty == 3
	from_box.goods_were_refused(box, [])
	assert not cases_of(box)


def test_a_case_of_which_something_is_posted_is_left_to_people(note):
	box = a_box(note)
	from_box.goods_were_refused(box, refused(note, 2))
	case = frappe.get_doc("Return Case", cases_of(box)[0])
	case.rows[0].received_qty = 2
	world.decided(case)
	from sales_wh_flow.returns import api

	api.post_return(case.name)
	from_box.goods_were_refused(box, refused(note, 1))
	assert cases_of(box) == [case.name]


def test_pieces_of_a_carton_are_refused_at_the_door_and_expected_back(place):
	"""Sold by the Box of 12, packed and refused by the piece."""
	frappe.db.set_value("UOM", "Box", "must_be_whole_number", 1)
	item = make.stocked(24, place, uoms=[{"uom": "Box", "conversion_factor": 12}])
	line = make.line(item, qty=2, uom="Box", conversion_factor=12, warehouse=place)
	order = make.make_order(line, submit=True)
	(box,) = delivering.boxes_of(delivering.picked_list(order))
	delivering.handed_over(box)
	row = {"row": delivering.row_of(box), "refused_qty": 5, "reason": "Damaged"}

	told = delivering.prove(box, "part", rows=[row])
	(five,) = case_of(box).rows
	delivering.correct(told["proof"], "part", rows=[{**row, "refused_qty": 12}])
	(twelve,) = case_of(box).rows

	assert told["outcome"] == "Partly Accepted"
	assert (five.uom, round(five.expected_qty, 3)) == ("Box", round(5 / 12, 3))
	assert (twelve.uom, twelve.expected_qty) == ("Box", 1)


def test_nothing_is_opened_while_returns_are_off(note, switches):
	switches(stock_lock=True, fulfilment=True)
	box = a_box(note)
	from_box.goods_were_refused(box, refused(note, 2))
	assert not cases_of(box)
