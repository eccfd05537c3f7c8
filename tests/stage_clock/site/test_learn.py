"""The table of how long orders take is learned from the stage log, and forecasts follow it."""

import pytest

import frappe
from frappe.utils import add_days, getdate, nowdate

from sales_wh_flow.order import refresh_status
from sales_wh_flow.order.rules.forecast import Group
from sales_wh_flow.order.store import stage_durations
from sales_wh_flow.stage_clock import jobs
from tests.factories import line, make_item, make_order, make_warehouse, receive
from tests.stage_clock.clock_world import learn_from, make_past

pytestmark = pytest.mark.unchecked


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(stock_lock=True, serving="By Itself", forecast=True)
	yield
	stage_durations.forget_durations()


@pytest.fixture
def goods():
	item, place = make_item(), make_warehouse()
	receive(item, 20, place)
	return item, place


def order_of(goods):
	item, place = goods
	return make_order(line(item, qty=1, warehouse=place), submit=True)


def test_a_forecast_follows_what_orders_of_the_warehouse_took(goods):
	for _ in range(3):
		make_past(order_of(goods), ("To Pick", 4), ("In Transit", 5), ("To Invoice", 1))
	learn_from(least=3)
	times = stage_durations.table_of(order_of(goods).company)["To Pick", Group(goods[1])]
	assert (round(times.stay.p50, 3), round(times.until_there.p50, 3), times.stay.orders) == (4, 9, 3)
	order = order_of(goods)
	refresh_status.refresh_order(order.name)
	expected = frappe.db.get_value("Sales Order", order.name, ["swf_forecast_ships_on", "swf_forecast_on"])
	assert expected == (getdate(add_days(nowdate(), 4)), getdate(add_days(nowdate(), 9)))


def test_too_few_orders_of_a_warehouse_leave_the_lead_times(goods):
	make_past(order_of(goods), ("To Pick", 4), ("In Transit", 5), ("To Invoice", 1))
	learn_from(least=2)
	assert ("To Pick", Group(goods[1])) not in stage_durations.table_of(order_of(goods).company)


def test_the_table_is_made_anew_each_time(goods):
	make_past(order_of(goods), ("To Pick", 4), ("In Transit", 5), ("To Invoice", 1))
	learn_from()
	learn_from()
	assert (
		frappe.db.count("Stage Duration", {"stage": "In Transit", "warehouse": goods[1], "item_group": ""})
		== 1
	)


def test_the_job_does_nothing_while_the_forecast_is_off(switches):
	switches(stock_lock=True)
	assert jobs.learn_durations() == 0
