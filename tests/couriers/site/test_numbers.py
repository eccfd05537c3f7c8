"""A number is written on a box, found again by whoever may, and told with all that happened to the box."""

import pytest

import frappe

from sales_wh_flow.couriers import api
from tests import factories as make
from tests.couriers import couriers_world as world

pytestmark = pytest.mark.usefixtures("in_this_transaction")


@pytest.fixture
def courier():
	return world.make_courier(services=[{"service": "Standard", "transit_days": 2}])


def test_a_typed_number_is_tidied_and_leads_to_the_parcels_page(courier):
	box = world.make_box(state="Closed", courier=courier)
	answer = api.write_tracking_number(box, " 1z 99-a/7 ", service="Standard")
	assert (answer["tracking_no"], answer["also_on"]) == ("1Z99-A/7", [])
	stored = frappe.db.get_value("Order Box", box, ["tracking_no", "tracking_url", "courier_service"])
	assert stored == ("1Z99-A/7", "https://courier.example/1Z99-A%2F7", "Standard")


def test_a_second_tap_of_the_same_key_writes_nothing_twice(courier):
	box = world.make_box(state="Closed", courier=courier)
	first = api.write_tracking_number(box, "AB12345", key="phone-1-000001")
	assert api.write_tracking_number(box, "AB12345", key="phone-1-000001") == first
	assert frappe.db.count("Box Event", {"box": box}) == 1


def test_a_number_that_stands_on_another_box_is_written_and_told(courier):
	other, number = world.make_parcel(courier)
	box = world.make_box(state="Closed", courier=courier)
	assert api.write_tracking_number(box, number)["also_on"] == [other]


def test_a_box_that_left_keeps_its_courier_and_takes_a_number_of_it(courier):
	other = world.make_courier()
	box = world.make_box(state="Handed Over", courier=courier)
	with pytest.raises(frappe.ValidationError, match="left with"):
		api.write_tracking_number(box, "AB12345", courier=other)
	assert api.write_tracking_number(box, "AB12345")["courier"] == courier
	here = world.make_box(state="Closed", courier=courier)
	assert api.write_tracking_number(here, "AB12346", courier=other)["courier"] == other


@pytest.mark.parametrize("typed", ["12", "<img src=x onerror=alert(1)>", "A" * 65, "what is it?", "=1+1"])
def test_what_is_no_number_is_refused_in_words(courier, typed):
	box = world.make_box(state="Closed", courier=courier)
	with pytest.raises(frappe.ValidationError, match="no tracking number"):
		api.write_tracking_number(box, typed)
	assert not frappe.db.get_value("Order Box", box, "tracking_no")


def test_a_number_needs_a_courier_that_is_on_and_a_box_that_is_not_settled(courier):
	with pytest.raises(frappe.ValidationError, match="has no courier"):
		api.write_tracking_number(world.make_box(state="Closed"), "AB12345")
	with pytest.raises(frappe.ValidationError, match="stay as they are"):
		api.write_tracking_number(world.make_box(state="Cancelled", courier=courier), "AB12345")
	with pytest.raises(frappe.ValidationError, match="does not offer"):
		api.write_tracking_number(
			world.make_box(state="Closed", courier=courier), "AB12345", service="Rocket"
		)
	frappe.db.set_value("Courier", courier, "enabled", 0)
	frappe.clear_document_cache("Courier", courier)
	with pytest.raises(frappe.ValidationError, match="not enabled"):
		api.write_tracking_number(world.make_box(state="Closed", courier=courier), "AB12345")


def test_a_box_is_found_by_the_beginning_of_its_number_and_nothing_by_a_pattern(courier):
	box, number = world.make_parcel(courier)
	assert [it["name"] for it in api.find_parcels(number[:8].lower())] == [box]
	assert api.find_parcels("%%%%%%") == api.find_parcels("____") == api.find_parcels("AB") == []


def test_the_story_tells_everything_in_the_order_it_happened(courier):
	item = make.make_item()
	box = world.make_box(
		{
			"item_code": item,
			"item_name": "Nails",
			"qty_stock": 12,
			"stock_uom": "Nos",
			"serial_nos": "A1\nA2",
		},
		state="Handed Over",
		courier=courier,
	)
	number = api.write_tracking_number(box, "ST" + frappe.generate_hash(length=10))["tracking_no"]
	world.tell(courier, number, "delivery_failed", 0, "consignee_not_home", place="Bonn", note="rang twice")
	world.tell(courier, number, "in_transit", 0.5)
	told = api.box_story(box)
	assert told["contents"][0]["serial_nos"] == ["A1", "A2"]
	assert sorted(it["by"] for it in told["events"]) == ["courier", "courier", "people"]
	last = max(told["events"], key=lambda it: it["on"])
	failed = next(it for it in told["events"] if it["delay_of"])
	assert failed | {"on": 0, "came_on": 0} == {
		"on": 0,
		"came_on": 0,
		"what": "Delivery failed",
		"state": "Delivery Failed",
		"who": courier,
		"where": "Bonn",
		"reason": "Receiver not at home",
		"delay_of": "Customer",
		"note": "rang twice",
		"by": "courier",
	}
	assert last["on"] >= failed["on"]
	written = next(it for it in told["events"] if it["by"] == "people")
	assert number in written["note"] and written["who"] == "Administrator"
	assert told["link"] == f"https://courier.example/{number}"


def test_a_link_that_is_no_web_address_is_not_told(courier):
	frappe.db.set_value("Courier", courier, "tracking_url", "javascript:alert('{0}')")
	frappe.clear_document_cache("Courier", courier)
	box, _number = world.make_parcel(courier)
	assert api.box_story(box)["link"] == ""
