"""Control fields, what the flow decides by, are set by no caller: in no document and in no row."""

import json

import pytest

import frappe
from frappe import client
from frappe.desk.form.save import savedocs

from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note

from sales_wh_flow.approval.rules import needs as rules
from sales_wh_flow.approval.store import gate, order_facts
from sales_wh_flow.order_changes import api
from sales_wh_flow.picking import pick
from sales_wh_flow.setup import custom_fields
from tests import factories as make

pytestmark = pytest.mark.usefixtures("in_this_transaction")

TABLES = {
	"Sales Order": ("Sales Order Item", "items"),
	"Pick List": ("Pick List Item", "locations"),
	"Delivery Note": ("Delivery Note Item", "items"),
}


def test_every_field_says_who_fills_it():
	unmarked = [
		(doctype, field["fieldname"])
		for doctype, fields in custom_fields.CUSTOM_FIELDS.items()
		for field in fields
		if field["fieldtype"] not in custom_fields.LAYOUT
		and field.get("filled_by") not in (custom_fields.BY_USER, custom_fields.BY_FLOW)
	]
	assert unmarked == []


CARRIED_ALONG = {"swf_route_group"}
"""Hidden, but an amendment brings them along, and they grant nothing."""


def test_what_nobody_sees_or_types_is_filled_by_the_flow():
	wrong = [
		(doctype, field["fieldname"])
		for doctype, fields in custom_fields.CUSTOM_FIELDS.items()
		for field in fields
		if field["fieldtype"] not in custom_fields.LAYOUT
		and field["fieldname"] not in CARRIED_ALONG
		and bool(field.get("read_only") or field.get("hidden"))
		!= (field["filled_by"] == custom_fields.BY_FLOW)
	]
	assert wrong == []


def test_every_document_with_control_fields_is_watched(site):
	watched = {
		doctype
		for doctype in custom_fields.CUSTOM_FIELDS
		if frappe.get_doc_hooks().get(doctype, {}).get("before_validate", [""])[0]
		== "sales_wh_flow.events.control_fields.before_validate"
	}
	assert watched >= {it for it in custom_fields.CUSTOM_FIELDS if custom_fields.filled_by_flow(it)}


def forged(doctype):
	"""{control field: a value that somebody would like it to have}"""
	values = {}
	for df in frappe.get_meta(doctype).fields:
		if df.fieldname in custom_fields.filled_by_flow(doctype):
			values[df.fieldname] = {
				"Datetime": "2099-01-01 00:00:00",
				"Date": "2099-01-01",
				"Float": 77,
				"Percent": 77,
				"Select": "Completed",
				"Link": frappe.db.get_value(df.options, {"docstatus": ("<", 2)})
				if df.fieldtype == "Link"
				else None,
			}.get(df.fieldtype, "forged")
	return values


def stored(doctype, name):
	"""The control fields of a document and its rows, as stored."""
	child = TABLES[doctype][0]
	rows = frappe.get_all(child, {"parent": name}, list(custom_fields.filled_by_flow(child)) or ["name"])
	return (
		[frappe.db.get_value(doctype, name, list(custom_fields.filled_by_flow(doctype)), as_dict=True)],
		[{key: row[key] for key in custom_fields.filled_by_flow(child)} for row in rows],
	)


def taken(doctype, name):
	"""Which forged values are stored."""
	return [
		(field, row[field])
		for values, rows in zip(
			(forged(doctype), forged(TABLES[doctype][0])), stored(doctype, name), strict=True
		)
		for row in rows
		for field, value in values.items()
		if row[field] and str(row[field]) == str(value)
	]


def with_forged(doc):
	"""The document as a caller sends it, with every control field set."""
	child, table = TABLES[doc.doctype]
	sent = json.loads(frappe.as_json(doc.as_dict()))
	sent.update(forged(doc.doctype))
	for row in sent[table]:
		row.update(forged(child))
	return sent


@pytest.fixture
def documents(site, rolled_back, switches):
	"""{DocType: a draft of it}; the seller's rights are those of the roles that make them."""
	switches(approval=True, stock_lock=True, routing=True, fulfilment=True)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")
	warehouse = make.make_warehouse()
	item = make.stocked(10, warehouse)
	order = make.make_order(make.line(item, qty=2, warehouse=warehouse))
	other = make.make_order(make.line(item, qty=2, warehouse=warehouse), submit=True)
	picked = frappe.get_doc("Pick List", pick.make_lists(other)[0])
	third = make.make_order(make.line(item, qty=2, warehouse=warehouse), submit=True)
	note = make_delivery_note(third.name)
	note.insert()
	return {"Sales Order": order, "Pick List": picked, "Delivery Note": note}


def roads(doc):
	"""{road: what it does}; each ends with the document saved."""
	child, table = TABLES[doc.doctype]
	row = doc.get(table)[0].name

	def set_row():
		if custom_fields.filled_by_flow(child):
			client.set_value(child, row, json.dumps(forged(child)))

	def put_row():
		one = frappe.get_doc(child, row)
		one.update(forged(child))
		one.save()

	return {
		"save": lambda: savedocs(
			json.dumps(with_forged(doc.reload())), "Save" if not doc.docstatus else "Update"
		),
		"client.save": lambda: client.save(json.dumps(with_forged(doc.reload()))),
		"set_value": lambda: client.set_value(doc.doctype, doc.name, json.dumps(forged(doc.doctype))),
		"set_value of a row": set_row,
		"PUT of a row": put_row,
	}


