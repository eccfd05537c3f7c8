"""The dashboard's numbers are of the orders that their reader may see, and each opens the rows it counts."""

import json

import pytest

import frappe
from frappe.desk.doctype.dashboard.dashboard import get_permitted_charts
from frappe.utils import add_days, nowdate

from sales_wh_flow.figures import api
from sales_wh_flow.order_board import board
from sales_wh_flow.patches.v0_4 import cards_say_what_they_show
from sales_wh_flow.sales_wh_flow.report.order_figures import order_figures
from tests.billing.billing_world import confirm, ship
from tests.factories import (
	acting_as,
	company,
	counted_statements,
	line,
	make_customer,
	make_item,
	make_order,
	make_user,
	make_warehouse,
	receive,
)

SHARES = {
	api.lines_filled: "line_fill",
	api.in_full_by_request: "on_requested",
	api.in_full_by_first_promise: "on_first",
	api.in_full_by_last_promise: "on_last",
}


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(stock_lock=True, serving="By Itself", fulfilment=True, forecast=True, billing="On")
	# Orders that other tests left are looked past; undone with this one.
	frappe.db.sql("update `tabSales Order` set transaction_date = '2001-01-01'")


@pytest.fixture
def goods():
	item, place = make_item(), make_warehouse()
	receive(item, 20, place)
	return item, place


def order_of(goods, qty=2, **values):
	item, place = goods
	return make_order(line(item, qty=qty, warehouse=place), submit=True, **values)


def promised(order, ahead):
	"""Promised first for so many days from today, and anew for a week later."""
	days = {"swf_first_promised_on": add_days(nowdate(), ahead)}
	frappe.db.set_value("Sales Order", order.name, days)
	return order


def report(**filters):
	given = {"company": company().name, "show": "Each Order", **filters}
	return order_figures.execute(given)[1]


@pytest.fixture
def three_orders(goods):
	"""One on time, one late and there, one that is open and promised for a day to come."""
	fine, late, open_order = order_of(goods), promised(order_of(goods), -1), order_of(goods)
	for order in (fine, late):
		confirm(ship(order))
	return fine, late, open_order


def test_cards_and_report_say_the_same_and_lead_to_the_orders_they_count(three_orders):
	fine, late, open_order = three_orders
	(whole,) = report(show="By Month")
	assert (whole["orders"], whole["line_fill"], whole["on_first"], whole["on_requested"]) == (3, 50, 50, 100)
	for card, figure in SHARES.items():
		told = card()
		assert told["value"] == whole[figure]
		assert told["route"] == ["query-report", "Order Figures"]
		rows = report(**told["route_options"])
		assert {row["sales_order"] for row in rows} == {fine.name, late.name}
	assert {row["sales_order"] for row in report()} == {fine.name, late.name, open_order.name}


def test_lines_fall_into_their_warehouses(goods, three_orders):
	here = next(row for row in report(show="By Warehouse") if row["key"] == goods[1])
	assert (here["orders"], here["at_once"]) == (3, 100)
	assert report(show="By Warehouse", warehouse=make_warehouse()) == []


def test_what_was_locked_at_submit_is_told_for_lines_that_lacked_stock(goods):
	order_of(goods, qty=80)
	(row,) = report()
	assert row["at_once"] == 25


def test_where_no_delivery_is_confirmed_sending_counts(goods):
	ship(order_of(goods))
	(row,) = report()
	assert row["on_first"] == "Yes"
	assert "No delivery was confirmed" in order_figures.execute({"show": "By Company"})[2]


def test_who_may_not_read_an_order_does_not_see_it_counted(three_orders):
	seller = make_user("Sales User", "Accounts User")
	for kind, name in (("Customer", make_customer()), ("Company", company().name)):
		frappe.get_doc(
			{"doctype": "User Permission", "user": seller, "allow": kind, "for_value": name}
		).insert(ignore_permissions=True)
	with acting_as(seller):
		assert report() == []
		assert [card() for card in SHARES] == [api.NOTHING_YET] * 4
		assert api.days_to_cash() == api.NOTHING_YET
		assert api.value_waiting()["value"] == 0


def test_a_system_manager_who_reads_no_orders_is_shown_cards_without_figures(three_orders):
	with acting_as(make_user("System Manager")):
		cards = (*SHARES, api.value_waiting, api.days_to_cash, api.approval_hours)
		assert {card.__name__: card() for card in cards if card() != api.NOTHING_YET} == {}
		charts = [row.chart for row in get_permitted_charts("Order Figures")]
		kinds = {frappe.db.get_value("Dashboard Chart", chart, "document_type") for chart in charts}
		assert {kind for kind in kinds if kind and not frappe.has_permission(kind)} == set()


