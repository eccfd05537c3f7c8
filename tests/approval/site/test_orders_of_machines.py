"""Orders that come submitted (REST, connectors, imports, Auto Repeat) and need approval are not lost."""

import json

import pytest

import frappe
from frappe.core.doctype.data_import.importer import Importer
from frappe.utils import add_days, nowdate

from sales_wh_flow import entrances
from sales_wh_flow.approval import decide, keep_as_draft
from sales_wh_flow.approval.refusals import ApprovalRequired
from sales_wh_flow.base import background
from tests import factories as make
from tests.approval.site.test_criteria import price
from tests.approval.site.test_quotations import quotation


@pytest.fixture(autouse=True)
def approval_on(site, rolled_back, switches):
	frappe.cache.hdel("workflow", "Sales Order")
	switches(approval=True, approval_of_machines=keep_as_draft.KEEP)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")
	make.make_rule("Discount", 9)
	yield
	frappe.cache.hdel("workflow", "Sales Order")


def cheap(**values):
	return make.make_order(make.line(rate=80, price_list_rate=100), **values)


def of(order):
	return frappe.db.get_value("Sales Order", order, ["docstatus", "swf_flow_status", "status"])


def approvals(order):
	return frappe.get_all("Order Approval", {"sales_order": order}, pluck="state")


def test_a_program_that_submits_is_left_with_a_draft_that_is_asked_about():
	order = cheap()
	order.submit()
	assert order.docstatus == 0
	assert of(order.name) == (0, "Pending Approval", "Draft")
	assert approvals(order.name) == ["Open"]
	assert "needs approval and was kept as a draft" in str(frappe.local.message_log)


def test_a_document_inserted_as_submitted_keeps_its_own_number():
	doc = frappe.copy_doc(cheap())
	doc.docstatus = 1
	doc.insert()
	assert of(doc.name) == (0, "Pending Approval", "Draft")
	assert frappe.local.response["pending_approval"]["sales_order"] == doc.name


def test_an_order_that_needs_no_approval_is_submitted_as_ever():
	order = make.make_order()
	order.submit()
	assert of(order.name)[0] == 1
	assert not approvals(order.name)


def test_submitting_again_while_it_waits_asks_nobody_twice():
	order = cheap()
	order.submit()
	again = frappe.get_doc("Sales Order", order.name)
	again.submit()
	assert again.docstatus == 0
	assert approvals(order.name) == ["Open"]


def test_a_person_at_the_form_is_told_what_is_missing(monkeypatch):
	monkeypatch.setattr(entrances, "from_a_fresh_transaction", lambda work: work())
	order = cheap()
	with pytest.raises(ApprovalRequired):
		entrances.savedocs(frappe.as_json(order.as_dict()), "Submit")
	assert not approvals(order.name)


def test_a_submit_that_the_form_left_to_the_background_is_refused_too(monkeypatch):
	monkeypatch.setattr(
		frappe.local, "job", frappe._dict(kwargs={"__doctype": "Submission Queue"}), raising=False
	)
	with pytest.raises(ApprovalRequired):
		cheap().submit()


def test_the_settings_can_have_it_refused(switches):
	switches(approval=True, approval_of_machines=keep_as_draft.REFUSE)
	with pytest.raises(ApprovalRequired):
		cheap().submit()


def test_an_import_keeps_what_needs_approval_and_names_it(monkeypatch):
	monkeypatch.setattr(background, "now", lambda method, **values: None)  # its approval is rolled back
	monkeypatch.setattr(frappe.db, "commit", lambda: frappe.db.after_commit.run())
	monkeypatch.setattr(frappe.db, "rollback", rollback_to_savepoint(frappe.db.rollback))
	item, customer, warehouse = make.make_item(), make.make_customer(), make.make_warehouse()
	frozen = make.make_customer(is_frozen=1)
	price(item, 100)
	day = add_days(nowdate(), 7)
	lines = [
		"Customer,Company,Currency,Delivery Date,Customer's Purchase Order,Item Code (Items),"
		"Quantity (Items),Rate (Items),Delivery Date (Items),Delivery Warehouse (Items)"
	]
	for number, rate, buyer in ((1, 100, customer), (2, 80, customer), (4, 100, frozen), (3, 95, customer)):
		lines.append(
			f'"{buyer}","{make.company().name}",{make.company().currency},{day},IMP-{number},{item},1,'
			f'{rate},{day},"{warehouse}"'
		)
	file = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": f"{frappe.generate_hash(length=8)}.csv",
			"content": "\n".join(lines),
			"is_private": 1,
		}
	).insert()
	job = frappe.get_doc(
		{
			"doctype": "Data Import",
			"reference_doctype": "Sales Order",
			"import_type": "Insert New Records",
			"import_file": file.file_url,
			"submit_after_import": 1,
			"mute_emails": 1,
		}
	).insert()
	Importer("Sales Order", data_import=job).import_data()
	fields = ["po_no", "docstatus", "swf_flow_status"]
	found = frappe.get_all("Sales Order", {"customer": customer}, fields, order_by="po_no")
	assert [(it.po_no, it.docstatus) for it in found] == [("IMP-1", 1), ("IMP-2", 0), ("IMP-3", 1)]
	assert found[1].swf_flow_status == "Pending Approval"
	fields = ["success", "docname", "messages"]
	log = frappe.get_all("Data Import Log", {"data_import": job.name}, fields, order_by="log_index")
	assert [row.success for row in log] == [1, 1, 0, 1]
	(cause,) = json.loads(log[2].messages)
	assert "is frozen" in cause["message"], "and nothing of the row before it"
	kept = frappe.db.get_value("Sales Order", {"customer": customer, "po_no": "IMP-2"})
	(line,) = [row for row in log if row.docname == kept]
	assert kept and line.success


