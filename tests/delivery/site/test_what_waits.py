"""What waits for which courier is said, and boxes are known by their labels."""

import pytest

import frappe

from sales_wh_flow.delivery import api, hand_over
from sales_wh_flow.scanning.read import read_scan
from tests.delivery import delivery_world as world
from tests.factories import make_warehouse

pytestmark = pytest.mark.usefixtures("flow_is_on", "in_this_transaction")


@pytest.mark.parametrize("written", ["00{0}", "(00) {0}", "]C100{0}"])
def test_a_label_is_known_however_its_scanner_writes_it(courier, place, written):
	_order, pick = world.picked_order(1, warehouse=place)
	(box,) = world.boxes_of(pick)
	frappe.db.set_value("Order Box", box, "sscc", "340123450000000024")
	handover = world.begin(courier, place)

	assert world.scan(handover, written.format("340123450000000024"))["scanned"] == box
	assert read_scan(written.format("340123450000000024")).name == box


def test_what_still_waits_for_the_courier_is_said_before_and_at_the_end(courier, place):
	_order, pick = world.picked_order(3, warehouse=place)
	boxes = world.boxes_of(pick, {0: 1}, {0: 1}, {0: 1})
	for box in boxes[:2]:
		frappe.db.set_value("Order Box", box, "courier", courier)

	asked = api.handovers_here()
	assert {"warehouse": place, "courier": courier, "boxes": 2} in asked["waiting"]
	assert courier not in asked["driven"]

	handover = world.begin(courier, place)
	assert world.scan(handover, boxes[0])["waiting"] is None, "a scan asks for no more than it needs"
	assert api.handover_boxes(handover)["waiting"] == [boxes[1]]
	world.scan(handover, boxes[1])
	assert api.handover_boxes(handover)["waiting"] == []


def test_a_hand_over_is_begun_where_goods_are_sent_from_or_a_box_stands(place):
	aside = [make_warehouse(), make_warehouse()]
	frappe.db.set_value("Warehouse", aside[0], "warehouse_type", "Transit")
	frappe.db.set_value("Warehouse", aside[1], "swf_is_sellable", 0)
	assert {place, *aside} & {*api.handovers_here()["warehouses"]} == {place}

	world.box(warehouse=aside[1])

	assert {place, *aside} & {*api.handovers_here()["warehouses"]} == {place, aside[1]}


def test_a_hand_over_that_was_left_open_is_named_when_the_next_is_begun(courier, place):
	yesterday = frappe.utils.add_days(frappe.utils.getdate(), -1)
	older = hand_over.open_for_courier(courier, place, None, None, yesterday)
	frappe.clear_messages()

	world.begin(courier, place)
	(said,) = frappe.get_message_log()
	assert older in said["message"] and said["indicator"] == "orange"
	frappe.clear_messages()
	world.begin(courier, place)
	world.begin(world.make_courier(), place)
	assert frappe.get_message_log() == []


def test_what_was_picked_of_an_order_and_lies_in_no_box_is_said(courier, place):
	order, pick = world.picked_order(4, 6, warehouse=place)
	(box,) = world.boxes_of(pick, {0: 3})
	handover = world.begin(courier, place)

	shown = world.scan(handover, box)

	part, whole = pick.locations
	loose = {part.item_code: part.picked_qty - 3, whole.item_code: whole.picked_qty}
	assert shown["missing"] == [{"order": order.name, "here": 1, "of": 1, "boxes": [], "loose": loose}]


def test_couriers_that_own_drivers_drove_for_are_named(courier, place):
	_order, pick = world.picked_order(1, warehouse=place)
	(box,) = world.boxes_of(pick)
	world.handed_over(box, courier=courier, driver=world.make_driver())

	assert courier in api.handovers_here()["driven"]
