"""Boxes are scanned into the hand-over of a courier; closing makes their Delivery Notes."""

import pytest

import frappe

from sales_wh_flow.base import in_words
from sales_wh_flow.delivery import api, jobs
from tests.delivery import delivery_world as world
from tests.factories import (
	acting_as,
	line,
	make_company,
	make_order,
	make_user,
	make_warehouse,
	stocked,
	unique,
)

pytestmark = pytest.mark.usefixtures("flow_is_on", "in_this_transaction")


def test_a_closed_box_goes_in_by_its_number_its_sscc_or_its_tracking_number(courier, place):
	_order, pick = world.picked_order(3, warehouse=place)
	first, second, third = world.boxes_of(pick, {0: 1}, {0: 1}, {0: 1})
	sscc, number = "340123450000000018", unique("TRK").replace(" ", "")
	frappe.db.set_value("Order Box", second, "sscc", sscc)
	frappe.db.set_value("Order Box", third, "tracking_no", number)
	handover = world.begin(courier, place)

	seen = [world.scan(handover, text)["scanned"] for text in (first, sscc, number)]

	assert seen == [first, second, third]
	shown = api.handover_boxes(handover)
	assert [row["box"] for row in shown["boxes"]] == [third, second, first]
	assert (shown["left"], shown["weight_kg"], shown["missing"]) == (3, 7.5, [])
	assert {frappe.db.get_value("Order Box", box, "courier") for box in seen} == {courier}


def test_the_manifest_weighs_in_its_readers_number_format(courier, place, monkeypatch):
	_order, pick = world.picked_order(3, warehouse=place)
	handover = world.begin(courier, place)
	for box in world.boxes_of(pick, {0: 1}, {0: 2}):
		world.scan(handover, box)
	monkeypatch.setattr(in_words, "number_format", lambda: "#.###,##")

	printed = frappe.get_print("Courier Handover", handover, "Courier Manifest")

	assert "<b>2</b>, 5 kg" in printed and printed.count("2,5 kg") == 2
	assert "2.5" not in printed.partition("<tbody>")[2].partition("</tbody>")[0]


def test_the_hand_over_of_a_courier_warehouse_and_day_is_begun_once(courier, place):
	assert world.begin(courier, place) == world.begin(courier, place)
	assert world.begin(courier, make_warehouse()) != world.begin(courier, place)


def test_nobody_hands_over_the_boxes_of_a_company_that_is_not_his(courier, place):
	user = make_user("Stock User")
	limit = {"user": user, "allow": "Company", "for_value": make_company().name}
	frappe.get_doc({"doctype": "User Permission", **limit}).insert(ignore_permissions=True)
	with acting_as(user):
		assert place not in api.handovers_here()["warehouses"]
		with pytest.raises(frappe.PermissionError):
			world.begin(courier, place)


def test_what_is_missing_of_an_order_is_said(courier, place):
	order, pick = world.picked_order(4, warehouse=place)
	*here, last = world.boxes_of(pick, {0: 1}, {0: 1}, {0: 1}, {0: 1})
	handover = world.begin(courier, place)

	for box in here:
		shown = world.scan(handover, box)

	missing = {"order": order.name, "here": 3, "of": 4, "boxes": [[last, "Closed"]], "loose": {}}
	assert shown["missing"] == [missing]


@pytest.mark.unchecked  # a box that is delivered and was never sent
@pytest.mark.parametrize(
	("change", "text"),
	[
		({"state": "Open"}, "still open"),
		({"state": "Delivered"}, "on no Delivery Note"),
		({"courier": "other"}, "goes with"),
		({"warehouse": "other"}, "belongs to"),
	],
)
def test_a_box_that_does_not_belong_is_refused_in_a_plain_sentence(courier, place, change, text):
	_order, pick = world.picked_order(warehouse=place)
	if "courier" in change:
		change = {"courier": world.make_courier()}
	if "warehouse" in change:
		change = {"warehouse": make_warehouse()}
	(box,) = world.boxes_of(pick, **change)
	handover = world.begin(courier, place)

	with pytest.raises(frappe.ValidationError, match=text) as refused:
		world.scan(handover, box)

	assert box in str(refused.value)
	assert not api.handover_boxes(handover)["boxes"]


def test_an_unknown_number_is_refused(courier, place):
	handover = world.begin(courier, place)

	with pytest.raises(frappe.ValidationError, match="No box has the number"):
		world.scan(handover, "BOX-no-such")


def test_a_box_of_a_cancelled_order_stays(courier, place):
	order, pick = world.picked_order(warehouse=place)
	(box,) = world.boxes_of(pick)
	world.set_status(order, "Closed")
	handover = world.begin(courier, place)

	with pytest.raises(frappe.ValidationError, match="cancelled or closed") as refused:
		world.scan(handover, box)

	assert order.name in str(refused.value)


def test_an_empty_box_stays(courier, place):
	box = world.box(warehouse=place)

	with pytest.raises(frappe.ValidationError, match="holds nothing"):
		world.scan(world.begin(courier, place), box)


