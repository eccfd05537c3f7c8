"""When a line can be with the customer, where its stock is, and what sending it there takes."""

from datetime import date, datetime, time

import pytest

from sales_wh_flow.routing.rules import ENOUGH, FULL_LINES, FULL_ORDER, NOTHING, RoutedPart
from sales_wh_flow.routing.rules.availability import ELSEWHERE, HERE, ON_ITS_WAY, SHORT, of_line
from sales_wh_flow.routing.rules.promise import (
	BY_TRANSFER,
	FROM_STOCK,
	UNKNOWN,
	ShippingCalendar,
	arrival,
	less_earlier,
	of_parts,
	ships_on,
	working_days_after,
)
from sales_wh_flow.routing.rules.zones import Area, Rate, rate_for, zone_of

MONDAY, TUESDAY, WEDNESDAY, FRIDAY = (date(2026, 11, day) for day in (23, 24, 25, 27))
NOW = datetime(2026, 11, 23, 10, 0)
WEEKEND = frozenset({date(2026, 11, 28), date(2026, 11, 29)})


def part(row="1", qty=5.0, warehouse="A", missing=0.0, **facts):
	return RoutedPart(row, warehouse, qty, NOTHING if missing else ENOUGH, 1, missing_stock=missing, **facts)


def promised(*parts, calendars=None, incoming=None, ship_complete=""):
	items = {one.row: "PUMP" for one in parts}
	return of_parts(parts, items, calendars or {}, incoming or {}, NOW, ship_complete)


@pytest.mark.parametrize(
	("calendar", "day"),
	[
		(ShippingCalendar(), MONDAY),
		(ShippingCalendar(cut_off=time(10, 1)), MONDAY),
		(ShippingCalendar(cut_off=time(10, 0)), TUESDAY),
		(ShippingCalendar(days_off=frozenset({MONDAY, TUESDAY})), WEDNESDAY),
		(ShippingCalendar(lines_per_day=2, taken={MONDAY: 2, TUESDAY: 1}), TUESDAY),
		(ShippingCalendar(cut_off=time(9), lines_per_day=1, taken={TUESDAY: 1}), WEDNESDAY),
	],
	ids=str,
)
def test_goods_leave_on_the_first_day_with_work_and_room(calendar, day):
	assert ships_on(calendar, MONDAY, NOW) == day


def test_a_warehouse_that_is_closed_for_a_year_promises_nothing():
	closed = frozenset(date.fromordinal(MONDAY.toordinal() + day) for day in range(400))
	(told,) = promised(part(), calendars={"A": ShippingCalendar(days_off=closed)})
	assert (told.ships, told.arrives, told.source) == (None, None, UNKNOWN)


def test_transit_is_counted_in_working_days():
	assert working_days_after(FRIDAY, 1, WEEKEND) == date(2026, 11, 30)
	assert working_days_after(FRIDAY, 0, WEEKEND) == FRIDAY
	(told,) = promised(part(), calendars={"A": ShippingCalendar(transit_days=5, days_off=WEEKEND)})
	assert (told.ships, told.arrives, told.source) == (MONDAY, date(2026, 11, 30), FROM_STOCK)


def test_nobody_is_told_a_day_of_arrival_while_the_transit_is_not_known():
	"""What leaves today for another country was "delivered today", where no zone or courier said anything."""
	(told,) = promised(part(), calendars={"A": ShippingCalendar(transit_days=None)})
	assert (told.ships, told.arrives, told.latest_known, told.source) == (MONDAY, None, MONDAY, FROM_STOCK)
	assert arrival(ShippingCalendar(transit_days=None), NOW) == MONDAY


def test_what_is_known_to_arrive_on_the_same_day_does():
	(told,) = promised(part(), calendars={"A": ShippingCalendar(transit_days=0)})
	assert (told.ships, told.arrives) == (MONDAY, MONDAY)


def test_lines_of_one_order_fill_the_day_one_by_one():
	calendars = {"A": ShippingCalendar(lines_per_day=2)}
	assert [told.ships for told in promised(*(part(str(row)) for row in range(3)), calendars=calendars)] == [
		MONDAY,
		MONDAY,
		TUESDAY,
	]


