"""Records are evidence: by no road and in no role does a hand write, rename, share or delete them."""

import json
from types import SimpleNamespace

import pytest

import frappe
from frappe import client, share
from frappe.api import v1, v2
from frappe.core.doctype.data_import.importer import INSERT, UPDATE, Importer
from frappe.desk import calendar, reportview
from frappe.desk.doctype.bulk_update import bulk_update
from frappe.desk.form import assign_to
from frappe.desk.form.save import savedocs
from frappe.model import rename_doc

from sales_wh_flow.approval.store import gate, owners
from sales_wh_flow.base import records, said
from sales_wh_flow.returns.rules.reopening import UndoStep
from sales_wh_flow.returns.store import reopenings
from sales_wh_flow.shortage.store import actions
from sales_wh_flow.shortage.store.actions import Deed
from sales_wh_flow.stock_lock.store import events
from tests import factories as make
from tests.approval import deciding
from tests.couriers import couriers_world
from tests.in_full import usually

pytestmark = pytest.mark.usefixtures("in_this_transaction")

PEOPLE = ("Sales User", "Sales Manager", "Stock Manager", "System Manager", "Administrator")

FORGED = {
	"Box Event": ("state", "Delivered"),
	"Courier Event": ("state", "delivered"),
	"Courier Handover": ("state", "Closed"),
	"Courier Handover Box": ("state", "Handed Over"),
	"Courier Label": ("state", "Given Back"),
	"Customer Page Link": ("expires_on", "2099-01-01 00:00:00"),
	"Delay Alert": ("state", "Done"),
	"Delay Alert Event": ("happening", "Done"),
	"Delivery Proof": ("outcome", "Accepted"),
	"Delivery Proof Item": ("sales_order_item", "forged"),
	"Gate Finding": ("mode", "Warn"),
	"Order Approval": ("state", "Approved"),
	"Order Approval Decider": ("user", "Administrator"),
	"Order Approval Decision": ("action", "Approved"),
	"Order Box": ("state", "Delivered"),
	"Order Box Item": ("qty_stock", 1000),
	"Order Gate": ("passed", "forged"),
	"Order Message": ("box", "forged"),
	"Order Money": ("company", "forged"),
	"Order Reopening": ("state", "Done"),
	"Order Reopening Step": ("document_name", "forged"),
	"Order Stage Log": ("stage", "To Collect"),
	"Packed Quantity": ("packed_qty", 1000),
	"Phone PIN": ("is_locked", 1),
	"Put Away": ("state", "Put Back"),
	"Record Removal": ("removed", 0),
	"Shortage Action": ("qty_stock", 1000),
	"Stage Duration": ("stage", "forged"),
	"Stock Lock Event": ("qty_stock", 1000),
}
"""{record: the field that a forger writes, what he would like it to say}"""

OF_DECISIONS = tuple(it for it in FORGED if it.startswith(("Order Approval", "Order Gate", "Stock Lock")))


def tried_by(who):
	"""Nobody has a right to write a record, see below; so who may least and who may all try all roads."""
	return FORGED if who in ("Stock Manager", "Administrator") else OF_DECISIONS


ROWS_OF = {
	"Courier Handover": "Courier Handover Box",
	"Delay Alert": "Delay Alert Event",
	"Delivery Proof": "Delivery Proof Item",
	"Order Box": "Order Box Item",
}
ALONE = ("Box Event", "Courier Label", "Customer Page Link", "Gate Finding", "Order Message", "Order Money")
ALONE += ("Packed Quantity", "Phone PIN", "Put Away", "Stage Duration")


def samples() -> dict[str, str]:
	"""{record of what is done with goods: the name of one}, as the flow saves them."""
	found = {}
	for kind in (*ROWS_OF, *ALONE):
		doc = frappe.new_doc(kind)
		doc.flags.ignore_mandatory = doc.flags.ignore_links = doc.flags.ignore_validate = True
		named_by = (doc.meta.autoname or "").lower().removeprefix("field:")
		if named_by in ("prompt", "user"):
			doc.set("name" if named_by == "prompt" else named_by, make.unique("record"))
		if row := ROWS_OF.get(kind):
			table = next(df.fieldname for df in doc.meta.get_table_fields() if df.options == row)
			found[row] = doc.append(table, {})
		records.save(doc)
		found[kind] = doc.name
		if row:
			found[row] = found[row].name
	return found


