"""Parcels nobody has heard of for too many working days are listed, the longest silent first."""

from datetime import datetime

import pytest

import frappe

from sales_wh_flow.couriers.rules.silence import working_days_between
from sales_wh_flow.couriers.silent import silent_parcels
from tests import factories as make
from tests.couriers import couriers_world as world

THURSDAY, MONDAY = datetime(2026, 11, 26, 9), datetime(2026, 12, 7, 9)


@pytest.fixture
def courier():
	frappe.db.sql("update `tabCourier` set silent_after_days = 0")
	return world.make_courier(silent_after_days=3)


def heard_on(box, day):
	frappe.db.sql("update `tabOrder Box` set handed_over_on = %s where name = %s", (day, box))
	frappe.db.sql("update `tabCourier Event` set came_on = %s where box = %s", (day, box))
	frappe.db.sql("update `tabBox Event` set happened_on = %s where box = %s", (day, box))


def test_a_parcel_without_news_is_listed_after_its_couriers_days(courier):
	box, number = world.make_parcel(courier)
	world.tell(courier, number, "in_transit")
	heard_on(box, THURSDAY)
	assert silent_parcels(datetime(2026, 11, 30, 9)) == []
	(found,) = silent_parcels(MONDAY)
	assert (found.box, found.silent_days, found.last_heard) == (box, 10, THURSDAY)


def test_news_that_move_nothing_are_news(courier):
	box, number = world.make_parcel(courier)
	heard_on(box, THURSDAY)
	world.tell(courier, number, "unknown")
	frappe.db.sql(
		"update `tabCourier Event` set came_on = %s where box = %s", (datetime(2026, 12, 4, 9), box)
	)
	assert silent_parcels(MONDAY) == []


def test_days_off_of_the_warehouse_do_not_count(courier):
	off = frappe.get_doc(
		{
			"doctype": "Holiday List",
			"holiday_list_name": make.unique("Off"),
			"from_date": "2026-01-01",
			"to_date": "2026-12-31",
			"holidays": [
				{"holiday_date": f"2026-11-{day}", "description": "off"} for day in (27, 28, 29, 30)
			],
		}
	).insert()
	box, _number = world.make_parcel(courier, warehouse=make.make_warehouse(swf_holiday_list=off.name))
	heard_on(box, THURSDAY)
	(found,) = silent_parcels(MONDAY)
	assert found.silent_days == 6


def test_what_arrived_or_never_left_is_not_silent(courier):
	for state in ("Closed", "Delivered", "Returned", "Lost"):
		box, _number = world.make_parcel(courier, state)
		heard_on(box, THURSDAY)
	assert silent_parcels(MONDAY) == []


def test_working_days_are_counted_between_and_today_is_not_over():
	day = THURSDAY.date()
	assert [working_days_between(day, day.replace(day=end), frozenset()) for end in (26, 27, 28)] == [0, 0, 1]


def test_the_report_shows_only_boxes_of_its_readers_warehouses(courier):
	from sales_wh_flow.sales_wh_flow.report.silent_parcels import silent_parcels as report

	here, there = make.make_warehouses(2)
	boxes = [world.make_parcel(courier, warehouse=place)[0] for place in (here, there)]
	for box in boxes:
		heard_on(box, datetime(2026, 1, 1))
	picker = make.make_user("Stock User")
	permitted = {"doctype": "User Permission", "user": picker, "allow": "Warehouse", "for_value": here}
	frappe.get_doc(permitted).insert(ignore_permissions=True)
	with make.acting_as(picker):
		seen = {row.box for row in report.execute({"courier": courier})[1]}
	assert seen == {boxes[0]}
