"""Confirm Delivery of a note without boxes: the day, who received it, and taking it back."""

from datetime import datetime, timezone

import pytest

import frappe
from frappe.utils import add_to_date, get_datetime, now_datetime

from sales_wh_flow.couriers.rules.courier_message import ToldEvent
from sales_wh_flow.couriers.take_event import Road, take_event
from sales_wh_flow.dispatch import api
from tests.delivery import delivery_world as world
from tests.factories import acting_as, make_user, unique

pytestmark = pytest.mark.usefixtures("in_this_transaction")


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True)


@pytest.fixture
def sent():
	"""(order, its submitted note), made without boxes."""
	order, pick = world.picked_order(2)
	note = frappe.get_doc("Delivery Note", api.make_delivery_note(pick.name)).submit()
	return order, note


def stored(note):
	return frappe.db.get_value("Delivery Note", note.name, ["swf_delivered_on", "swf_received_by"])


def test_it_is_confirmed_with_the_day_and_the_receiver(sent):
	order, note = sent
	this_morning = get_datetime(note.posting_date)

	api.confirm_delivery(note.name, str(this_morning), "Anna")

	day, receiver = stored(note)
	assert (get_datetime(day), receiver) == (this_morning, "Anna")
	assert world.flow_status(order) == "Delivered"


def test_nobody_received_anything_before_it_was_sent(sent):
	_order, note = sent
	with pytest.raises(frappe.ValidationError, match="nobody received its goods before"):
		api.confirm_delivery(note.name, "2001-01-01 00:00:00")
	assert stored(note) == (None, None)


def test_it_is_confirmed_for_now_without_either(sent):
	order, note = sent

	api.confirm_delivery(note.name)

	assert (now_datetime() - get_datetime(stored(note)[0])).total_seconds() < 60
	assert world.flow_status(order) == "Delivered"


def test_nobody_received_anything_in_the_future(sent):
	_order, note = sent

	with pytest.raises(frappe.ValidationError, match="in the future"):
		api.confirm_delivery(note.name, str(add_to_date(now_datetime(), days=1)))

	assert stored(note) == (None, None)


def test_a_confirmation_is_taken_back_with_a_reason_and_the_note_keeps_what_it_said(sent):
	order, note = sent
	api.confirm_delivery(note.name, receiver="Anna")

	with pytest.raises(frappe.ValidationError, match="Say why"):
		api.undo_confirmation(note.name, " ")
	api.undo_confirmation(note.name, "wrong customer")

	assert stored(note) == (None, None)
	assert world.flow_status(order) == "Dispatched"
	said = frappe.get_last_doc("Comment", {"reference_name": note.name, "comment_type": "Info"}).content
	assert "wrong customer" in said and "Anna" in said
	api.confirm_delivery(note.name)
	assert world.flow_status(order) == "Delivered"


@pytest.mark.parametrize(("mode", "is_stopped"), [("Off", False), ("Shadow", False), ("Block", True)])
def test_a_note_of_boxes_is_confirmed_by_hand_unless_the_gate_blocks(switches, mode, is_stopped):
	switches(stock_lock=True, fulfilment=True, unproved_boxes=mode)
	_order, pick = world.picked_order(2)
	(box,) = world.boxes_of(pick)
	world.handed_over(box)
	note = frappe.get_doc("Delivery Note", frappe.db.get_value("Order Box", box, "delivery_note"))

	if is_stopped:
		with pytest.raises(frappe.ValidationError, match="not proved") as refused:
			api.confirm_delivery(note.name)
		assert box in str(refused.value)
		world.prove(box)
	else:
		api.confirm_delivery(note.name)

	assert stored(note)[0]


def test_a_driver_confirms_what_he_drives_and_nothing_else(switches):
	switches(stock_lock=True, fulfilment=True)
	user, other = make_user("Delivery User"), make_user("Delivery User")
	_order, pick = world.picked_order(2)
	(box,) = world.boxes_of(pick)
	world.handed_over(box, driver=world.make_driver(user))
	note = frappe.db.get_value("Order Box", box, "delivery_note")

	with acting_as(other), pytest.raises(frappe.PermissionError):
		api.confirm_delivery(note)
	with acting_as(user):
		api.confirm_delivery(note)
	with acting_as(other), pytest.raises(frappe.PermissionError):
		api.undo_confirmation(note, "not mine")


def test_a_note_with_a_box_that_was_refused_is_not_confirmed(switches):
	switches(stock_lock=True, fulfilment=True)
	_order, pick = world.picked_order(2)
	(box,) = world.boxes_of(pick)
	world.handed_over(box)
	world.prove(box, "refuse", reason="Damaged")

	with pytest.raises(frappe.ValidationError, match=f"{box}.* is .*Refused"):
		api.confirm_delivery(frappe.db.get_value("Order Box", box, "delivery_note"))


def test_a_note_without_boxes_is_confirmed_by_hand_also_where_the_gate_blocks(sent, switches):
	switches(stock_lock=True, fulfilment=True, unproved_boxes="Block")
	order, note = sent

	api.confirm_delivery(note.name)

	assert world.flow_status(order) == "Delivered"


@pytest.mark.parametrize(
	("road", "is_stopped"),
	[(Road("Webhook", is_signed=True), False), (Road("Asked"), False), (Road("Shipment"), True)],
	ids=["signed", "asked for", "a shipment that somebody wrote"],
)
def test_only_the_word_of_the_courier_himself_proves_a_delivery(switches, road, is_stopped):
	switches(stock_lock=True, fulfilment=True, unproved_boxes="Block")
	_order, pick = world.picked_order(2)
	(box,) = world.boxes_of(pick)
	courier, number = world.make_courier(), unique("N").replace(" ", "").upper()
	world.handed_over(box, courier=courier)
	frappe.db.set_value("Order Box", box, "tracking_no", number)
	word = ToldEvent(unique("E"), number, "delivered", "delivered", "", datetime.now(timezone.utc))
	take_event(courier, word, road)
	note = frappe.get_doc("Delivery Note", frappe.db.get_value("Order Box", box, "delivery_note"))

	assert world.state_of(box) == "Delivered"
	if is_stopped:
		with pytest.raises(frappe.ValidationError, match="not proved"):
			api.confirm_delivery(note.name)
	else:
		api.confirm_delivery(note.name)
		assert stored(note)[0]
