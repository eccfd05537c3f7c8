"""Boxes that come out of a hand-over again, before anything left with it."""

import pytest

import frappe

from sales_wh_flow.delivery import api
from tests.delivery import delivery_world as world
from tests.factories import unique

pytestmark = pytest.mark.usefixtures("flow_is_on", "in_this_transaction")


def test_a_box_taken_out_may_go_with_another_hand_over(courier, place):
	_order, pick = world.picked_order(warehouse=place)
	(box,) = world.boxes_of(pick)
	handover = world.begin(courier, place)
	world.scan(handover, box)

	shown = api.take_out_of_handover(handover, box, world.key())
	other = world.begin(courier, place, driver=world.make_driver())
	world.scan(other, box)

	assert shown["boxes"] == []
	assert [row["box"] for row in api.handover_boxes(other)["boxes"]] == [box]
	assert (
		frappe.db.get_value("Courier Handover Box", {"parent": handover, "box": box}, "state") == "Taken Out"
	)


def test_a_box_that_leaves_a_hand_over_forgets_the_courier_that_the_scan_alone_gave_it(courier, place):
	_order, pick = world.picked_order(4, warehouse=place)
	plain, chosen, numbered, given_up = world.boxes_of(pick, {0: 1}, {0: 1}, {0: 1}, {0: 1})
	frappe.db.set_value("Order Box", chosen, "courier", courier)
	wrong, right = world.begin(courier, place), world.begin(world.make_courier(), place)
	for box in (plain, chosen, numbered):
		world.scan(wrong, box)
	frappe.db.set_value("Order Box", numbered, "tracking_no", unique("TRK"))

	for box in (plain, chosen, numbered):
		api.take_out_of_handover(wrong, box, world.key())
	world.scan(wrong, given_up)
	api.cancel_handover(wrong, "wrong courier", world.key())

	kept = [frappe.db.get_value("Order Box", box, "courier") for box in (plain, chosen, numbered, given_up)]
	assert kept == [None, courier, courier, None]
	world.scan(right, plain)
	assert world.scan(right, given_up)["left"] == 2


def test_a_cancelled_hand_over_gives_its_boxes_back(courier, place):
	_order, pick = world.picked_order(warehouse=place)
	(box,) = world.boxes_of(pick)
	handover = world.begin(courier, place)
	world.scan(handover, box)

	api.cancel_handover(handover, "courier did not come", world.key())

	assert not frappe.db.get_value("Order Box", box, "handover")
	world.handed_over(box, courier=courier)


def test_a_box_whose_note_is_cancelled_forgets_the_courier_that_the_scan_alone_gave_it(courier, place):
	_order, pick = world.picked_order(2, warehouse=place)
	plain, numbered = world.boxes_of(pick, {0: 1}, {0: 1})
	frappe.db.set_value("Order Box", numbered, "tracking_no", unique("TRK"))
	wrong = world.handed_over(plain, numbered, courier=courier)
	(note,) = {row["delivery_note"] for row in api.handover_boxes(wrong)["boxes"]}

	frappe.get_doc("Delivery Note", note).cancel()

	assert [frappe.db.get_value("Order Box", box, "courier") for box in (plain, numbered)] == [None, courier]
	world.handed_over(plain, courier=world.make_courier())
