"""What a courier says moves the box it is about, once, whenever it comes."""

import itertools

import pytest

import frappe

from sales_wh_flow.couriers import jobs, tracking_number
from sales_wh_flow.couriers.store import courier_events
from tests import factories as make
from tests.couriers import couriers_world as world


@pytest.fixture
def courier():
	return world.make_courier()


def test_an_event_moves_its_box_and_says_whose_delay_it_is(courier):
	box, number = world.make_parcel(courier)
	outcome = world.tell(courier, number, "delivery_failed", reason="consignee_not_home", place="Bonn")
	assert (outcome, world.state_of(box)) == ("Moved", "Delivery Failed")
	told = frappe.get_last_doc("Box Event", {"box": box})
	assert (told.delay_of, told.reason, told.reason_group) == ("Customer", "consignee_not_home", "consignee")
	assert (told.courier_state, told.place) == ("delivery_failed", "Bonn")
	kept = frappe.get_doc("Courier Event", told.courier_event)
	assert (kept.box, kept.outcome, kept.delay_of, kept.signature_ok) == (box, "Moved", "Customer", 1)


def test_what_comes_twice_is_taken_once(courier):
	box, number = world.make_parcel(courier)
	assert world.tell(courier, number, "in_transit", key="evt-1") == "Moved"
	assert world.tell(courier, number, "delivered", key="evt-1") == "Known Already"
	assert world.state_of(box) == "In Transit"
	assert frappe.db.count("Courier Event", {"courier": courier}) == 1


def test_two_couriers_may_use_the_same_number_for_an_event(courier):
	other = world.make_courier()
	for carrier in (courier, other):
		assert world.tell(carrier, world.make_parcel(carrier)[1], "in_transit", key="evt-1") == "Moved"


@pytest.mark.parametrize("turn", [*itertools.permutations(range(4))], ids=str)
def test_events_in_any_order_leave_the_box_where_the_parcel_is(courier, turn):
	events = (("picked_up", 9, ""), ("in_transit", 8, ""), ("delivery_failed", 5, "consignee_refused"))
	events += (("out_for_delivery", 6, ""),)
	box, number = world.make_parcel(courier)
	for at in turn:
		state, hours, reason = events[at]
		world.tell(courier, number, state, hours, reason)
	assert world.state_of(box) == "Refused"


def test_an_older_event_is_kept_and_moves_nothing_back(courier):
	box, number = world.make_parcel(courier)
	world.tell(courier, number, "out_for_delivery", 1)
	assert world.tell(courier, number, "in_transit", 5) == "Older"
	assert world.state_of(box) == "Out for Delivery"
	assert frappe.db.count("Courier Event", {"box": box}) == 2


def test_no_clock_of_a_courier_knows_the_future(courier):
	box, number = world.make_parcel(courier)
	world.tell(courier, number, "in_transit", -1000)
	assert world.tell(courier, number, "delivered", 0) == "Moved"
	assert world.state_of(box) == "Delivered"


def test_a_courier_who_has_an_unscanned_box_proves_the_hand_over(courier):
	box, number = world.make_parcel(courier, "Closed")
	assert world.tell(courier, number, "in_transit") == "Moved"
	assert world.story_of(box) == ["Handed Over", "In Transit"]


def test_a_box_in_our_hands_is_not_moved(courier):
	box, number = world.make_parcel(courier, "Open")
	assert world.tell(courier, number, "in_transit") == "Box Is Ours"
	assert world.state_of(box) == "Open"


def test_a_word_nobody_explained_is_kept_for_somebody_to_explain(courier):
	box, number = world.make_parcel(courier)
	assert world.tell(courier, number, "unknown") == "Unknown Word"
	assert world.state_of(box) == "Handed Over"


def test_news_for_a_number_nobody_knows_wait_until_it_is_written_on_a_box(courier):
	number = frappe.generate_hash(length=12).upper()
	assert world.tell(courier, number, "in_transit", 2, key="first") == "Unknown Number"
	assert world.tell(courier, number, "out_for_delivery", 1) == "Unknown Number"
	box = world.make_box(state="Handed Over", courier=courier)
	answer = tracking_number.write_number(box, number.lower())
	assert (answer["state"], world.state_of(box)) == ("Out for Delivery", "Out for Delivery")
	assert frappe.get_all("Courier Event", {"box": box}, pluck="outcome") == ["Moved", "Moved"]