def test_an_import_that_changes_what_is_submitted_leaves_nothing_to_the_row_after_it(monkeypatch):
	monkeypatch.setattr(background, "now", lambda method, **values: None)
	order = make.make_order(submit=True)
	quote = quotation(make.line())
	quote.submit()
	frappe.db.after_commit.run()
	monkeypatch.setattr(frappe.flags, "in_import", True)
	for doc in (order, quote):
		frappe.clear_messages()
		frappe.msgprint("Said of this row")
		doc.reload().save()
		frappe.db.after_commit.run()
		assert frappe.local.message_log == []


def rollback_to_savepoint(native):
	def rollback(*, save_point=None):
		if save_point:
			native(save_point=save_point)

	return rollback


def test_auto_repeat_goes_on_when_its_order_needs_approval():
	frappe.make_property_setter(
		{
			"doctype": "Sales Order",
			"fieldname": None,
			"property": "allow_auto_repeat",
			"value": 1,
			"property_type": "Check",
			"doctype_or_field": "DocType",
		},
		is_system_generated=False,
	)
	frappe.clear_cache(doctype="Sales Order")
	seller = make.make_user("Sales Manager", "Order Approver")
	line, customer = make.line(warehouse=make.make_warehouse()), make.make_customer()
	with keep_as_draft.refusing(), make.acting_as(seller):
		order = make.make_order(line, customer=customer, submit=True)
	make.make_rule("Order Value", 1)
	plan = frappe.get_doc(
		{
			"doctype": "Auto Repeat",
			"reference_doctype": "Sales Order",
			"reference_document": order.name,
			"frequency": "Monthly",
			"start_date": nowdate(),
			"submit_on_creation": 1,
		}
	).insert(ignore_permissions=True)
	plan.create_documents()
	plan.reload()
	made = frappe.get_all(
		"Sales Order", {"customer": order.customer, "name": ("!=", order.name)}, pluck="name"
	)
	assert [of(name)[:2] for name in made] == [(0, "Pending Approval")]
	assert not plan.disabled
	asked = frappe.db.get_value("Order Approval", {"sales_order": made[0]})
	with make.acting_as(seller), pytest.raises(frappe.PermissionError, match="own order"):
		decide.grant(made[0], asked)
	frappe.clear_cache(doctype="Sales Order")


def test_where_a_workflow_leads_the_step_is_refused():
	role = "Sales User"
	for state in ("Entered", "Released"):
		if not frappe.db.exists("Workflow State", state):
			frappe.get_doc({"doctype": "Workflow State", "workflow_state_name": state}).insert()
	if not frappe.db.exists("Workflow Action Master", "Release"):
		frappe.get_doc({"doctype": "Workflow Action Master", "workflow_action_name": "Release"}).insert()
	frappe.get_doc(
		{
			"doctype": "Workflow",
			"workflow_name": make.unique("Sales"),
			"document_type": "Sales Order",
			"is_active": 1,
			"workflow_state_field": "po_no",  # a field of its own would be added, which commits
			"states": [
				{"state": "Entered", "doc_status": 0, "allow_edit": role},
				{"state": "Released", "doc_status": 1, "allow_edit": role},
			],
			"transitions": [
				{"state": "Entered", "action": "Release", "next_state": "Released", "allowed": role}
			],
		}
	).insert()
	from frappe.model.workflow import apply_workflow

	frappe.cache.hdel("workflow", "Sales Order")
	frappe.clear_cache(doctype="Sales Order")
	order = cheap()
	with pytest.raises(ApprovalRequired):
		apply_workflow(frappe.get_doc("Sales Order", order.name), "Release")
	assert of(order.name)[0] == 0
	frappe.clear_cache(doctype="Sales Order")


def test_a_rest_call_answers_with_the_number_of_the_draft():
	doc = frappe.copy_doc(cheap()).as_dict()
	answer = frappe.client.insert(json.loads(frappe.as_json({**doc, "docstatus": 1})))
	assert answer["docstatus"] == 0
	assert of(answer["name"])[1] == "Pending Approval"