def test_a_box_lies_in_one_hand_over_only(courier, place):
	_order, pick = world.picked_order(warehouse=place)
	(box,) = world.boxes_of(pick)
	first = world.begin(courier, place)
	second = world.begin(courier, place, driver=world.make_driver())
	world.scan(first, box)

	with pytest.raises(frappe.ValidationError, match="Take it out there first"):
		world.scan(second, box)


def test_the_same_scan_told_twice_is_one_scan(courier, place):
	_order, pick = world.picked_order(warehouse=place)
	(box,) = world.boxes_of(pick)
	handover, once = world.begin(courier, place), world.key()

	first = api.scan_into_handover(handover, box, once)
	again = api.scan_into_handover(handover, box, once)
	world.scan(handover, box)

	assert first == again
	assert len(api.handover_boxes(handover)["boxes"]) == 1
	assert frappe.db.count("Box Event", {"box": box}) == 1


def test_closing_submits_a_note_of_just_what_lies_in_the_boxes(courier, place):
	order, pick = world.picked_order(5, 3, warehouse=place)
	first, second = world.boxes_of(pick, {0: 2}, {0: 1, 1: 3})
	handover = world.begin(courier, place)
	world.scan(handover, first)
	world.scan(handover, second)

	shown = world.close(handover)

	assert (shown["state"], shown["left"]) == ("Closed", 0)
	(note,) = {row["delivery_note"] for row in shown["boxes"]}
	doc = frappe.get_doc("Delivery Note", note)
	assert doc.docstatus == 1
	assert sorted((row.so_detail, row.qty) for row in doc.items) == sorted(
		[(order.items[0].name, 3), (order.items[1].name, 3)]
	)
	assert {row.against_pick_list for row in doc.items} == {pick.name}
	assert doc.swf_courier == courier
	assert {world.state_of(box) for box in (first, second)} == {"Handed Over"}
	assert world.flow_status(order) == "Ready for Dispatch"
	assert frappe.db.get_value("Pick List Item", pick.locations[0].name, "delivered_qty") == 3


def test_the_rest_of_an_order_leaves_with_the_next_hand_over(courier, place):
	order, pick = world.picked_order(5, warehouse=place)
	first, second = world.boxes_of(pick, {0: 2}, {0: 3})

	world.handed_over(first, courier=courier)
	half = world.flow_status(order)
	world.handed_over(second, courier=courier)

	assert (half, world.flow_status(order)) == ("Ready for Dispatch", "Dispatched")


def test_serial_numbers_and_batches_leave_as_they_lie_in_the_boxes(courier, place):
	series = unique("S").replace(" ", "")
	serial = stocked(4, place, has_serial_no=1, serial_no_series=f"{series}.####")
	batch = stocked(4, place, has_batch_no=1, create_new_batch=1, batch_number_series=f"B{series}.###")
	order = make_order(line(serial, qty=3, warehouse=place), line(batch, qty=3, warehouse=place), submit=True)
	pick = world.picked_list(order)
	rows = [
		world.content(row, 2, serial_nos="\n".join((row.serial_no or "").split()[1:]))
		if row.serial_no
		else world.content(row, 2)
		for row in pick.locations
	]
	taken = [row["serial_nos"] for row in rows if row["serial_nos"]]
	box = world.box(*rows)

	handover = world.handed_over(box, courier=courier)

	(note,) = {row["delivery_note"] for row in api.handover_boxes(handover)["boxes"]}
	sold = set()
	for row in frappe.get_doc("Delivery Note", note).items:
		assert row.qty == 2
		bundle = frappe.get_doc("Serial and Batch Bundle", row.serial_and_batch_bundle)
		sold |= {entry.serial_no for entry in bundle.entries if entry.serial_no}
	assert sold == {name for text in taken for name in text.split()}


def test_boxes_of_one_order_leave_together_and_another_order_by_itself(courier, place):
	orders = [world.picked_order(2, warehouse=place) for _ in range(2)]
	boxes = [world.boxes_of(pick, {0: 1}, {0: 1}) for _order, pick in orders]
	handover = world.handed_over(*boxes[0], *boxes[1], courier=courier)

	notes = {row["box"]: row["delivery_note"] for row in api.handover_boxes(handover)["boxes"]}

	assert notes[boxes[0][0]] == notes[boxes[0][1]] != notes[boxes[1][0]] == notes[boxes[1][1]]


def test_a_refused_note_is_named_with_its_reason_and_the_others_leave(courier, place):
	good, pick = world.picked_order(2, warehouse=place)
	bad, other = world.picked_order(2, warehouse=place)
	(fine,), (stuck,) = world.boxes_of(pick), world.boxes_of(other)
	handover = world.begin(courier, place)
	world.scan(handover, fine)
	world.scan(handover, stuck)
	world.set_status(bad, "On Hold")

	shown = world.close(handover)

	rows = {row["box"]: row for row in shown["boxes"]}
	assert (shown["state"], shown["left"]) == ("Open", 1)
	assert rows[fine]["state"] == "Handed Over" and not rows[fine]["refusal"]
	assert rows[stuck]["state"] == "Scanned" and bad.name in rows[stuck]["refusal"]
	assert (world.state_of(fine), world.state_of(stuck)) == ("Handed Over", "Closed")
	assert not frappe.db.exists("Delivery Note Item", {"against_sales_order": bad.name})

	world.set_status(bad, "Draft")  # as ERPNext resumes one
	again = world.close(handover)
	assert (again["state"], again["left"]) == ("Closed", 0)
	assert world.flow_status(good) == world.flow_status(bad) == "Dispatched"


