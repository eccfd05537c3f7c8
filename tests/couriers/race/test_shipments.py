"""Several make a Shipment of the same boxes at once: it is one."""

import pytest

import frappe

from tests.couriers import couriers_world
from tests.couriers.race import pressing
from tests.racing import world
from tests.racing.harness import call_of


@pytest.fixture(autouse=True, scope="module")
def flow_is_on(switches):
	switches(stock_lock=True)


def test_boxes_that_several_send_at_once_are_in_one_shipment(race, round):
	boxes = couriers_world.make_boxes_to_ship(couriers_world.make_courier())
	frappe.db.commit()
	outcomes = race(*(call_of(pressing.make_shipment, boxes) for _ in range(3)))
	assert sum(it.is_done for it in outcomes) == 1, [it.text for it in outcomes]
	assert all(it.is_done or world.is_refusal(it) for it in outcomes), [it.text for it in outcomes]
	frappe.db.rollback()
	assert frappe.db.count("Shipment Parcel", {"swf_box": boxes[0]}) == 1