@pytest.mark.parametrize("doctype", TABLES)
def test_no_caller_sets_a_control_field_of_a_document_or_its_rows(documents, doctype):
	doc, found = documents[doctype], []
	before = stored(doctype, doc.name)
	for road, drive in roads(doc).items():
		try:
			drive()
		except frappe.PermissionError:  # a row of an order is written with the order alone
			assert (road, doctype) == ("PUT of a row", "Sales Order")
			frappe.clear_messages()
		if stored(doctype, doc.name) != before or taken(doctype, doc.name):
			found.append((road, taken(doctype, doc.name)))
	doc.reload().submit()
	before = stored(doctype, doc.name)
	for road, drive in roads(doc.reload()).items():
		try:
			drive()
		except (frappe.UpdateAfterSubmitError, frappe.PermissionError):
			frappe.clear_messages()
		if stored(doctype, doc.name) != before:
			found.append((f"after submit: {road}", taken(doctype, doc.name)))
	assert found == []


@pytest.mark.parametrize("doctype", TABLES)
def test_what_is_new_begins_without_control_fields(documents, doctype):
	doc = documents[doctype]
	sent = with_forged(doc)
	for one in (sent, *sent[TABLES[doctype][1]]):
		for key in ("name", "creation", "modified", "__islocal"):
			one.pop(key, None)
	if doctype == "Sales Order":
		made = client.insert(json.dumps(sent))["name"]
		assert taken(doctype, made) == []
	copied = frappe.copy_doc(frappe.get_doc({**with_forged(doc), "doctype": doctype}), ignore_no_copy=False)
	for row in copied.get(TABLES[doctype][1]):
		row.delivery_date = frappe.utils.nowdate()
	if doctype != "Pick List":
		copied.insert()
		assert taken(doctype, copied.name) == []


def test_an_amended_order_begins_without_control_fields(documents):
	order = documents["Sales Order"]
	order.submit()
	order.cancel()
	amended = frappe.copy_doc(frappe.get_doc("Sales Order", order.name), ignore_no_copy=False)
	amended.update({**forged("Sales Order"), "amended_from": order.name, "docstatus": 0, "status": "Draft"})
	for row in amended.items:
		row.delivery_date = order.delivery_date
	amended.insert()
	assert taken("Sales Order", amended.name) == []
	assert gate.let_through(amended.name).digest == ""


def test_cancelling_sets_no_control_field_either(documents):
	order = documents["Sales Order"]
	order.submit()
	order.reload().update({**forged("Sales Order"), "docstatus": 2})
	order.save()
	assert order.docstatus.is_cancelled()
	assert taken("Sales Order", order.name) == []


def test_a_lock_is_extended_by_nobody_who_writes_the_date(documents):
	order = documents["Sales Order"]
	order.submit()
	client.set_value("Sales Order", order.name, {"swf_lock_extended_until": "2099-01-01 00:00:00"})
	assert not frappe.db.get_value("Sales Order", order.name, "swf_lock_extended_until")


def test_a_change_after_submit_is_judged_whatever_digest_is_sent_along(site, rolled_back, switches):
	switches(approval=True)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")
	make.make_rule("Special Terms", 0)
	order = make.make_order(make.line(), submit=True)
	sent = order.reload().as_dict()
	sent["swf_special_instructions"] = "half the goods for nothing"
	doc = frappe.get_doc(sent)
	doc.swf_passed = rules.fingerprint(order_facts.facts_of_document(doc))
	doc.save()
	assert frappe.db.get_value("Sales Order", order.name, "swf_flow_status") == "Pending Approval"


def test_nobody_makes_somebody_else_the_author_of_an_order(site, rolled_back, switches):
	switches(approval=True)
	author, other = make.make_user("Sales User"), make.make_user("Sales User")
	customer, row = make.make_customer(), make.line(warehouse=make.make_warehouse())
	with make.acting_as(author):
		order = make.make_order(row, customer=customer)
		doc = frappe.get_doc("Sales Order", order.name)
		doc.update({"owner": other, "creation": "2020-01-01 00:00:00"})
		doc.save()
	owner, creation = frappe.db.get_value("Sales Order", order.name, ["owner", "creation"])
	assert (owner, str(creation)) == (author, str(order.creation))


def test_update_items_takes_no_control_field(documents):
	order = documents["Sales Order"]
	order.submit()
	before = stored("Sales Order", order.name)
	row = order.items[0]
	sent = {
		"docname": row.name,
		"name": row.name,
		"item_code": row.item_code,
		"qty": row.qty,
		"rate": row.rate,
	}
	api.update_items("Sales Order", json.dumps([{**sent, **forged("Sales Order Item")}]), order.name)
	assert stored("Sales Order", order.name) == before
