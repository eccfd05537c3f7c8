"""What couriers ask for orders and boxes, against figures made by hand; the proposed one keeps the day."""

from datetime import datetime, timedelta

import pytest

import frappe
from frappe.utils import add_days, getdate, nowdate

from sales_wh_flow.couriers import api, compare_rates
from tests import factories as make
from tests.couriers import couriers_world as world

pytestmark = pytest.mark.usefixtures("in_this_transaction")


@pytest.fixture(autouse=True)
def only_these_couriers(site, rolled_back):
	frappe.db.sql("update `tabCourier` set enabled = 0")
	frappe.db.sql("update `tabDelivery Zone` set enabled = 0")
	frappe.clear_document_cache("Courier")


@pytest.fixture
def swift():
	services = [{"service": "Standard", "transit_days": 3}, {"service": "Express", "transit_days": 1}]
	return world.make_courier("Own Rates", services=services, volume_divisor=5000)


@pytest.fixture
def zone(swift):
	"""Standard: 4.90 up to 5, then 4.90 + 0.50 a kg, up to 30; Express: 12 up to 10."""
	rates = [
		rate(swift, "Standard", 0, 5, 4.9, 0, 3),
		rate(swift, "Standard", 5, 30, 4.9, 0.5, 3),
		rate(swift, "Express", 0, 10, 12, 0, 1),
	]
	return make_zone(rates)


def rate(courier, service, above, up_to, freight, per_kg, days, **values):
	bands = {"above_weight": above, "up_to_weight": up_to}
	price = {"freight": freight, "freight_per_kg": per_kg, "transit_days": days}
	return {"courier": courier, "service": service, "warehouse": "", **bands, **price, **values}


def make_zone(rates, **values):
	areas = [{"in_country": "Germany", "state": "", "postcode": ""}]
	doc = {"doctype": "Delivery Zone", "title": make.unique("Zone"), "areas": areas, "rates": rates, **values}
	return frappe.get_doc(doc).insert()


def boxed(*weights, days=30, **values):
	"""Boxes of an order that is promised in so many days, for one address in Germany."""
	customer = make.make_customer()
	address = make.make_address(customer)
	place = values.pop("warehouse", None) or make.make_warehouse()
	order = make.make_order(customer=customer, warehouse=place, delivery_date=add_days(nowdate(), days))
	frappe.db.set_value("Sales Order Item", order.items[0].name, "delivery_date", add_days(nowdate(), days))
	row = {"sales_order": order.name, "sales_order_item": order.items[0].name, "qty_stock": 1}
	return [
		world.make_box(
			{**row, "item_code": order.items[0].item_code},
			state="Closed",
			warehouse=place,
			customer=customer,
			ship_to=address,
			weighed_kg=kg,
			**values,
		)
		for kg in weights
	]


def told(answer):
	return [(it["service"], it["freight"], it["is_proposed"], it["why"]) for it in answer["offers"]]


def test_two_boxes_cost_the_sum_of_their_bands(swift, zone):
	"""Standard: 3 kg 4.90 and 12 kg 4.90 + 12 x 0.50 = 10.90: 15.80. Express goes up to 10 kg."""
	answer = api.rates_for_boxes(boxed(3, 12))
	assert told(answer) == [
		("Standard", pytest.approx(15.8), True, ""),
		("Express", None, False, "too heavy"),
	]


def test_a_bulky_box_pays_for_its_volume(swift, zone):
	"""60 x 40 x 40 cm = 96,000 cm3, by 5,000 that is 19.2 kg: 4.90 + 9.60 = 14.50."""
	answer = api.rates_for_boxes(boxed(2, length_cm=60, width_cm=40, height_cm=40))
	assert told(answer)[0] == ("Standard", pytest.approx(14.5), True, "")


def test_the_cheapest_that_keeps_the_promise_is_proposed(swift, zone, monkeypatch):
	monday = datetime(2026, 11, 30, 9)
	monkeypatch.setattr(compare_rates, "now_datetime", lambda: monday)
	boxes = boxed(3)
	line = frappe.db.get_value("Order Box Item", {"parent": boxes[0]}, "sales_order_item")
	for promised, proposed in (
		("2026-12-03", "Standard"),
		("2026-12-02", "Express"),
		("2026-11-30", "Express"),
	):
		frappe.db.set_value("Sales Order Item", line, "delivery_date", promised)
		first = api.rates_for_boxes(boxes)["offers"][0]
		assert (first["service"], first["is_proposed"]) == (proposed, True), promised
	assert (first["ships"], first["arrives"], first["why"]) == (monday.date(), getdate("2026-12-01"), "late")


def test_a_couriers_cut_off_costs_a_day(swift, zone, monkeypatch):
	frappe.db.set_value("Courier", swift, "cut_off", "12:00")
	frappe.clear_document_cache("Courier", swift)
	boxes = boxed(3)
	ships = {}
	for hour in (11, 12):
		monkeypatch.setattr(compare_rates, "now_datetime", lambda hour=hour: datetime(2026, 11, 30, hour))
		ships[hour] = api.rates_for_boxes(boxes)["offers"][0]["ships"]
	assert ships[12] - ships[11] == timedelta(days=1)


def test_nothing_travels_on_the_warehouses_days_off(swift, zone, monkeypatch):
	days = [{"holiday_date": f"2026-12-0{day}", "description": "off"} for day in (1, 2)]
	off = frappe.get_doc(
		{
			"doctype": "Holiday List",
			"holiday_list_name": make.unique("Off"),
			"from_date": "2026-01-01",
			"to_date": "2027-12-31",
			"holidays": days,
		}
	).insert()
	place = make.make_warehouse(swf_holiday_list=off.name)
	boxes = boxed(3, warehouse=place)
	monkeypatch.setattr(compare_rates, "now_datetime", lambda: datetime(2026, 11, 30, 9))
	express = next(it for it in api.rates_for_boxes(boxes)["offers"] if it["service"] == "Express")
	assert express["arrives"] == getdate("2026-12-03")


