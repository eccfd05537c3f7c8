"""A note is confirmed when its boxes are with the customer; what refuses that is said on the note."""

from datetime import datetime, timezone

import pytest

import frappe

from sales_wh_flow.base import said
from sales_wh_flow.couriers import confirm_note
from sales_wh_flow.couriers.rules.courier_message import ToldEvent
from sales_wh_flow.couriers.take_event import Road, take_event
from tests.couriers.couriers_world import make_courier
from tests.delivery import delivery_world as delivery

pytestmark = pytest.mark.usefixtures("in_this_transaction")

SHIPMENT, SIGNED = Road("Shipment"), Road("Webhook", "{}", is_signed=True)


def confirmed(road, place) -> tuple:
	"""What comes of a box that its courier says is delivered: (whether its note was confirmed, the note)."""
	_order, pick = delivery.picked_order(1, warehouse=place)
	courier, number = make_courier(), frappe.generate_hash(length=12).upper()
	(box,) = delivery.boxes_of(pick, courier=courier, tracking_no=number)
	delivery.handed_over(box, courier=courier)
	now = datetime.now(timezone.utc)
	take_event(courier, ToldEvent(number, number, "Delivered", "delivered", "", now), road)
	assert delivery.state_of(box) == "Delivered"
	note = frappe.db.get_value("Order Box", box, "delivery_note")
	return confirm_note.confirm_if_delivered(note), frappe.get_doc("Delivery Note", note)


def test_a_shipments_word_does_not_confirm_a_note_that_wants_proofs_and_the_note_says_why(place, switches):
	switches(stock_lock=True, fulfilment=True, unproved_boxes="Block")
	is_confirmed, note = confirmed(SHIPMENT, place)
	assert (is_confirmed, note.swf_delivered_on) == (False, None)
	(told,) = frappe.get_all(
		"Comment", {"reference_name": note.name, "content": ("like", "%unconfirmed%")}, pluck="content"
	)
	assert "It is not confirmed: Delivery Note" in said.worded(told)
	assert "are not proved" in said.worded(told)


@pytest.mark.parametrize(("road", "gate"), [(SIGNED, "Block"), (SHIPMENT, "Off")])
def test_a_signed_word_confirms_it_and_any_where_nobody_asks_for_proofs(place, switches, road, gate):
	switches(stock_lock=True, fulfilment=True, unproved_boxes=gate)
	is_confirmed, note = confirmed(road, place)
	assert is_confirmed and note.swf_delivered_on
