"""What users of Frappe and ERPNext reported about dashboards, overdue marks and mails, tried here."""

import pytest

import frappe
from frappe.desk.doctype.dashboard_chart import dashboard_chart
from frappe.utils import add_days, nowdate

from erpnext.controllers.accounts_controller import update_child_qty_rate

from sales_wh_flow.figures import api
from sales_wh_flow.milestones import happened
from sales_wh_flow.order import refresh_forecast
from tests.billing.billing_world import confirm, invoice_of, money, ship, shipped_order
from tests.factories import (
	acting_as,
	company,
	line,
	make_company,
	make_customer,
	make_item,
	make_order,
	make_user,
	make_warehouse,
	receive,
)
from tests.milestones.messages_world import make_message_rule, messages, reachable_customer


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True, forecast=True, billing="On", messages="On")


def sent_order(qty=2, **values):
	item, place = make_item(), make_warehouse()
	receive(item, qty, place)
	order = make_order(line(item, qty=qty, warehouse=place), submit=True, **values)
	confirm(ship(order))
	return order.reload()


def test_every_chart_of_the_dashboard_is_drawn_for_a_seller():
	"""frappe#26023, hrms#3971: charts of the kind Group By, and the whole dashboard, only for admins."""
	sent_order()
	charts = [row.chart for row in frappe.get_doc("Dashboard", "Order Figures").charts]
	kinds = dict(
		frappe.get_all("Dashboard Chart", {"name": ("in", charts)}, ["name", "chart_type"], as_list=1)
	)
	with acting_as(make_user("Sales User", "Stock User")):
		for name in charts:
			if kinds[name] == "Report":
				report = frappe.db.get_value("Dashboard Chart", name, "report_name")
				assert frappe.get_doc("Report", report).is_permitted() or report == "Approval History", name
			else:
				dashboard_chart.get(chart_name=name, refresh=1)


def test_figures_of_a_company_that_one_may_not_see_are_not_counted():
	"""erpnext#57827: a dashboard told what other companies' customers owe."""
	sent_order()
	reader = make_user("Sales User", "Accounts User")
	frappe.get_doc(
		{"doctype": "User Permission", "user": reader, "allow": "Company", "for_value": make_company().name}
	).insert(ignore_permissions=True)
	frappe.defaults.set_user_default("Company", company().name, reader)
	with acting_as(reader):
		for card in (api.lines_filled, api.in_full_by_request, api.came_back, api.days_to_cash):
			assert card() == api.NOTHING_YET
		assert api.value_waiting()["value"] == 0


def test_a_delivery_date_that_is_moved_takes_the_mark_of_lateness_along():
	"""erpnext#14997: an order whose rows had a later day by Update Items stayed Overdue."""
	item = make_item()
	order = make_order(
		line(item, qty=1), submit=True, transaction_date=add_days(nowdate(), -9), delivery_date=nowdate()
	)
	day = add_days(nowdate(), -2)
	frappe.db.set_value("Sales Order Item", order.items[0].name, "delivery_date", day)
	frappe.db.set_value(
		"Sales Order",
		order.name,
		{"delivery_date": day, "swf_last_promised_on": day, "swf_promise_basis": day},
	)
	refresh_forecast.refresh_forecasts([order.name])
	assert frappe.db.get_value("Sales Order", order.name, "swf_lateness") == "Late"
	row = order.reload().items[0]
	later = add_days(nowdate(), 40)
	change = [{"docname": row.name, "item_code": item, "qty": 1, "rate": row.rate, "delivery_date": later}]
	update_child_qty_rate("Sales Order", frappe.as_json(change), order.name)
	assert frappe.db.get_value("Sales Order", order.name, "swf_lateness") != "Late"


def test_a_service_that_is_billed_is_late_no_more():
	"""erpnext#54022: an order of a service, billed and paid, was Overdue for ever."""
	service = make_item(is_stock_item=0)
	order = make_order(line(service, qty=1), submit=True)
	day = add_days(nowdate(), -2)
	frappe.db.set_value(
		"Sales Order",
		order.name,
		{"delivery_date": day, "swf_last_promised_on": day, "swf_promise_basis": day},
	)
	refresh_forecast.refresh_forecasts([order.name])
	assert frappe.db.get_value("Sales Order", order.name, "swf_lateness") == "Late"
	invoice_of(order.reload())
	assert frappe.db.get_value("Sales Order", order.name, "swf_lateness") != "Late"


@pytest.mark.parametrize(("first", "second", "overdue"), [(0, 30, 0), (-1, 30, 100), (-20, -1, 200)])
def test_only_terms_whose_day_is_over_are_overdue(first, second, overdue):
	"""erpnext#42605, #45685: dunnings took the whole invoice, and what was due on the day itself."""
	order = shipped_order(qty=2, left=2)
	terms = [
		{"due_date": add_days(nowdate(), days), "invoice_portion": 50, "payment_amount": 100}
		for days in (first, second)
	]
	days = {"set_posting_time": 1, "posting_date": add_days(nowdate(), -25)}
	invoice_of(order, payment_terms_template="", payment_schedule=terms, **days)
	assert money(order).overdue == overdue


def test_a_customer_reads_one_mail_although_two_rules_would_tell_him():
	"""frappe#29197: the same mail came twice."""
	for _ in range(2):
		make_message_rule("Dispatched")
	order = make_order(customer=reachable_customer())
	happened.note_happened("Dispatched", order.name, box="BOX-1")
	assert len(messages(order.name)) == 1


def test_whoever_is_disabled_is_not_told():
	"""frappe#11625, erpnext#52599: mails to people who had left."""
	make_message_rule("Dispatched", audience="Seller")
	make_message_rule("Dispatched", audience="Warehouse", receiver_role="Stock User")
	seller, picker = make_user("Sales User"), make_user("Stock User")
	with acting_as(seller):
		order = make_order(customer=make_customer())
	for user in (seller, picker):
		frappe.db.set_value("User", user, "enabled", 0)
	happened.note_happened("Dispatched", order.name, box="BOX-1")
	told = {it.receiver for it in messages(order.name)}
	assert not told & {seller, picker}
