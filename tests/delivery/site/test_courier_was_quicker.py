"""A courier's driver scans parcels while he loads them: his news come before their hand-over is closed."""

import pytest

import frappe

from sales_wh_flow.couriers import jobs as courier_jobs
from tests.couriers import couriers_world
from tests.delivery import delivery_world as world

pytestmark = pytest.mark.usefixtures("in_this_transaction")


@pytest.fixture
def scanned_in(switches, place):
	"""(order, box, its hand-over, courier, number): scanned in, the hand-over still open."""
	switches(stock_lock=True, fulfilment=True)
	order, pick = world.picked_order(3, warehouse=place)
	(box,) = world.boxes_of(pick)
	courier, number = couriers_world.make_courier(), frappe.generate_hash(length=12).upper()
	frappe.db.set_value("Order Box", box, {"courier": courier, "tracking_no": number})
	handover = world.begin(courier, place)
	world.scan(handover, box)
	return order, box, handover, courier, number


@pytest.mark.parametrize("state", ["picked_up", "in_transit", "delivery_failed"])
def test_a_box_that_the_courier_has_already_leaves_with_its_hand_over(scanned_in, state):
	order, box, handover, courier, number = scanned_in
	couriers_world.tell(courier, number, state)
	was = world.state_of(box)

	shown = world.close(handover)

	assert (shown["state"], [row["refusal"] for row in shown["boxes"]]) == ("Closed", [""])
	note = frappe.db.get_value("Order Box", box, "delivery_note")
	assert frappe.db.get_value("Delivery Note", note, "docstatus") == 1
	assert world.state_of(box) == was != "Closed"
	assert world.flow_status(order) == "Dispatched"


def test_a_box_that_is_delivered_before_its_hand_over_is_closed_confirms_its_note(scanned_in):
	order, box, handover, courier, number = scanned_in
	couriers_world.tell(courier, number, "delivered")

	assert world.close(handover)["state"] == "Closed"
	note = frappe.db.get_value("Order Box", box, "delivery_note")
	courier_jobs.confirm_delivered(note)

	assert world.state_of(box) == "Delivered"
	assert world.flow_status(order) == "Delivered"


def test_a_parcel_that_goes_back_or_is_lost_leaves_the_stock_too(scanned_in):
	order, box, handover, courier, number = scanned_in
	couriers_world.tell(courier, number, "picked_up", hours=1)
	couriers_world.tell(courier, number, "return_to_sender")

	assert world.close(handover)["state"] == "Closed"
	assert (world.state_of(box), world.flow_status(order)) == ("Returning", "Dispatched")