def test_a_stuck_box_is_taken_out_and_the_hand_over_is_closed(courier, place):
	_order, pick = world.picked_order(2, warehouse=place)
	bad, other = world.picked_order(2, warehouse=place)
	(fine,), (stuck,) = world.boxes_of(pick), world.boxes_of(other)
	handover = world.begin(courier, place)
	world.scan(handover, fine)
	world.scan(handover, stuck)
	world.set_status(bad, "On Hold")
	world.close(handover)

	api.take_out_of_handover(handover, stuck, world.key())
	shown = world.close(handover)

	assert shown["state"] == "Closed"
	assert [row["box"] for row in shown["boxes"]] == [fine]


def test_closing_twice_makes_the_notes_once(courier, place):
	order, pick = world.picked_order(2, warehouse=place)
	(box,) = world.boxes_of(pick)
	handover = world.handed_over(box, courier=courier)

	jobs.close_handover(handover)
	api.close_handover(handover, world.key())

	assert frappe.db.count("Delivery Note Item", {"against_sales_order": order.name}) == 1


def test_an_empty_hand_over_is_not_closed_but_cancelled(courier, place):
	handover = world.begin(courier, place)

	with pytest.raises(frappe.ValidationError, match="no box in it"):
		api.close_handover(handover, world.key())
	with pytest.raises(frappe.ValidationError, match="Say why"):
		api.cancel_handover(handover, "", world.key())

	assert api.cancel_handover(handover, "wrong courier", world.key())["state"] == "Cancelled"


def test_nothing_goes_into_a_closed_hand_over_and_nothing_comes_out(courier, place):
	_order, pick = world.picked_order(2, warehouse=place)
	gone, late = world.boxes_of(pick, {0: 1}, {0: 1})
	handover = world.handed_over(gone, courier=courier)

	with pytest.raises(frappe.ValidationError, match="boxes go into an open one"):
		world.scan(handover, late)
	with pytest.raises(frappe.ValidationError, match="boxes go into an open one"):
		api.take_out_of_handover(handover, gone, world.key())
	with pytest.raises(frappe.ValidationError, match="boxes go into an open one"):
		api.cancel_handover(handover, "oops", world.key())


def test_boxes_of_a_cancelled_note_are_here_again(courier, place):
	order, pick = world.picked_order(2, warehouse=place)
	(box,) = world.boxes_of(pick)
	world.handed_over(box, courier=courier)
	note = frappe.db.get_value("Order Box", box, "delivery_note")

	with acting_as(make_user("Delivery User")), pytest.raises(frappe.PermissionError, match="taken back"):
		frappe.get_doc("Delivery Note", note).cancel()
	with acting_as(make_user("Delivery User", "Delivery Manager")):
		frappe.get_doc("Delivery Note", note).cancel()

	assert (world.state_of(box), frappe.db.get_value("Order Box", box, "delivery_note")) == ("Closed", None)
	assert world.flow_status(order) == "Ready for Dispatch"
	world.handed_over(box, courier=courier)
	assert world.flow_status(order) == "Dispatched"


def test_an_own_vehicle_gets_a_delivery_trip_with_its_stops_by_address(place):
	order, pick = world.picked_order(2, warehouse=place, ship_to=True)
	first, second = world.boxes_of(pick, {0: 1}, {0: 1})
	driver, vehicle = world.make_driver(), world.make_vehicle()

	handover = world.handed_over(first, second, driver=driver, vehicle=vehicle)

	trip = frappe.get_doc("Delivery Trip", api.handover_boxes(handover)["delivery_trip"])
	assert (trip.driver, trip.vehicle, trip.docstatus) == (driver, vehicle, 0)
	(stop,) = trip.delivery_stops
	assert (stop.customer, stop.address) == (order.customer, order.shipping_address_name)
	assert stop.delivery_note == frappe.db.get_value("Order Box", first, "delivery_note")
	assert first in stop.details and second in stop.details


def test_no_hand_over_is_written_by_hand(courier, place):
	doc = frappe.get_doc("Courier Handover", world.begin(courier, place))
	doc.state = "Closed"

	with pytest.raises(frappe.PermissionError):
		doc.save(ignore_permissions=True)
	with pytest.raises(frappe.PermissionError):
		doc.delete(ignore_permissions=True)


def test_a_scan_asks_a_constant_number_of_statements(courier, place):
	from tests.factories import counted_statements

	_order, pick = world.picked_order(12, warehouse=place)
	boxes = world.boxes_of(pick, *({0: 1} for _ in range(12)))
	handover, counts = world.begin(courier, place), []
	for box in boxes:
		with counted_statements() as statements:
			world.scan(handover, box)
		counts.append(len(statements))

	assert counts[1] == counts[-1] <= 26, counts