def test_an_order_is_asked_for_as_it_is_routed_a_parcel_a_warehouse(swift, zone):
	"""2 x 2 kg from one place, 1 x 12 kg from another: 4.90 + 10.90 = 15.80."""
	light, heavy = (
		make.make_item(weight_per_unit=2, weight_uom="Kg"),
		make.make_item(weight_per_unit=12, weight_uom="Kg"),
	)
	customer = make.make_customer()
	address = make.make_address(customer)
	places = make.make_warehouses(2)
	order = make.make_order(
		make.line(light, qty=2, warehouse=places[0]),
		make.line(heavy, qty=1, warehouse=places[1]),
		customer=customer,
		shipping_address_name=address,
	)
	answer = api.rates_for_order(order.name)
	assert sorted(it["kg"] for it in answer["parcels"]) == [4, 12]
	assert told(answer)[0][:2] == ("Standard", pytest.approx(15.8))


def test_a_courier_without_prices_is_told_last_and_not_proposed(swift, zone):
	by_hand = world.make_courier("Manual", services=[{"service": "Van", "transit_days": 1}])
	offers = api.rates_for_boxes(boxed(3))["offers"]
	assert (offers[-1]["courier"], offers[-1]["why"], offers[-1]["is_proposed"]) == (
		by_hand,
		"no rate",
		False,
	)


def test_choosing_on_an_order_writes_courier_and_service(swift, zone):
	customer = make.make_customer()
	order = make.make_order(customer=customer, shipping_address_name=make.make_address(customer))
	api.take_rate_for_order(order.name, swift, "Express")
	assert frappe.db.get_value("Sales Order", order.name, ["swf_courier", "swf_courier_service"]) == (
		swift,
		"Express",
	)


def test_choosing_for_boxes_writes_what_each_costs_and_when_it_is_there(swift, zone):
	boxes = boxed(3, 12)
	api.take_rate_for_boxes(boxes, swift, "Standard")
	stored = [
		frappe.db.get_value("Order Box", box, ["courier", "courier_service", "freight"]) for box in boxes
	]
	assert stored == [(swift, "Standard", 4.9), (swift, "Standard", 10.9)]
	assert frappe.db.get_value("Order Box", boxes[0], "expected_on") > getdate()


def test_what_was_not_offered_is_not_written(swift, zone):
	boxes = boxed(3)
	with pytest.raises(frappe.ValidationError, match="offers no service"):
		api.take_rate_for_boxes(boxes, swift, "Teleport")
	frappe.db.set_value("Courier", swift, "enabled", 0)
	with pytest.raises(frappe.ValidationError, match="not enabled"):
		api.take_rate_for_boxes(boxes, swift, "Standard")


def test_a_box_that_left_keeps_its_courier(swift, zone):
	boxes = boxed(3)
	frappe.db.set_value("Order Box", boxes[0], "state", "In Transit")
	with pytest.raises(frappe.ValidationError, match="stay as they are"):
		api.take_rate_for_boxes(boxes, swift, "Standard")


@pytest.mark.unchecked  # a hand-over that is not there
def test_a_box_in_a_hand_over_keeps_its_courier(swift, zone):
	boxes, other = boxed(3), world.make_courier()
	frappe.db.set_value("Order Box", boxes[0], {"courier": other, "handover": "HO-1"})
	for take in (
		lambda: api.take_rate_for_boxes(boxes, swift, "Standard"),
		lambda: api.write_tracking_number(
			boxes[0], "SWIFT-1", courier=swift, key=frappe.generate_hash(length=20)
		),
	):
		with pytest.raises(frappe.ValidationError, match="lies in hand-over"):
			take()
	assert frappe.db.get_value("Order Box", boxes[0], "courier") == other


def test_boxes_for_several_addresses_are_compared_apart(swift, zone):
	with pytest.raises(frappe.ValidationError, match="one address"):
		api.rates_for_boxes([*boxed(1), *boxed(1)])
	with pytest.raises(frappe.ValidationError, match="No box"):
		api.rates_for_boxes([])


def test_comparing_costs_the_same_whatever_the_boxes(swift, zone):
	few, many = boxed(3), boxed(*range(1, 9))
	api.rates_for_boxes(few)
	with make.counted_statements() as one:
		compare_rates.compare(compare_rates.of_box_rates(few))
	with make.counted_statements() as eight:
		compare_rates.compare(compare_rates.of_box_rates(many))
	assert len(one) == len(eight)


@pytest.mark.parametrize(
	("bands", "problem"),
	[
		(((0, 5), (4, 9)), "weights in common"),
		(((0, 0), (0, 0)), "same as row"),
		(((0, 0), (5, 9)), "weights in common"),
		(((9, 5),), "before it begins"),
		(((-1, 5),), "negative|Non Negative|cannot be negative"),
	],
)
def test_each_weight_belongs_to_one_row(swift, bands, problem):
	with pytest.raises(frappe.ValidationError, match=problem):
		make_zone([rate(swift, "Standard", above, up_to, 1, 0, 1) for above, up_to in bands])


def test_zones_without_bands_are_priced_as_before(swift):
	make_zone([rate(swift, "", 0, 0, 7, 1, 2), {"warehouse": "", "courier": "", "service": "", "freight": 9}])
	assert told(api.rates_for_boxes(boxed(3)))[0] == ("Express", 10, True, "")
