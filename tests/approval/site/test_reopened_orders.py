"""A closed or held order that goes on is judged like a change; money waits for approval as goods do."""

import pytest

import frappe

from erpnext.selling.doctype.sales_order.sales_order import make_sales_invoice

from sales_wh_flow.approval import decide, gate
from sales_wh_flow.approval.rules.needs import CREDIT_EXPOSURE, DISCOUNT
from sales_wh_flow.setup.custom_fields import CUSTOM_FIELDS, LAYOUT
from tests import factories as make
from tests.approval.deciding import approver
from tests.approval.site.test_changed_orders import locks_of, sold_at_list_price, told, update


@pytest.fixture(autouse=True)
def approval_on(site, rolled_back, switches):
	switches(approval=True)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")


def order_of(customer, item, qty):
	return make.make_order(make.line(item, qty=qty), customer=customer)


def say(order, status):
	frappe.get_doc("Sales Order", order.name).update_status(status)


def flow_status(order):
	return frappe.db.get_value("Sales Order", order.name, "swf_flow_status")


def states(order):
	found = frappe.get_all(
		"Order Approval", {"sales_order": order.name}, ["state"], order_by="creation, name"
	)
	return sorted(row.state for row in found)


@pytest.mark.parametrize("status", ["Closed", "On Hold"])
def test_an_order_that_goes_on_into_a_worse_exposure_is_asked_about(status):
	make.make_rule(CREDIT_EXPOSURE, 1000, measure="Exposure")
	customer, item = make.make_customer(), make.make_item()
	first = order_of(customer, item, 9)
	first.submit()
	say(first, status)
	frappe.db.set_value("Order Approval Rule", {"enabled": 1}, "threshold", 500)
	say(first, "Draft")
	assert (flow_status(first), states(first)) == ("Pending Approval", ["Open"])


def test_an_approval_of_smaller_figures_does_not_cover_the_reopened_order():
	make.make_rule(CREDIT_EXPOSURE, 100, measure="Percent of Limit")
	boss = approver("Order Approver")
	customer, item = make.make_customer(credit_limit=1000), make.make_item()
	first = order_of(customer, item, 12)
	(asked,) = gate.ask(first.name)
	with make.acting_as(boss):
		decide.grant(first.name, asked)
	say(first, "Closed")
	order_of(customer, item, 9).submit()
	say(first, "Draft")
	assert (flow_status(first), "Open" in states(first)) == ("Pending Approval", True)


def test_an_approved_order_that_goes_on_as_it_was_is_not_asked_about_again():
	make.make_rule(CREDIT_EXPOSURE, 100, measure="Percent of Limit")
	boss = approver("Order Approver")
	first = order_of(make.make_customer(credit_limit=1000), make.make_item(), 12)
	(asked,) = gate.ask(first.name)
	with make.acting_as(boss):
		decide.grant(first.name, asked)
	say(first, "Closed")
	say(first, "Draft")
	assert (flow_status(first), states(first)) == ("Backordered", ["Approved"])


def test_without_an_approval_erpnexts_own_refusal_stays():
	customer, item = make.make_customer(credit_limit=1000), make.make_item()
	first = order_of(customer, item, 9)
	first.submit()
	say(first, "Closed")
	order_of(customer, item, 9).submit()
	with pytest.raises(frappe.ValidationError, match=r"[Cc]redit limit"):
		say(first, "Draft")


def test_a_held_order_is_not_billed_without_stock_either():
	make.make_rule(threshold=10)
	order = order_of(make.make_customer(), make.make_item(), 5)
	order.submit()
	update(order, {"rate": 50})
	assert flow_status(order) == "Pending Approval"
	with pytest.raises(frappe.ValidationError, match="waits for"):
		make_sales_invoice(order.name).insert()


FOR_CUSTOMERS = {
	"Sales Order": {
		"swf_courier",
		"swf_courier_service",
		"swf_cod",
		"swf_last_promised_on",
		"swf_forecast_on",
	},
	"Delivery Note": {
		*("swf_courier", "swf_courier_service", "swf_tracking_no", "swf_delivered_on", "swf_received_by"),
	},
}
"""What a customer may read of his own papers: who brings the goods, when, and what he pays at the door."""


@pytest.mark.parametrize(
	"doctype", ["Sales Order", "Sales Order Item", "Packed Item", "Delivery Note", "Sales Invoice"]
)
def test_what_is_internal_is_not_on_the_customers_print(doctype):
	names = {it["fieldname"] for it in CUSTOM_FIELDS[doctype] if it["fieldtype"] not in (*LAYOUT, "HTML")}
	printed = {it for it in names if not frappe.get_meta(doctype).get_field(it).print_hide}
	assert printed == FOR_CUSTOMERS.get(doctype, set())


def test_instructions_are_printed_where_the_company_shows_them():
	# ERPNext 16 prints by a format of its own that has only ERPNext's fields.
	order = make.make_order(swf_special_instructions="Pays late, call first")
	assert "Pays late" not in frappe.get_print("Sales Order", order.name, "Standard")
	show = {"doctype": "Sales Order", "fieldname": "swf_special_instructions", "property": "print_hide"}
	frappe.make_property_setter({**show, "value": 0, "property_type": "Check"}, is_system_generated=False)
	frappe.clear_cache(doctype="Sales Order")
	try:
		assert "Pays late" in frappe.get_print("Sales Order", order.name, "Standard")
	finally:
		frappe.clear_cache(doctype="Sales Order")


def test_closing_an_order_that_waits_says_that_its_locks_do_not_come_back_yet(switches):
	switches(approval=True, stock_lock=True)
	make.make_rule(DISCOUNT, 10)
	order = sold_at_list_price(make.make_warehouse())
	update(order, {"rate": 50})
	frappe.clear_messages()
	frappe.get_doc("Sales Order", order.name).update_status("Closed")
	assert "locks nothing before that is given" in told()
	frappe.get_doc("Sales Order", order.name).update_status("Draft")
	assert (locks_of(order), flow_status(order)) == ({}, "Pending Approval")
	assert "nothing is locked for it before that is given" in told()