@pytest.fixture
def one(site, rolled_back, switches):
	"""{DocType: the name of a record of it}, with the order they are about."""
	switches(approval=True)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")
	deciding.approver("Order Approver")
	order, approval = deciding.asked(deciding.role())
	item, warehouse = order.items[0].item_code, order.items[0].warehouse
	events.repaired(item, warehouse, 1, said.typed("test"))
	actions.record(
		[Deed(order.name, order.items[0].name, item, warehouse, "Purchase", 1, reason=said.typed("test"))]
	)
	gate.remember(order.name, gate.Passed("digest", ""))
	records._tell("test", ["Stock Lock Event"])
	carrier = couriers_world.make_courier()
	couriers_world.tell(carrier, "NOBODYS-1", "in_transit")
	opened = reopenings.begin(order.name, "To Pick", "test", [UndoStep("Cancel", "Pick List", "none")])
	return {
		**samples(),
		"order": order.name,
		"Courier Event": frappe.db.get_value("Courier Event", {"courier": carrier}),
		"Order Approval": approval,
		"Order Approval Decider": frappe.db.get_value("Order Approval Decider", {"parent": approval}),
		"Order Approval Decision": frappe.db.get_value("Order Approval Decision", {"parent": approval}),
		"Order Gate": order.name,
		"Order Reopening": opened,
		"Order Reopening Step": frappe.db.get_value("Order Reopening Step", {"parent": opened}),
		"Order Stage Log": frappe.db.get_value("Order Stage Log", {"sales_order": order.name}),
		"Stock Lock Event": frappe.db.get_value("Stock Lock Event", {"item_code": item}),
		"Shortage Action": frappe.db.get_value("Shortage Action", {"item_code": item}),
		"Record Removal": frappe.db.get_value("Record Removal", {"reason": "test"}),
	}


def stored(doctype, name=None):
	"""All that is stored of a DocType, or of one document: two reads are equal when nothing was written."""
	filters = {"name": name} if name else {}
	rows = frappe.get_all(doctype, filters, ["*"], order_by="name", ignore_permissions=True)
	return [{key: value for key, value in row.items() if key != "_assign"} for row in rows]


def as_request(data, work):
	"""Run what Frappe's router calls, with this body."""
	before, frappe.local.form_dict = frappe.local.form_dict, frappe._dict(data)
	frappe.local.request = SimpleNamespace(method="POST", get_data=lambda: frappe.as_json(data).encode())
	try:
		return work()
	finally:
		frappe.local.form_dict = before
		del frappe.local.request


def changed(doctype, name, field, value):
	return {**frappe.get_doc(doctype, name).as_dict(), field: value}


def another(doctype, name, field, value):
	"""A new record, as a forger would send it."""
	values = changed(doctype, name, field, value)
	left_out = ("name", "creation", "modified", "owner", "modified_by", "deciders", "decisions", "steps")
	return {key: value for key, value in values.items() if key not in left_out} | {"docstatus": 0}


def whole(doctype, name, field, value):
	"""The whole document of a record, with one value forged; (DocType, document)."""
	if not frappe.get_meta(doctype).istable:
		return doctype, changed(doctype, name, field, value)
	row = frappe.get_doc(doctype, name)
	document = frappe.get_doc(row.parenttype, row.parent).as_dict()
	for sent in document[row.parentfield]:
		if sent.name == name:
			sent[field] = value
	return row.parenttype, document


def by_import(doctype, name, field, value, kind):
	"""A row of a file, as Data Import writes it."""
	importer = Importer.__new__(Importer)
	importer.doctype, importer.import_type = doctype, kind
	importer.data_import = frappe._dict(submit_after_import=0, mute_emails=1)
	values = another if kind == INSERT else changed
	importer.process_doc(frappe._dict(values(doctype, name, field, value)))


def added_row(doctype, name, field, value):
	"""A vote more, sent with its whole approval."""
	parent = frappe.get_doc(doctype, name)
	for df in parent.meta.get_table_fields():
		parent.append(df.fieldname, {"user": "Administrator", "action": "Approved", "level": 1})
	client.save(json.dumps(parent.as_dict(), default=str))


def shared_and_put(doctype, name, field, value):
	share.add(doctype, name, frappe.session.user, write=1, share=1)
	as_request({field: value}, lambda: v1.update_doc(doctype, name))


def set_on_share(doctype, name, field, value):
	share.set_permission(doctype, name, frappe.session.user, "write", 1)


def new_share(doctype, name, field, value):
	values = {"doctype": "DocShare", "share_doctype": doctype, "share_name": name, "write": 1, "everyone": 1}
	client.insert(values)