def test_a_number_that_was_written_later_makes_no_news_older(courier):
	box = world.make_box(state="Closed", courier=courier)
	number = "LATE" + frappe.generate_hash(length=8).upper()
	tracking_number.write_number(box, number)
	world.tell(courier, number, "in_transit", 5)
	assert world.tell(courier, number, "delivery_failed", 2, "consignee_not_home") == "Moved"
	tracking_number.write_number(box, number, service="")
	assert world.tell(courier, number, "delivered", 1) == "Moved"
	assert world.state_of(box) == "Delivered"


def test_what_people_proved_stands_against_older_news(courier):
	from sales_wh_flow.packing.change_state import change_state
	from sales_wh_flow.packing.store.boxes import hold_boxes

	box, number = world.make_parcel(courier)
	world.tell(courier, number, "in_transit", 5)
	change_state([*hold_boxes([box]).values()], "Refused")
	assert world.tell(courier, number, "out_for_delivery", 3) == "Older"
	assert world.state_of(box) == "Refused"
	assert world.tell(courier, number, "return_to_sender", 0) == "Moved"


def test_what_came_while_the_number_was_being_written_is_found_by_the_job(courier, in_this_transaction):
	box, number = world.make_parcel(courier)
	world.tell(courier, number, "in_transit")
	frappe.db.sql("update `tabCourier Event` set box = null, outcome = 'Unknown Number' where box = %s", box)
	frappe.db.sql("update `tabOrder Box` set state = 'Handed Over' where name = %s", box)
	assert jobs.match_numbers() == 1
	assert world.state_of(box) == "In Transit"
	assert courier_events.numbers_found_since(10) == []


def test_parcels_under_one_number_travel_together_and_an_old_one_stays_where_it_was(courier):
	old, number = world.make_parcel(courier)
	frappe.db.sql("update `tabOrder Box` set creation = creation - interval 1 year where name = %s", old)
	twins = [world.make_box(state="Handed Over", courier=courier, tracking_no=number) for _ in range(2)]
	world.tell(courier, number, "in_transit")
	assert [world.state_of(box) for box in (old, *twins)] == ["Handed Over", "In Transit", "In Transit"]


def test_the_number_of_another_courier_is_another_number(courier):
	box, number = world.make_parcel(courier)
	assert world.tell(world.make_courier(), number, "delivered") == "Unknown Number"
	assert world.state_of(box) == "Handed Over"


def test_what_a_courier_writes_is_no_markup_and_no_formula(courier):
	_box, number = world.make_parcel(courier)
	world.tell(courier, number, "in_transit", note="<img src=x onerror=alert(1)>", place="=HYPERLINK(1)")
	kept = frappe.get_last_doc("Courier Event", {"courier": courier})
	assert "<img" not in kept.note and not kept.place.startswith("=")


def test_an_event_costs_the_same_whatever_came_before(courier):
	_box, number = world.make_parcel(courier)
	world.tell(courier, number, "in_transit", 12)
	with make.counted_statements() as first:
		world.tell(courier, number, "out_for_delivery", 1)
	with make.counted_statements() as few:
		world.tell(courier, number, "in_transit", 9)
	for hours in range(2, 8):
		world.tell(courier, number, "out_for_delivery", hours)
	with make.counted_statements() as many:
		world.tell(courier, number, "in_transit", 8)
	assert len(few) == len(many) <= 6, "\n".join(many)
	assert len(first) <= 8, "\n".join(first)


def test_a_note_is_delivered_when_the_last_of_its_boxes_is(courier, monkeypatch):
	owed = []
	monkeypatch.setattr("sales_wh_flow.base.background.owe", lambda method, **values: owed.append(values))
	first, one = world.make_parcel(courier)
	_second, other = world.make_parcel(courier)
	frappe.db.sql("update `tabOrder Box` set delivery_note = 'DN-X' where courier = %s", courier)
	world.tell(courier, one, "delivered", 3)
	from sales_wh_flow.couriers.store import parcels

	assert owed[0]["delivery_note"] == "DN-X"
	assert parcels.delivered_notes(["DN-X"]) == []
	world.tell(courier, other, "delivered", 1)
	assert parcels.delivered_notes(["DN-X"]) == ["DN-X"]
	assert parcels.last_delivered_on("DN-X") == frappe.db.get_value("Order Box", _second, "delivered_on")
	assert frappe.db.get_value("Order Box", first, "delivered_on") is not None
