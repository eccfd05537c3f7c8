"""A pallet goes into a hand-over as a whole, and leaves when all that stands on it has."""

import pytest

import frappe

from sales_wh_flow.audit import check
from sales_wh_flow.couriers import api as couriers
from sales_wh_flow.packing import api as packing
from tests.delivery import delivery_world as world

pytestmark = pytest.mark.usefixtures("in_this_transaction")


@pytest.fixture
def stacked(switches, place):
	"""(order, two closed boxes, the open pallet they stand on)."""
	switches(stock_lock=True, fulfilment=True)
	order, pick = world.picked_order(2, warehouse=place)
	boxes = world.boxes_of(pick, {0: 1}, {0: 1})
	return order, boxes, packing.stack_boxes(world.key(), boxes)["name"]


def test_one_scan_of_a_pallet_hands_over_what_stands_on_it(stacked, place):
	order, boxes, pallet = stacked
	handover = world.begin(world.make_courier(), place)
	with pytest.raises(frappe.ValidationError, match="Close it"):
		world.scan(handover, pallet)
	packing.close_box(world.key(), pallet)
	assert sorted(row["box"] for row in world.scan(handover, pallet)["boxes"]) == sorted(boxes)
	world.close(handover)
	assert {world.state_of(box) for box in (*boxes, pallet)} == {"Handed Over"}
	assert not check.look(orders=[order.name])
	for box in boxes:
		world.prove(box)
	assert world.flow_status(order) == "Delivered"


def test_a_forwarders_number_on_a_pallet_moves_what_stands_on_it(stacked):
	_order, boxes, pallet = stacked
	courier = world.make_courier()
	packing.close_box(world.key(), pallet)
	number = couriers.write_tracking_number(pallet, "PALLET-1", courier=courier)["tracking_no"]
	world.handed_over(pallet, courier=courier)
	note = frappe.db.get_value("Order Box", boxes[0], "delivery_note")
	assert frappe.db.get_value("Delivery Note", note, "swf_tracking_no") == number
	assert couriers.tell_of_box(pallet, "delivered")["state"] == "Delivered"
	assert {world.state_of(box) for box in boxes} == {"Delivered"}


def test_a_pallet_whose_note_is_cancelled_stands_here_again(stacked, place):
	_order, boxes, pallet = stacked
	packing.close_box(world.key(), pallet)
	world.handed_over(pallet)
	frappe.get_doc("Delivery Note", frappe.db.get_value("Order Box", pallet, "delivery_note")).cancel()
	assert {world.state_of(box) for box in (*boxes, pallet)} == {"Closed"}


def test_a_pallet_stays_while_a_box_of_it_does(stacked, place):
	_order, (first, second), pallet = stacked
	packing.close_box(world.key(), pallet)
	handover = world.begin(world.make_courier(), place)
	world.scan(handover, first)
	world.close(handover)
	assert [world.state_of(it) for it in (first, second, pallet)] == ["Handed Over", "Closed", "Closed"]
