"""A row of an order or a Quotation comes, changes and goes with its document, which is judged."""

import json
from types import SimpleNamespace

import pytest

import frappe
from frappe import client
from frappe.api import v1, v2

from erpnext.selling.doctype.sales_order.sales_order import make_sales_invoice

from sales_wh_flow.approval.refusals import ApprovalRequired
from sales_wh_flow.doc_events import DOC_EVENTS
from tests import factories as make
from tests.approval.site.test_quotations import quotation

pytestmark = pytest.mark.usefixtures("in_this_transaction")

NOT_JUDGED = {"Quotation Lost Reason Detail", "Competitor Detail", "Item Wise Tax Detail"}
"""Why a Quotation was lost, and what ERPNext reckons from the taxes."""


@pytest.fixture(autouse=True)
def a_rule(site, rolled_back, switches):
	switches(approval=True, approval_of_quotations="Approve Before Submit")
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")
	return make.make_rule(threshold=10)


def sent(values, call):
	"""What Frappe's router calls, with this body."""
	before, frappe.local.form_dict = frappe.local.form_dict, frappe._dict(values)
	body = frappe.as_json(values).encode()
	frappe.local.request = SimpleNamespace(method="POST", get_data=lambda: body)
	try:
		return call()
	finally:
		frappe.local.form_dict = before
		del frappe.local.request


def another(row):
	values = frappe.copy_doc(row).as_dict(convert_dates_to_str=True, no_nulls=True)
	place = {field: row.get(field) for field in ("parent", "parenttype", "parentfield", "docstatus")}
	return {**values, **place, "rate": 1}


ROADS = {
	"PUT v1": lambda row: sent({"rate": 1}, lambda: v1.update_doc(row.doctype, row.name)),
	"PUT v2": lambda row: sent({"rate": 1}, lambda: v2.update_doc(row.doctype, row.name)),
	"POST v1": lambda row: sent(another(row), lambda: v1.create_doc(row.doctype)),
	"POST v2": lambda row: sent(another(row), lambda: v2.create_doc(row.doctype)),
	"a draft's row": lambda row: client.save({**another(row), "docstatus": 0}),
	"client.save": lambda row: client.save({**row.as_dict(), "rate": 1}),
	"DELETE v1": lambda row: v1.delete_doc(row.doctype, row.name),
	"a payment term": lambda row: client.save(
		{**another(row), "doctype": "Payment Schedule", "parentfield": "payment_schedule", "discount": 50}
	),
}


@pytest.mark.parametrize("is_submitted", [False, True], ids=["draft", "submitted"])
@pytest.mark.parametrize("kind", ["Sales Order", "Quotation"])
def test_no_road_changes_a_row_past_its_document(kind, is_submitted):
	rows = [make.line(rate=rate, warehouse=make.make_warehouse()) for rate in (95, 100)]
	doc = make.make_order(*rows) if kind == "Sales Order" else quotation(*rows)
	if is_submitted:
		doc.submit()
	before = stored(doc)
	with make.acting_as(make.make_user("Sales User", "Sales Manager", "Order Approver")):
		for road, drive in ROADS.items():
			with pytest.raises((frappe.PermissionError, frappe.UpdateAfterSubmitError)):
				drive(doc.items[0])
				pytest.fail(road)
	assert stored(doc) == before


def stored(doc):
	rows = frappe.get_doc(doc.doctype, doc.name).get_all_children()
	return [(row.name, row.get("rate"), row.docstatus, row.modified) for row in rows]


def rest(doc, *rows, **values):
	return {**json.loads(doc.as_json()), "items": [json.loads(frappe.as_json(row)) for row in rows], **values}


@pytest.mark.parametrize("kind", ["Sales Order", "Quotation"])
def test_a_draft_takes_no_row_of_a_document_that_is_submitted(kind):
	line, customer = make.line(rate=100, warehouse=make.make_warehouse()), make.make_customer()
	made = [
		make.make_order(line, customer=customer) if kind == "Sales Order" else quotation(line, party=customer)
		for _ in range(2)
	]
	theirs, mine = made
	theirs.submit()
	before = stored(theirs)
	taken = {**theirs.items[0].as_dict(), "rate": 1, "docstatus": 0, "idx": 2}
	with make.acting_as(make.make_user("Sales User")), pytest.raises(frappe.PermissionError):
		client.save(rest(mine, mine.items[0].as_dict(), taken))
	assert stored(theirs) == before


def test_an_invoice_takes_no_charge_of_an_order():
	order = make.make_order(make.line(rate=100), taxes=[freight()], submit=True)
	bill = make_sales_invoice(order.name)
	bill.due_date = "2099-01-01"
	bill.insert()
	bill.append("taxes", {})
	bill.taxes[-1].update({**order.taxes[0].as_dict(), "tax_amount": -90, "idx": 2})
	bill.taxes[-1].set("__islocal", None)
	with pytest.raises(frappe.PermissionError):
		bill.save()