ROADS = {
	"PUT v1": lambda *it: as_request({it[2]: it[3]}, lambda: v1.update_doc(*it[:2])),
	"PUT v2": lambda *it: as_request({it[2]: it[3]}, lambda: v2.update_doc(*it[:2])),
	"POST v1": lambda *it: as_request(another(*it), lambda: v1.create_doc(it[0])),
	"POST v2": lambda *it: as_request(another(*it), lambda: v2.create_doc(it[0])),
	"DELETE v1": lambda *it: v1.delete_doc(*it[:2]),
	"DELETE v2": lambda *it: v2.delete_doc(*it[:2]),
	"client.set_value": lambda *it: client.set_value(*it),
	"client.save": lambda *it: client.save(frappe.as_json(whole(*it)[1])),
	"client.insert": lambda *it: client.insert(frappe.as_json(another(*it))),
	"client.insert_many": lambda *it: client.insert_many([another(*it)]),
	"client.bulk_update": lambda *it: raised(
		client.bulk_update(json.dumps([{"doctype": it[0], "docname": it[1], it[2]: it[3]}]))["failed_docs"]
	),
	"client.delete": lambda *it: client.delete(*it[:2]),
	"client.submit": lambda *it: client.submit(frappe.as_json(whole(*it)[1])),
	"client.cancel": lambda *it: client.cancel(*it[:2]),
	"client.rename_doc": lambda *it: client.rename_doc(*it[:2], "forged"),
	"its own rename": lambda *it: frappe.get_doc(*it[:2]).rename("forged", validate_rename=False),
	"form Save": lambda *it: savedocs(frappe.as_json(whole(*it)[1]), "Save"),
	"form Update": lambda *it: savedocs(frappe.as_json(whole(*it)[1]), "Update"),
	"form rename": lambda *it: rename_doc.update_document_title(
		doctype=it[0], docname=it[1], name="forged", title="forged"
	),
	"bulk edit": lambda *it: raised(
		bulk_update.submit_cancel_or_update_docs(it[0], [it[1]], "update", {it[2]: it[3]})
	),
	"bulk delete": lambda *it: raised(reportview.delete_bulk(it[0], [it[1]]) or [it[1]]),
	"calendar": lambda *it: calendar.update_event(
		frappe.as_json({"doctype": it[0], "name": it[1], it[2]: it[3]}),
		json.dumps({"start": it[2], "end": it[2]}),
	),
	"kanban board": lambda *it: frappe.set_value(*it),
	"import, update": lambda *it: by_import(*it, UPDATE),
	"import, insert": lambda *it: by_import(*it, INSERT),
	"rows": added_row,
	"share and PUT": shared_and_put,
	"share, set": set_on_share,
	"share, new": new_share,
}
"""What each does: (DocType, name, field, value)."""


def raised(failed):
	"""Roads that swallow refusals answer with what failed."""
	if failed:
		raise frappe.PermissionError
	return failed


@pytest.fixture(autouse=True)
def nothing_ends_the_transaction(monkeypatch):
	"""Roads that commit each document, or roll back what failed, leave the test's transaction alone."""
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	rollback = frappe.db.rollback
	monkeypatch.setattr(
		frappe.db, "rollback", lambda *, save_point=None: save_point and rollback(save_point=save_point)
	)
	yield
	monkeypatch.undo()


@pytest.mark.parametrize("who", usually(("Sales User", "Administrator"), PEOPLE))
def test_no_hand_changes_a_record_by_any_road(one, who):
	person = who if who == "Administrator" else make.make_user(who)
	open_roads = [found for kind in tried_by(who) for found in roads_open_to(person, kind, one[kind])]
	assert open_roads == [], open_roads


def roads_open_to(person, doctype, name):
	"""What this person could do to this record, or what stopped it without being a refusal; undone again."""
	watched = (doctype, *(kind for kind, row in ROWS_OF.items() if row == doctype), "Order Approval")
	before = {kind: stored(kind) for kind in watched}
	for road, drive in ROADS.items():
		frappe.db.savepoint("road")
		with make.acting_as(person):
			try:
				drive(doctype, name, *FORGED[doctype])
			except Exception as refusal:
				if not isinstance(refusal, (frappe.ValidationError, frappe.PermissionError)):
					yield f"{doctype}, {road}: {type(refusal).__name__} {refusal}"
			else:
				yield f"{doctype}, {road}"
		if {kind: stored(kind) for kind in watched} != before:
			yield f"{doctype}, {road} wrote"
		frappe.db.rollback(save_point="road")
		frappe.clear_messages()


@pytest.mark.parametrize("who", PEOPLE)
def test_an_assignment_shares_no_record_and_changes_nothing_of_it(one, who):
	name, person = one["Order Approval"], who if who == "Administrator" else make.make_user(who)
	before = {kind: stored(kind) for kind in FORGED}
	with make.acting_as(person):
		try:
			assign_to.add(
				{"doctype": "Order Approval", "name": name, "assign_to": [make.make_user("HR User")]}
			)
		except frappe.PermissionError:
			frappe.clear_messages()
	assert not frappe.db.exists("DocShare", {"share_doctype": "Order Approval"})
	assert {kind: stored(kind) for kind in FORGED} == before


