"""An order says what it was promised for, when it is expected and whether it is late."""

import pytest

import frappe
from frappe.utils import add_days, getdate, nowdate

from sales_wh_flow.base import said
from sales_wh_flow.order import jobs, refresh_forecast, refresh_status
from sales_wh_flow.order.store import forecast, stage_durations
from tests.factories import counted_statements, line, make_item, make_order, make_warehouse, receive
from tests.stage_clock.clock_world import make_past

SEEN = (
	"swf_requested_on",
	"swf_first_promised_on",
	"swf_last_promised_on",
	"swf_forecast_ships_on",
	"swf_forecast_on",
	"swf_lateness",
	"swf_lateness_since",
)


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(stock_lock=True, serving="By Itself", fulfilment=True, forecast=True, lead_transit_days=2)
	stage_durations.forget_durations()
	yield
	stage_durations.forget_durations()


@pytest.fixture
def goods():
	item, place = make_item(), make_warehouse()
	receive(item, 10, place)
	return item, place


def order_of(goods, qty=4, days=7, **values):
	item, place = goods
	return make_order(
		line(item, qty=qty, warehouse=place, delivery_date=add_days(nowdate(), days)),
		delivery_date=add_days(nowdate(), days),
		submit=True,
		**values,
	)


def seen(order):
	return frappe.db.get_value("Sales Order", order.name, SEEN, as_dict=True)


def day(ahead):
	return getdate(add_days(nowdate(), ahead))


def date_back(order, days):
	"""The days have passed since it was promised."""
	promised = day(-days)
	frappe.db.sql(
		"""update `tabSales Order` set delivery_date = %(day)s, swf_first_promised_on = %(day)s,
			swf_last_promised_on = %(day)s, swf_promise_basis = %(day)s where name = %(order)s""",
		{"day": promised, "order": order.name},
	)


def test_a_submitted_order_says_what_was_promised_and_when_it_is_expected(goods):
	order = order_of(goods)
	found = seen(order)
	assert found.swf_requested_on == found.swf_first_promised_on == found.swf_last_promised_on == day(7)
	assert (found.swf_forecast_ships_on, found.swf_forecast_on) == (day(1), day(3))
	assert (found.swf_lateness, found.swf_lateness_since) == ("On Time", day(0))
	row = frappe.db.get_value("Sales Order Item", order.items[0].name, "swf_line_expected_on")
	assert row == day(3)


def test_where_nobody_knows_the_transit_it_says_when_the_order_ships(goods, switches):
	switches(stock_lock=True, forecast=True, lead_transit_days=0)
	order = order_of(goods)
	assert (seen(order).swf_forecast_ships_on, seen(order).swf_forecast_on) == (day(1), None)
	words = said.worded(frappe.db.get_value("Sales Order", order.name, "swf_forecast_by"))
	assert words.startswith("Ships on ")
	assert "transit unknown" in words


def test_a_draft_asks_and_promises_nothing(goods):
	item, place = goods
	order = make_order(line(item, qty=1, warehouse=place))
	found = seen(order)
	assert (found.swf_requested_on, found.swf_last_promised_on, found.swf_lateness) == (day(7), None, None)


def test_missing_goods_put_the_order_at_risk(goods):
	order = order_of(goods, qty=40)
	found = seen(order)
	assert found.swf_forecast_on > day(7)
	assert (found.swf_lateness, found.swf_lateness_since) == ("At Risk", day(0))


def test_a_changed_delivery_date_is_a_new_promise_and_the_first_is_kept(goods):
	order = order_of(goods)
	order.delivery_date = order.items[0].delivery_date = add_days(nowdate(), 20)
	order.save()
	found = seen(order)
	assert (found.swf_requested_on, found.swf_first_promised_on) == (day(7), day(7))
	assert found.swf_last_promised_on == day(20)


def test_the_day_after_the_promise_an_order_is_late_without_anybody_touching_it(goods, in_this_transaction):
	order = order_of(goods)
	date_back(order, 2)
	assert jobs.refresh_forecasts() >= 1
	found = seen(order)
	assert (found.swf_lateness, found.swf_lateness_since) == ("Late", day(-1))


