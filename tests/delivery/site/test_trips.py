"""A Delivery Trip lets its driver prove boxes: not one that he made for himself."""

import pytest

import frappe
from frappe.permissions import add_user_permission
from frappe.utils import now_datetime

from sales_wh_flow.couriers import api as couriers
from sales_wh_flow.couriers.store import parcels, stories
from sales_wh_flow.delivery import api, permissions
from sales_wh_flow.packing import api as packing
from tests.delivery import delivery_world as world
from tests.factories import acting_as, make_address, make_user, make_warehouse, unique

pytestmark = pytest.mark.usefixtures("flow_is_on", "in_this_transaction")


@pytest.fixture
def driver():
	user = make_user("Delivery User")
	return frappe._dict(user=user, name=world.make_driver(user), vehicle=world.make_vehicle())


@pytest.fixture
def left(place):
	"""A box that has left with a courier nobody drives for, and its note."""
	order, pick = world.picked_order(2, warehouse=place)
	(box,) = world.boxes_of(pick)
	world.handed_over(box)
	note = frappe.db.get_value("Order Box", box, "delivery_note")
	return frappe._dict(box=box, note=note, customer=order.customer, place=place)


def trip_of(driver, *notes):
	"""A draft trip, made by the session's user."""
	doc = frappe.get_doc(
		{
			"doctype": "Delivery Trip",
			"company": frappe.db.get_value("Delivery Note", notes[0].note, "company"),
			"driver": driver.name,
			"vehicle": driver.vehicle,
			"departure_time": now_datetime(),
			"driver_address": make_address(notes[0].customer),
		}
	)
	for it in notes:
		put_on(doc, it)
	doc.flags.ignore_permissions = True  # addresses are not what is asked here
	return doc.insert()


def put_on(trip, it):
	address = make_address(it.customer)
	trip.append("delivery_stops", {"customer": it.customer, "address": address, "delivery_note": it.note})


def may_prove(driver, it) -> bool:
	with acting_as(driver.user):
		listed = it.box in [row["box"] for row in api.my_deliveries()["boxes"]]
		try:
			world.prove(it.box)
		except frappe.PermissionError:
			assert not listed
			return False
	assert listed
	return True


def test_a_submitted_trip_of_somebody_of_the_warehouse_lets_its_driver_prove_the_boxes(driver, left):
	with acting_as(make_user("Stock User", "Delivery Manager")):
		trip = trip_of(driver, left)
		before = may_prove(driver, left)
		trip.submit()
	assert (before, may_prove(driver, left)) == (False, True)


def test_boxes_that_left_with_their_note_alone_are_followed_and_proved(driver, place):
	courier = world.make_courier(silent_after_days=1)
	order, pick = world.picked_order(2, warehouse=place)
	boxes = [
		world.box(world.content(pick.locations[0], 1), courier=courier, tracking_no=unique("TRK"))
		for _box in range(2)
	]
	note = packing.make_delivery_note(world.key(), boxes)
	frappe.get_doc("Delivery Note", note).submit()
	driven, sent = boxes
	assert {box for box, _number in parcels.to_ask_about(courier, "", 9)} == set(boxes)
	assert {it["box"] for it in stories.parcels_under_way(None, "") if it["courier"] == courier} == set(boxes)
	for take in (
		lambda other: couriers.write_tracking_number(driven, "OTHER-1", courier=other, key=world.key()),
		lambda other: couriers.take_rate_for_boxes([driven], other),
	):
		with pytest.raises(frappe.ValidationError, match=f"left with.*{courier}"):
			take(world.make_courier(adapter="Own Rates"))
	assert couriers.tell_of_box(sent, "on_its_way")["state"] == "In Transit"
	with acting_as(make_user("Stock User", "Delivery Manager")):
		trip_of(driver, frappe._dict(note=note, customer=order.customer)).submit()
	for box in boxes:
		assert may_prove(driver, frappe._dict(box=box))
	assert world.flow_status(order) == "Delivered"
	assert frappe.db.get_value("Order Box", driven, "handed_over_on")


def test_a_driver_proves_nothing_by_a_trip_that_he_made_himself(driver, left):
	with acting_as(driver.user):
		trip = trip_of(driver, left)
	assert not may_prove(driver, left)
	with acting_as(driver.user):
		trip.submit()
	assert not may_prove(driver, left)


def test_a_driver_puts_no_note_on_a_trip_that_others_planned(driver, left, place):
	other_order, pick = world.picked_order(1, warehouse=place)
	(box,) = world.boxes_of(pick)
	world.handed_over(box)
	other = frappe._dict(
		box=box, note=frappe.db.get_value("Order Box", box, "delivery_note"), customer=other_order.customer
	)
	trip = trip_of(driver, left)
	with acting_as(driver.user):
		trip.reload()
		put_on(trip, other)
		with pytest.raises(frappe.ValidationError, match="whoever plans it"):
			trip.save()


def test_a_driver_names_no_planner_as_the_maker_of_his_trip(driver, left):
	with acting_as(driver.user):
		trip = trip_of(driver, left)
		trip.update({"owner": "Administrator", "creation": "2026-01-01 08:00:00"})
		trip.save()
		trip.owner = "Administrator"
		trip.submit()
	assert frappe.db.get_value("Delivery Trip", trip.name, "owner") == driver.user
	assert not may_prove(driver, left)


def test_a_stop_is_not_written_past_its_trip(driver, left, place):
	other_order, pick = world.picked_order(1, warehouse=place)
	(box,) = world.boxes_of(pick)
	world.handed_over(box)
	note = frappe.db.get_value("Order Box", box, "delivery_note")
	trip = trip_of(driver, left)
	with acting_as(driver.user):
		stop = frappe.get_doc("Delivery Stop", trip.delivery_stops[0].name)
		stop.delivery_note = note
		with pytest.raises(frappe.PermissionError):
			stop.save()
		new = frappe.copy_doc(stop).update({"delivery_note": note, "customer": other_order.customer})
		with pytest.raises(frappe.PermissionError):
			new.insert()
	trip.submit()
	assert not may_prove(driver, frappe._dict(box=box))


def test_nobody_plans_the_notes_of_a_warehouse_that_is_not_his(driver, left):
	planner = make_user("Stock User", "Delivery Manager")
	add_user_permission("Warehouse", make_warehouse(), planner, ignore_permissions=True)
	with acting_as(planner), pytest.raises(frappe.ValidationError, match="don't work"):
		trip_of(driver, left)


def test_a_driver_who_is_limited_to_another_warehouse_stays_so(driver, left):
	trip_of(driver, left).submit()
	add_user_permission("Warehouse", make_warehouse(), driver.user, ignore_permissions=True)
	assert not may_prove(driver, left)


@pytest.mark.parametrize(("role", "any_note"), [("Sales User", True), ("Accounts User", False)])
def test_a_driver_who_reads_proofs_for_accounts_confirms_his_own_notes_alone(role, any_note):
	with acting_as(make_user("Delivery User", role)):
		assert permissions.confirms_any() is any_note


def test_a_note_that_was_delivered_comes_onto_a_trip_with_a_word(driver, left):
	"""erpnext#41427; ERPNext 16 also tells of each note that it wrote the trip on."""

	def told():
		return [it["message"] for it in frappe.get_message_log() if "was delivered on" in it["message"]]

	trip = trip_of(driver, left)
	assert told() == []
	world.prove(left.box)
	trip.save()
	assert told() == []
	trip_of(driver, left)
	(message,) = told()
	assert f"{frappe.bold(left.note)} was delivered on" in message