def test_maintenance_removes_records_and_says_so(one):
	with records.removal("retention of ten years"):
		frappe.delete_doc("Stock Lock Event", one["Stock Lock Event"], force=True)
		records.delete_all("Shortage Action", [one["Shortage Action"]])
	told = frappe.get_all(
		"Record Removal",
		{"reason": "retention of ten years"},
		["record_type", "removed", "actor"],
		as_list=True,
	)
	assert sorted(told) == [("Shortage Action", 1, "Administrator"), ("Stock Lock Event", 1, "Administrator")]
	with pytest.raises(frappe.PermissionError):
		frappe.delete_doc("Order Approval", one["Order Approval"], force=True)
	with pytest.raises(frappe.PermissionError):
		records.delete_all("Order Approval", [one["Order Approval"]])


def test_every_record_has_an_owner_and_a_creation(one):
	for doctype in FORGED:
		assert not frappe.get_all(doctype, {"owner": ("is", "not set")}), doctype
		assert not frappe.get_all(doctype, {"creation": ("is", "not set")}), doctype
	assert frappe.db.get_value("Order Approval", one["Order Approval"], "owner") == frappe.db.get_value(
		"Sales Order", one["order"], "owner"
	)


def test_records_that_were_stored_without_an_owner_get_one(one):
	for doctype in ("Order Approval", "Order Approval Decider", "Order Approval Decision"):
		frappe.db.set_value(doctype, one[doctype], {"owner": None, "creation": None}, update_modified=False)
	owners.fill_owners()
	asked = frappe.get_doc("Order Approval", one["Order Approval"])
	assert (asked.owner, asked.creation) == (asked.requested_by, asked.requested_on)
	assert asked.deciders[0].owner == asked.decisions[0].owner == asked.requested_by


def of_the_app():
	"""The DocTypes of the app that are documents by themselves."""
	return frappe.get_all("DocType", {"module": "Sales WH Flow", "istable": 0, "issingle": 0}, pluck="name")


def test_no_role_may_share_a_record_or_a_rule(site):
	may = frappe.get_all(
		"DocPerm", {"parent": ("in", (*FORGED, "Order Approval Rule")), "share": 1}, ["parent", "role"]
	)
	assert may == []
	writers = frappe.get_all(
		"DocPerm",
		[["parent", "in", tuple(FORGED)]],
		["parent", "role", "write", "create", "delete"],
	)
	assert [row for row in writers if row.write or row.create or row["delete"]] == []


def test_no_role_has_a_right_to_write_a_record(site):
	writing = ("write", "create", "delete", "submit", "cancel", "share", "import")
	for doctype in records.EVIDENCE:
		for row in frappe.get_meta(doctype).permissions:
			assert not any(row.get(right) for right in writing), (doctype, row.role)


def test_every_controller_of_a_record_is_one(site):
	assert set(records.EVIDENCE) == set(FORGED)
	for doctype in records.EVIDENCE:
		assert issubclass(frappe.get_meta(doctype) and type(frappe.new_doc(doctype)), records.Record), doctype


@pytest.mark.parametrize("right", ["write", "share"])
def test_a_share_gives_no_right_over_any_document_of_the_app(one, right):
	rule = make.make_rule()
	frappe.get_doc({"doctype": "Courier", "courier_name": make.unique("Courier")}).insert()
	for doctype in of_the_app():
		for name in frappe.get_all(doctype, limit=1, pluck="name"):
			with pytest.raises(frappe.PermissionError):
				share.add(doctype, name, make.make_user("Sales Manager"), **{right: 1})
	share.add("Order Approval Rule", rule.name, make.make_user("Sales User"))  # for reading


def test_a_share_from_before_lets_nobody_raise_a_threshold(one):
	boss, rule = make.make_user("Sales Manager"), make.make_rule(threshold=10)
	values = {"user": boss, "share_doctype": rule.doctype, "share_name": rule.name, "read": 1, "write": 1}
	frappe.get_doc({"doctype": "DocShare", **values}).db_insert()
	with make.acting_as(boss):
		assert frappe.has_permission(rule.doctype, "write", doc=rule.name)
		with pytest.raises(frappe.PermissionError):
			client.set_value(rule.doctype, rule.name, "threshold", 90)
	records.end_shares()
	assert frappe.get_all("DocShare", {"share_name": rule.name}, ["read", "write"], as_list=True) == ((1, 0),)