def test_what_is_missing_takes_from_the_deliveries_in_their_order():
	incoming = {("PUMP", "A"): ((TUESDAY, 3.0, "PO-1"), (FRIDAY, 9.0, "PO-2"))}
	first, second, third = promised(
		part("1", missing=2.0), part("2", missing=4.0), part("3", missing=7.0), incoming=incoming
	)
	assert (first.arrives, first.document) == (TUESDAY, "PO-1")
	assert (second.arrives, second.document) == (FRIDAY, "PO-2")
	assert (third.arrives, third.source) == (None, UNKNOWN)


def test_a_delivery_that_is_late_already_is_expected_today():
	incoming = {("PUMP", "A"): ((date(2026, 11, 2), 9.0, "PO-1"),)}
	assert promised(part(missing=2.0), incoming=incoming)[0].ships == MONDAY


def test_earlier_orders_take_their_share_of_what_is_on_its_way():
	deliveries = ((FRIDAY, 5.0, "PO-2"), (TUESDAY, 3.0, "PO-1"))
	assert less_earlier(deliveries, 4.0) == ((FRIDAY, 4.0, "PO-2"),)
	assert less_earlier(deliveries, -7.0) == ((TUESDAY, 3.0, "PO-1"), (FRIDAY, 5.0, "PO-2"))
	assert less_earlier(deliveries, 8.0) == ()


def test_a_transfer_takes_its_days_first():
	brought = part(warehouse="B", brought_to="A")
	(told,) = promised(brought, calendars={"A": ShippingCalendar(transfer_days=2, transit_days=1)})
	assert (told.ships, told.arrives, told.source) == (WEDNESDAY, date(2026, 11, 26), BY_TRANSFER)


def test_what_ships_together_arrives_with_the_last_of_it():
	incoming = {("PUMP", "A"): ((FRIDAY, 9.0, "PO-1"),)}
	parts = (part("1"), part("1", missing=1.0), part("2"))

	def days(ship_complete):
		return [told.arrives for told in promised(*parts, incoming=incoming, ship_complete=ship_complete)]

	assert days("") == [MONDAY, FRIDAY, MONDAY]
	assert days(FULL_LINES) == [FRIDAY, FRIDAY, MONDAY]
	assert days(FULL_ORDER) == [FRIDAY, FRIDAY, FRIDAY]


@pytest.mark.parametrize(
	("here", "elsewhere", "state", "day", "short"),
	[
		(10, 0, HERE, None, 0),
		(9, 1, ELSEWHERE, None, 0),
		(0, 10, ELSEWHERE, None, 0),
		(5, 2, ON_ITS_WAY, TUESDAY, 0),
		(3, 1, ON_ITS_WAY, FRIDAY, 0),
		(2, 0, SHORT, None, 1),
		(-4, 0, SHORT, None, 3),
	],
)
def test_a_line_of_ten_says_where_its_stock_is(here, elsewhere, state, day, short):
	told = of_line(10, here, elsewhere, [(FRIDAY, 4, "PO-2"), (TUESDAY, 3, "PO-1")])
	assert (told.state, told.day, told.short) == (state, day, short)


def test_an_address_lies_in_the_zone_that_fits_with_the_highest_priority():
	areas = [
		Area("Germany", 0, "Germany"),
		Area("Islands", 5, "Germany", "", "25938, 2599*"),
		Area("Bavaria", 1, "Germany", "Bayern"),
	]
	assert zone_of(areas, "Germany", "", "10115") == "Germany"
	assert zone_of(areas, "germany", "Bayern", "80331") == "Bavaria"
	assert zone_of(areas, "Germany", "", "25999") == "Islands"
	assert zone_of(areas, "France", "", "75001") is None


def test_the_narrowest_rate_counts():
	rates = [
		Rate("Zone", freight=9),
		Rate("Zone", courier="Swift", freight=8),
		Rate("Zone", courier="Swift", service="Express", freight=7),
		Rate("Zone", warehouse="A", freight=6),
		Rate("Other", warehouse="A", courier="Swift", service="Express", freight=1),
	]

	def freight(*asked):
		found = rate_for(rates, "Zone", *asked)
		return found and found.freight

	assert freight("B", "", "") == 9
	assert freight("B", "Swift", "") == 8
	assert freight("B", "Swift", "Express") == 7
	assert freight("A", "Swift", "Express") == 6
	assert rate_for(rates, "Nowhere", "A", "", "") is None
