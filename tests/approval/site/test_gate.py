"""No road leads an order past the gate without the approvals it owes."""

from unittest.mock import patch

import pytest

import frappe

from sales_wh_flow.approval import gate
from sales_wh_flow.approval.refusals import ApprovalRequired
from tests import factories as make
from tests.approval.approval_world import discounted, is_submitted
from tests.stock_documents import delivery


@pytest.fixture(autouse=True)
def approval_on(site, rolled_back, switches):
	"""Approval on, no rule of the site in the way."""
	switches(approval=True)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")


@pytest.fixture
def approver():
	return make.make_user("Sales Manager", "Order Approver")


# The gate


@pytest.fixture
def owing():
	make.make_rule()
	return discounted()


def _by_form(order):
	from frappe.desk.form.save import savedocs

	savedocs(frappe.as_json(frappe.get_doc("Sales Order", order.name).as_dict()), "Submit")


def _by_list(order):
	"""Frappe's list action names what failed; its commit and rollback are kept from the test's own."""
	from frappe.desk.doctype.bulk_update.bulk_update import submit_cancel_or_update_docs

	with patch.object(frappe.db, "commit"), patch.object(frappe.db, "rollback") as undo:
		failed = submit_cancel_or_update_docs("Sales Order", frappe.as_json([order.name]), "submit")
	assert undo.called
	if failed == [order.name]:
		raise ApprovalRequired


def _by_rest(order):
	from frappe.client import submit

	submit(frappe.as_json(frappe.get_doc("Sales Order", order.name).as_dict()))


def _by_code(order):
	frappe.get_doc("Sales Order", order.name).submit()


def _by_code_without_rights(order):
	doc = frappe.get_doc("Sales Order", order.name)
	doc.flags.ignore_permissions = True
	doc.submit()


def _by_code_without_validation(order):
	doc = frappe.get_doc("Sales Order", order.name)
	doc.flags.ignore_validate = True
	doc.submit()


def _by_import(order):
	"""As Data Import does it: a new document, inserted and submitted in one go."""
	doc = frappe.copy_doc(order)
	doc.flags.in_data_import = True
	doc.insert()
	doc.submit()


def _as_new_submitted_document(order):
	doc = frappe.copy_doc(order)
	doc.docstatus = 1
	doc.insert()


def _by_amending(order):
	rule = frappe.get_last_doc("Order Approval Rule")
	rule.db_set("enabled", 0)
	order.submit()
	order.cancel()
	rule.db_set("enabled", 1)
	doc = frappe.copy_doc(order)
	doc.update({"amended_from": order.name, "docstatus": 0})
	doc.insert()
	doc.submit()


def _from_quotation(order):
	from erpnext.selling.doctype.quotation.quotation import make_sales_order

	quotation = frappe.get_doc(
		{
			"doctype": "Quotation",
			"quotation_to": "Customer",
			"party_name": order.customer,
			"company": order.company,
			"currency": order.currency,
			"items": [make.line(rate=80)],
		}
	).insert()
	quotation.submit()
	doc = make_sales_order(quotation.name)
	doc.delivery_date = order.delivery_date
	for row in doc.items:
		row.update({"delivery_date": order.delivery_date, "warehouse": order.items[0].warehouse})
	doc.insert().submit()


def _by_workflow(order):
	"""Another app's Workflow submits in the session of whoever presses its button."""
	from frappe.model.workflow import apply_workflow

	for state in ("Drawn Up", "Let Go"):
		if not frappe.db.exists("Workflow State", state):
			frappe.get_doc({"doctype": "Workflow State", "workflow_state_name": state}).insert()
	if not frappe.db.exists("Workflow Action Master", "Let Go"):
		frappe.get_doc({"doctype": "Workflow Action Master", "workflow_action_name": "Let Go"}).insert()
	states = [("Drawn Up", "0"), ("Let Go", "1")]
	move = {"state": "Drawn Up", "action": "Let Go", "next_state": "Let Go"}
	workflow = frappe.get_doc(
		{
			"doctype": "Workflow",
			"workflow_name": make.unique("Workflow"),
			"document_type": "Sales Order",
			"is_active": 1,
			"workflow_state_field": "workflow_state",
			"states": [{"state": name, "doc_status": status, "allow_edit": "All"} for name, status in states],
			"transitions": [{**move, "allowed": "All", "allow_self_approval": 1}],
		}
	)
	# Saving a Workflow adds a column, and a change of tables would commit the test's own work.
	with (
		patch.object(type(workflow), "create_custom_field_for_workflow_state"),
		patch.object(type(workflow), "update_default_workflow_status"),
	):
		workflow.insert()
	doc = frappe.get_doc("Sales Order", order.name)
	doc.workflow_state = "Drawn Up"
	with patch("frappe.model.workflow.get_workflow_name", return_value=workflow.name):
		apply_workflow(doc, "Let Go")


def _by_background_job(order):
	"""Frappe queues the submit of large documents; the worker notes what failed on the document."""
	from frappe.model.document import execute_action

	with patch.object(frappe.db, "rollback") as undo:
		execute_action("Sales Order", order.name, "submit")
	if undo.called:
		raise ApprovalRequired


def _by_document_method(order):
	"""The desk's and REST's way to call a method of a document."""
	from frappe.handler import run_doc_method

	frappe.local.request = frappe._dict(method="POST")
	run_doc_method("submit", dt="Sales Order", dn=order.name)


@pytest.mark.parametrize(
	"road",
	[
		_from_quotation,
		_by_workflow,
		_by_background_job,
		_by_document_method,
		_by_form,
		_by_list,
		_by_rest,
		_by_code,
		_by_code_without_rights,
		_by_code_without_validation,
		_by_import,
		_as_new_submitted_document,
		_by_amending,
	],
)
def test_no_road_leads_past_the_gate(owing, road):
	with pytest.raises(ApprovalRequired):
		road(owing)


def test_the_gate_names_every_reason_and_the_next_step():
	first, second = make.make_rule(threshold=10), make.make_rule(threshold=15)
	order = discounted(20)
	with pytest.raises(ApprovalRequired) as refusal:
		order.submit()
	text = str(refusal.value)
	assert first.name in text and second.name in text and "20 %" in text and "15 %" in text
	assert "Ask for Approval" in text


def test_what_changes_on_the_way_to_submit_was_not_approved(owing, approver):
	names = gate.ask(owing.name)
	frappe.db.set_value("Order Approval", names[0], "state", "Approved")
	doc = frappe.get_doc("Sales Order", owing.name)
	doc.items[0].rate = 10
	with pytest.raises(ApprovalRequired):
		doc.submit()


def test_what_code_changes_behind_the_gate_was_not_approved(owing):
	name = gate.ask(owing.name)[0]
	frappe.db.set_value("Order Approval", name, "state", "Approved")
	doc = frappe.get_doc("Sales Order", owing.name)
	gate.require(doc)
	doc.items[0].qty = doc.items[0].stock_qty = 99
	with pytest.raises(ApprovalRequired):
		gate.confirm(doc)


def test_with_the_switch_off_nothing_is_asked(switches):
	make.make_rule()
	switches(approval=False)
	order = discounted()
	order.submit()
	assert is_submitted(order)


def test_a_note_that_has_lost_its_rows_is_refused_in_words():
	note = delivery(make.make_item(), 1, make.make_warehouse()).insert()
	note.flags.ignore_mandatory = True  # as ERPNext saves drafts of notes
	note.items = []
	note.save()

	with pytest.raises(frappe.ValidationError):
		frappe.get_doc("Delivery Note", note.name).submit()