@pytest.mark.unchecked
def test_what_is_with_the_customer_is_not_late_any_more(goods, in_this_transaction):
	order = order_of(goods)
	date_back(order, 2)
	jobs.refresh_forecasts()
	make_past(order, ("To Pick", 1), ("To Invoice", 1))
	frappe.db.set_value("Sales Order", order.name, "swf_stage", "To Invoice", update_modified=False)
	jobs.refresh_forecasts()
	assert (seen(order).swf_lateness, seen(order).swf_forecast_on) == (None, None)


def test_an_order_that_ends_is_neither_late_nor_expected(goods):
	order = order_of(goods, qty=40)
	order.update_status("Closed")
	assert (seen(order).swf_lateness, seen(order).swf_forecast_on) == (None, None)


def test_a_copy_of_an_order_starts_without_promises(goods):
	order = order_of(goods)
	copy = frappe.copy_doc(order, ignore_no_copy=False)
	copy.docstatus = 0
	copy.delivery_date = copy.items[0].delivery_date = add_days(nowdate(), 5)
	copy.insert()
	assert seen(copy).swf_last_promised_on is None


def test_nobody_types_a_promise_or_a_lateness(goods):
	order = order_of(goods)
	order.update(
		{"swf_lateness": "Late", "swf_last_promised_on": "2020-01-01", "swf_forecast_on": "2020-01-01"}
	)
	order.save()
	found = seen(order)
	assert (found.swf_lateness, found.swf_last_promised_on, found.swf_forecast_on) == (
		"On Time",
		day(7),
		day(3),
	)


def test_switched_off_nothing_is_written_or_asked(goods, switches):
	switches(stock_lock=True)
	order = order_of(goods)
	assert set(seen(order).values()) == {None}
	with counted_statements() as statements:
		refresh_status.refresh_order(order.name)
	assert not [it for it in statements if "swf_forecast" in it]


def statements_of_refresh(order):
	refresh_status.refresh_order(order.name)  # settings, calendars and the table are in the cache
	date_back(order, 3)
	with counted_statements() as seen_now:
		refresh_status.refresh_order(order.name)
	return len(seen_now)


def test_a_save_costs_at_most_three_statements_more(goods, switches):
	order = order_of(goods)
	with_forecast = statements_of_refresh(order)
	switches(stock_lock=True, serving="By Itself", fulfilment=True)
	assert with_forecast - statements_of_refresh(order) <= 3


@pytest.mark.unchecked
def test_many_orders_cost_no_more_statements_than_one(goods):
	orders = [order_of(goods, qty=1) for _ in range(4)]
	for order in orders:
		date_back(order, 3)
	with counted_statements() as seen_now:
		assert refresh_forecast.refresh_forecasts([order.name for order in orders]) == 4
	assert len(seen_now) <= 3


def test_the_hourly_job_finds_who_waits_by_an_index(goods):
	order_of(goods)
	plans = []
	native = frappe.db.sql
	frappe.db.sql = lambda query, values=(), **kw: (
		plans.extend(native(f"explain {query}", values, as_dict=True)) or native(query, values, **kw)
	)
	try:
		forecast.measured_orders()
	finally:
		frappe.db.sql = native
	assert plans
	assert all(row.type in ("range", "ref", "index_merge") or row.table != "tabSales Order" for row in plans)


def test_a_day_promised_while_a_job_looks_at_the_order_stays(goods, monkeypatch):
	order = order_of(goods)
	date_back(order, 1)
	look, new = forecast.orders_ahead, day(9)

	def look_and_be_overtaken(names):
		found = look(names)
		forecast.set_last_promise(order.name, new)
		return found

	monkeypatch.setattr(forecast, "orders_ahead", look_and_be_overtaken)
	assert refresh_forecast.refresh_forecasts([order.name]) == 1
	monkeypatch.undo()
	refresh_forecast.refresh_forecasts([order.name])
	assert (seen(order).swf_last_promised_on, seen(order).swf_lateness) == (new, "On Time")