def test_a_charge_does_not_leave_its_order_for_another_document():
	order = make.make_order(make.line(rate=100), taxes=[freight()])
	bill = make_sales_invoice(make.make_order(make.line(rate=100), submit=True).name).insert()
	place = {"parent": bill.name, "parenttype": bill.doctype, "parentfield": "taxes"}
	row = order.taxes[0]
	with make.acting_as(make.make_user("Sales User", "Accounts User")), pytest.raises(frappe.PermissionError):
		sent(place, lambda: v1.update_doc(row.doctype, row.name))
	assert frappe.db.get_value(row.doctype, row.name, "parent") == order.name


def freight():
	account = frappe.db.get_value(
		"Account", {"company": make.company().name, "is_group": 0, "root_type": "Expense"}
	)
	return {"charge_type": "Actual", "account_head": account, "description": "Freight", "tax_amount": 9}


def test_a_row_that_is_sent_twice_hides_no_other_price(a_rule):
	"""Only the last would be stored, while the rules would see both."""
	a_rule.update({"measure": "Whole Order"}).save()
	order = make.make_order(make.line(rate=100, qty=100))
	row = order.items[0].as_dict()
	with pytest.raises(frappe.ValidationError, match="a row twice"):
		client.submit(rest(order, row, {**row, "rate": 50, "qty": 1, "idx": 2}))


def test_every_document_that_could_take_such_a_row_is_watched(site):
	rows = tuple(watched_by("order_row.on_trash"))
	holders = frappe.get_all("DocField", {"options": ("in", rows), "fieldtype": "Table"}, pluck="parent")
	of_erpnext = {kind for kind in holders if not frappe.get_meta(kind).custom}
	assert of_erpnext - watched_by("order_row.rows_are_sent") <= {"Payment Reference"}


def watched_by(handler):
	return {kind for kinds, told in DOC_EVENTS.items() if handler in str(told) for kind in kinds}


def test_a_row_cancelled_alone_is_not_deleted_by_the_next_call():
	row = make.make_order(make.line(), make.line(), submit=True).items[0]
	client.cancel(row.doctype, row.name)
	frappe.flags.pop("swf_alongside")  # the next request
	with pytest.raises(frappe.PermissionError):
		v1.delete_doc(row.doctype, row.name)


def test_whoever_calls_update_items_by_code_still_changes_rows():
	from erpnext.controllers.accounts_controller import update_child_qty_rate

	order = make.make_order(make.line(), make.line(), submit=True)
	(row, _gone) = order.items
	given = {"docname": row.name, "item_code": row.item_code, "qty": 2, "rate": 95, "conversion_factor": 1}
	new = {"item_code": make.make_item(), "qty": 1, "rate": 100, "conversion_factor": 1}
	days = {"delivery_date": str(row.delivery_date)}
	update_child_qty_rate(order.doctype, frappe.as_json([given | days, new | days]), order.name)
	left = frappe.get_doc(order.doctype, order.name).items
	assert [(it.item_code, it.qty, it.rate) for it in left] == [
		(row.item_code, 2, 95),
		(new["item_code"], 1, 100),
	]


def test_where_nothing_is_judged_rows_are_changed_as_ever(switches):
	switches()
	row = make.make_order().items[0]
	sent({"rate": 1}, lambda: v2.update_doc(row.doctype, row.name))
	assert frappe.db.get_value(row.doctype, row.name, "rate") == 1


def test_update_items_of_a_quotation_that_went_out_needs_its_approval():
	"""As later versions of ERPNext do it: the rows are stored first, then their Quotation."""
	quote = quotation(make.line(rate=95))
	quote.submit()
	row = frappe.get_doc("Quotation Item", quote.items[0].name)
	row.rate = row.net_rate = row.base_rate = row.base_net_rate = 10
	row.amount = row.net_amount = row.base_amount = row.base_net_amount = 10
	row.flags.ignore_validate_update_after_submit = True
	row.save()
	doc = frappe.get_doc("Quotation", quote.name)
	doc.flags.ignore_validate_update_after_submit = True
	doc.calculate_taxes_and_totals()
	with pytest.raises(ApprovalRequired):
		doc.save()


def test_every_table_of_what_is_judged_is_watched(site):
	watched = watched_by("order_row.on_trash")
	tables = {
		df.options
		for kind in ("Sales Order", "Quotation")
		for df in frappe.get_meta(kind).get_table_fields()
		if frappe.get_meta(df.options).module in ("Accounts", "Selling", "Stock", "CRM", "Setup")
	}
	assert tables - NOT_JUDGED == watched
