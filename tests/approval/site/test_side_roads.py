"""Roads beside the submit: papers of a draft, tools of the desk that write an order, new names."""

import json

import pytest

import frappe
from frappe.desk.calendar import update_event

from sales_wh_flow.approval import gate
from sales_wh_flow.approval import quotation as quotation_flow
from sales_wh_flow.approval.refusals import ApprovalRequired
from sales_wh_flow.approval.store import gate as kept
from tests import factories as make
from tests.approval.approval_world import discounted, is_submitted

pytestmark = pytest.mark.usefixtures("in_this_transaction")


@pytest.fixture(autouse=True)
def a_rule(site, rolled_back, switches):
	switches(approval=True)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")
	return make.make_rule(threshold=10)


# Papers of an order that has not met the gate


def paper(doctype, order, **links):
	row = order.items[0]
	return frappe.get_doc(
		{
			"doctype": doctype,
			"company": order.company,
			"customer": order.customer,
			"items": [
				{"item_code": row.item_code, "qty": 1, "rate": 80, "warehouse": row.warehouse, **links}
			],
		}
	)


@pytest.mark.parametrize("is_asked", [False, True])
def test_nothing_of_a_draft_is_delivered(is_asked):
	order = discounted()
	if is_asked:
		gate.ask(order.name)
	row = order.items[0]
	make.receive(row.item_code, 5, row.warehouse)
	note = paper("Delivery Note", order, against_sales_order=order.name, so_detail=row.name)
	with pytest.raises(frappe.ValidationError, match="is a draft"):
		note.insert().submit()


def test_half_a_link_to_a_drafts_row_bills_nothing():
	order = discounted()
	with pytest.raises(frappe.ValidationError, match="is a draft"):
		paper("Sales Invoice", order, so_detail=order.items[0].name).insert().submit()


def test_nothing_of_a_draft_is_picked():
	order = discounted()
	row = order.items[0]
	place = {"item_code": row.item_code, "qty": 1, "stock_qty": 1, "warehouse": row.warehouse}
	links = {"sales_order": order.name, "sales_order_item": row.name}
	values = {"doctype": "Pick List", "company": order.company, "purpose": "Delivery"}
	with pytest.raises(frappe.ValidationError, match="is a draft"):
		frappe.get_doc({**values, "locations": [{**place, **links}]}).insert()


def test_with_approval_off_erpnext_decides_about_papers_of_drafts(switches):
	switches(approval=False)
	order = discounted()
	row = order.items[0]
	note = paper("Delivery Note", order, against_sales_order=order.name, so_detail=row.name)
	assert note.insert().docstatus == 0


# Tools of the desk


def _drag_in_the_calendar(order):
	sent = {
		"doctype": "Sales Order",
		"name": order.name,
		"docstatus": 1,
		"delivery_date": order.delivery_date,
	}
	update_event(json.dumps(sent, default=str), json.dumps({"start": "docstatus", "end": "delivery_date"}))


def _set_by_a_notification(order):
	"""Frappe's Notification sets a value after it was sent, in whoever's session triggered it."""
	doc = frappe.get_doc("Sales Order", order.name)
	doc.docstatus = 1
	doc.flags.in_notification_update = True
	doc.save(ignore_permissions=True)


def _insert_many(order):
	copy = frappe.copy_doc(order).as_dict(convert_dates_to_str=True, no_nulls=True)
	frappe.client.insert_many(json.dumps([{**copy, "docstatus": 1}], default=str))


@pytest.mark.parametrize("tool", [_drag_in_the_calendar, _set_by_a_notification, _insert_many])
def test_no_tool_of_the_desk_leads_past_the_gate(tool):
	order = discounted()
	with pytest.raises(ApprovalRequired):
		tool(order)
	assert not is_submitted(order)


@pytest.mark.parametrize("doctype", ["Sales Order", "Quotation"])
def test_nobody_is_asked_about_a_draft_that_is_discarded(switches, doctype):
	"""ERPNext 16 ends a draft without its cancel."""
	switches(approval=True, approval_of_quotations="Approve Before Submit")
	about = discounted() if doctype == "Sales Order" else quoted()
	asked = gate.ask(about.name) if doctype == "Sales Order" else quotation_flow.ask_for_quotation(about.name)
	make.discarded(about)
	assert frappe.db.get_value("Order Approval", asked[0], "state") == "Superseded"


# New names


@pytest.mark.parametrize("doctype", ["Sales Order", "Quotation"])
def test_what_the_gate_keeps_goes_by_the_new_name(doctype):
	order = discounted()
	about = order if doctype == "Sales Order" else quoted()
	kept.remember(about.name, kept.Passed("seen", "a rule"))
	kept.keep_hands(about.name, (kept.Hand("a rule", "someone@example.com", "what"),))
	new = frappe.rename_doc(doctype, about.name, make.unique("New Name"), force=True)
	assert kept.let_through(new) == kept.Passed("seen", "a rule")
	assert [hand.user for hand in kept.hands(new)] == ["someone@example.com"]
	assert not kept.hands(about.name)
	kept.remember(new, kept.Passed("later"))
	assert frappe.db.count("Order Gate", {"sales_order": new}) == 1


def quoted():
	from tests.approval.site.test_quotations import quotation

	return quotation()