@pytest.mark.parametrize(
	("role", "refused"),
	[
		("HR User", {*SHARES, api.value_waiting, api.days_to_cash}),
		("Sales User", {api.days_to_cash}),
		("Accounts User", set()),
		("Stock User", {api.days_to_cash}),
	],
)
def test_numbers_are_for_roles_that_may_read_what_they_count(three_orders, role, refused):
	cards = (*SHARES, api.value_waiting, api.days_to_cash)
	with acting_as(make_user(role)):
		for card in cards:
			if card in refused:
				with pytest.raises(frappe.PermissionError):
					card()
			else:
				card()


def test_the_value_that_waits_is_the_boards(goods):
	order_of(goods, qty=80)
	told = api.value_waiting()
	(waiting,) = (
		one for one in board.draw(company().name, None, [])["columns"] if one["stage"] == "Waiting for Stock"
	)
	assert told["value"] == waiting["value"][company().currency] > 0
	assert told["route_options"]["swf_stage"] == "Waiting for Stock"


def test_days_to_cash_are_those_of_half_of_the_orders_paid_in_three_months(three_orders):
	fine, late, _open_order = three_orders
	frappe.db.sql("update `tabOrder Money` set paid_on = null, state = 'Invoiced'")
	for order, days, paid in ((fine, 10, 0), (late, 31, -5)):
		values = {"state": "Paid", "paid_on": add_days(nowdate(), paid), "days_to_cash": days}
		frappe.db.set_value("Order Money", order.name, values)
	told = api.days_to_cash()
	assert told["value"] == 20.5
	assert frappe.db.count("Order Money", told["route_options"]) == 2


def test_figures_cost_the_same_statements_however_many_orders(three_orders, goods):
	report()
	with counted_statements() as few:
		report()
	for _ in range(3):
		order_of(goods, qty=1)
	with counted_statements() as many:
		assert len(report()) == 6
	assert len(many) == len(few) <= 8


def test_the_dashboard_shows_each_reader_the_cards_that_are_for_him():
	from frappe.desk.doctype.dashboard.dashboard import get_permitted_cards, get_permitted_charts

	dashboard = frappe.get_doc("Dashboard", "Order Figures")
	assert {it.card for it in get_permitted_cards(dashboard.name)} == {it.card for it in dashboard.cards}
	with acting_as(make_user("Sales User")):
		cards = {it.card for it in get_permitted_cards(dashboard.name)}
		charts = {it.chart for it in get_permitted_charts(dashboard.name)}
	assert "In Full by First Promise (%)" in cards
	assert "Days to Cash (Half of Them)" not in cards
	assert "Fill Rate by Warehouse" in charts
	with acting_as(make_user("HR User")):
		assert "In Full by First Promise (%)" not in {it.card for it in get_permitted_cards(dashboard.name)}


def test_dashboards_that_knew_a_card_by_its_former_name_show_it_by_the_one_it_has():
	frappe.rename_doc("Number Card", "My Delays", "Delays of Mine", force=True, show_alert=False)
	for _twice in range(2):
		cards_say_what_they_show.execute()
		shown = frappe.get_all("Number Card Link", {"parent": "Order Figures"}, pluck="card")
		assert "My Delays" in shown
		assert "Delays of Mine" not in shown


def test_every_chart_and_card_of_the_dashboard_is_there():
	path = frappe.get_app_path("sales_wh_flow", "sales_wh_flow", "sales_wh_flow_dashboard")
	with open(f"{path}/order_figures/order_figures.json") as file:
		told = json.load(file)
	assert all(frappe.db.exists("Number Card", row["card"]) for row in told["cards"])
	assert all(frappe.db.exists("Dashboard Chart", row["chart"]) for row in told["charts"])


@pytest.mark.parametrize(
	("typed", "on_time"), [("", "Yes"), ("soon", "Yes"), ("-3", "Yes"), ("0", "No"), ("30", "Yes")]
)
def test_most_days_early_is_a_number_of_days_or_any(goods, typed, on_time):
	confirm(ship(order_of(goods)))
	(row,) = report(days_early=typed)
	assert row["on_first"] == on_time


def test_filters_that_nobody_meant_give_no_rows_and_no_error(three_orders):
	for wrong in ({"warehouse": "' or 1=1"}, {"from_date": "2999-01-01"}, {"company": "Nobody"}):
		assert report(**wrong) == []
	assert len(report(show="By Month", counts="__class__")) == 1
	assert len(report(counts="__class__")) == 3
