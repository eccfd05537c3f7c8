"""The stage log keeps why an order was late or at risk, in the words of its alert."""

import pytest

import frappe
from frappe.utils import add_days, nowdate

from sales_wh_flow.delays import follow
from sales_wh_flow.delays.store import delayed
from sales_wh_flow.order import promise_anew, refresh_forecast
from sales_wh_flow.sales_wh_flow.report.stage_times import stage_times
from sales_wh_flow.stage_clock import api
from sales_wh_flow.stock_lock.serving import serve
from tests.delays.site.test_alerts import alert_of
from tests.factories import counted_statements, line, make_item, make_order, make_user, receive

pytestmark = pytest.mark.usefixtures("delays_are_told")


@pytest.fixture
def order(place):
	"""At risk: its goods are not there."""
	return make_order(line(make_item(), qty=4, warehouse=place), submit=True)


def stays(order):
	return {it["stage"]: it["cause"] for it in api.stages_of_order(order.name)}


def promise_for(order, days):
	promise_anew.promise(frappe.get_doc("Sales Order", order.name), add_days(nowdate(), days), "Asked for it")


def test_the_log_names_the_cause_that_the_alert_names(order, place):
	make_user("Sales Manager", "Sales User")
	follow.raise_and_pass_on(delayed.delayed_orders("", 1000))
	kept = frappe.db.get_value(
		"Order Stage Log", {"sales_order": order.name, "left_on": ("is", "not set")}, "cause"
	)
	assert alert_of(order).cause == kept
	found = stays(order)
	assert found["Entry"] is None
	assert found["Waiting for Stock"].startswith(f"Waiting for Stock in {place} since")
	filters = {"sales_order": order.name, "show": "Each Stay", "stage": "Waiting for Stock"}
	assert [it["cause"] for it in stage_times.execute(filters)[1]] == [found["Waiting for Stock"]]


def test_an_order_that_is_on_time_again_names_no_cause_in_the_stage_that_lasts(order):
	promise_for(order, 60)
	assert stays(order)["Waiting for Stock"] is None


def test_a_stage_that_was_left_keeps_the_cause_of_then(order, place):
	was = stays(order)["Waiting for Stock"]
	receive(order.items[0].item_code, 4, place)
	serve.serve_order(order.name)
	promise_for(order, 60)
	found = stays(order)
	assert (found["Waiting for Stock"], found["To Pick"]) == (was, None)


def test_a_cause_costs_one_statement_where_it_changes_and_none_where_it_stays(order):
	refresh_forecast.refresh_forecasts([order.name])
	with counted_statements() as again:
		refresh_forecast.refresh_forecasts([order.name])
	assert len(again) == 1
