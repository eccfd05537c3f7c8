"""What is promised: when a row leaves and arrives, by stock or by what is on its way."""

from datetime import timedelta

import pytest

import frappe
from frappe.utils import add_days, getdate

from sales_wh_flow.base.said import worded
from sales_wh_flow.routing import read_facts as facts
from tests.factories import (
	line,
	make_address,
	make_customer,
	make_item,
	make_order,
	make_routing_rule,
	unique,
)
from tests.factories import stocked_in as stocked
from tests.routing.routing_world import MORNING, make_zone, order_from, rows

pytestmark = pytest.mark.usefixtures("routing_on_monday")


def test_stock_leaves_before_the_cut_off_and_arrives_after_the_transit_days(two, elsewhere, monkeypatch):
	make_routing_rule(*two)
	frappe.db.set_value("Warehouse", two[0], {"swf_has_cut_off": 1, "swf_cut_off": "12:00:00"})
	make_zone({"transit_days": 2})
	customer = make_customer()
	address = make_address(customer)
	item = stocked((50, two[0]))

	def promised():
		row = make_order(
			line(item), warehouse=elsewhere, customer=customer, shipping_address_name=address
		).items[0]
		return getdate(row.swf_ships_on), getdate(row.swf_promised_on), worded(row.swf_promise_source)

	ships, arrives, source = promised()
	assert (ships, arrives) == (MORNING.date(), add_days(MORNING.date(), 2))
	assert source.startswith(f"From stock in {two[0]}; leaves on ")
	monkeypatch.setattr(facts, "now_datetime", lambda: MORNING + timedelta(hours=4))
	assert promised()[:2] == (add_days(MORNING.date(), 1), add_days(MORNING.date(), 3))


def test_days_off_and_a_full_day_put_the_sending_off(two, elsewhere):
	make_routing_rule(*two)
	days = frappe.get_doc(
		{
			"doctype": "Holiday List",
			"holiday_list_name": unique("Days"),
			"from_date": "2026-11-01",
			"to_date": "2026-12-31",
			"holidays": [{"holiday_date": add_days(MORNING.date(), 1), "description": "Off"}],
		}
	).insert()
	frappe.db.set_value(
		"Warehouse",
		two[0],
		{"swf_holiday_list": days.name, "swf_limit_lines": 1, "swf_lines_per_day": 2},
	)
	item = stocked((50, two[0]))
	doc = make_order(*(line(item) for _ in range(3)), warehouse=elsewhere)
	days = [getdate(row.swf_ships_on) for row in doc.items]
	assert days == [MORNING.date(), MORNING.date(), add_days(MORNING.date(), 2)]


def test_what_is_missing_is_promised_by_the_purchase_order_that_completes_it(two, elsewhere):
	make_routing_rule(*two)
	item = make_item()
	late, early = add_days(MORNING.date(), 9), add_days(MORNING.date(), 4)
	order_from(item, 50, two[0], late)
	soon = order_from(item, 5, two[1], early)
	make_zone({"transit_days": 1})
	customer = make_customer()
	address = make_address(customer)
	doc = make_order(line(item, qty=5), warehouse=elsewhere, customer=customer, shipping_address_name=address)
	row = doc.items[0]
	assert row.warehouse == two[1]  # nobody has any: where it is due first
	assert getdate(row.swf_promised_on) == add_days(early, 1)
	assert worded(row.swf_promise_source).startswith(f"{soon}, due on ")
	doc.submit()
	# The five are promised now; the next order waits for the fifty.
	second = make_order(
		line(item, qty=5), warehouse=elsewhere, customer=customer, shipping_address_name=address
	)
	assert rows(second) == [(two[0], 5)]
	assert getdate(second.items[0].swf_promised_on) == add_days(late, 1)


def test_the_first_promise_is_kept_when_things_change(two, elsewhere):
	make_routing_rule(*two)
	item = stocked((5, two[0]))
	make_zone({"transit_days": 0})
	address = make_address(customer := make_customer())
	doc = make_order(
		line(item, qty=5),
		warehouse=elsewhere,
		customer=customer,
		shipping_address_name=address,
		submit=True,
	)
	promised = getdate(doc.items[0].swf_promised_on)
	assert promised == MORNING.date()
	frappe.db.set_value("Warehouse", two[0], {"swf_has_cut_off": 1, "swf_cut_off": "06:00:00"})
	doc.reload()
	doc.db_update()
	doc.save()
	doc.reload()
	assert getdate(doc.items[0].swf_promised_on) == promised


def test_what_leaves_with_nobody_knowing_the_transit_is_promised_no_arrival(two, elsewhere):
	make_routing_rule(*two)
	row = make_order(line(stocked((5, two[0])), qty=5), warehouse=elsewhere).items[0]
	assert (getdate(row.swf_ships_on), row.swf_promised_on) == (MORNING.date(), None)
	assert worded(row.swf_promise_source).endswith(", transit unknown")


def test_what_nothing_on_its_way_suffices_for_has_no_day_and_says_so(two, elsewhere):
	make_routing_rule(*two)
	row = make_order(line(qty=3), warehouse=elsewhere).items[0]
	assert row.swf_promised_on is None
	assert worded(row.swf_promise_source) == f"No day yet: nothing that is on its way to {two[0]} suffices"
