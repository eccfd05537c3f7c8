"""Every free text of the app is planted, and every form, page and report is opened with it.

Frappe's own lists draw any stored text as HTML: there it has to be clean when it is stored, see
test_files_that_leave.py, and what was stored before is cleaned by a patch.
"""

import inspect
import json
from pathlib import Path

import pytest

import frappe

import sales_wh_flow
from sales_wh_flow.base import bulk
from sales_wh_flow.setup.custom_fields import CUSTOM_FIELDS
from tests.browser import test_hand_over
from tests.browser import test_text_runs_nowhere as elsewhere
from tests.browser.desk import in_full_runs
from tests.browser.test_text_runs_nowhere import MARKER, PLANTED, everybody, look, watched  # noqa: F401

FOLDER = Path(sales_wh_flow.__file__).parent / "sales_wh_flow"
TEXTS = ("Data", "Small Text", "Text", "Long Text", "Text Editor", "Code")

OF_THE_FLOW = {
	"Customer Credit Turn": ("customer", "company"),
	"Delivery Note": ("swf_tracking_url",),
	"Order Approval": ("criterion", "unit", "fingerprint", "identity", "likeness", "facts"),
	"Order Gate": ("passed", "hands"),
	"Packed Item": (),
	"Sales Order": ("swf_stage_row", "swf_forecast_by"),
	"Shortage Action": ("sales_order_item", "price_rule"),
	"Stock Lock Event": ("sales_order_item",),
}
"""Digests, numbers of rows and words of a closed list, which the flow alone writes and reads."""

OF_HAND_OVERS = {"Courier Manifest"}
"""Printed, with texts that could run, in test_hand_over.py."""
RETURN_SLIP = "Return Slip"


def definitions():
	found = [json.loads(path.read_text()) for path in sorted((FOLDER / "doctype").glob("*/*.json"))]
	return {one["name"]: one for one in found}


OURS = definitions()
FORMS = sorted(name for name, one in OURS.items() if not one.get("istable") and not one.get("issingle"))


def free_texts() -> set[tuple[str, str]]:
	"""(DocType, field) of all texts that the app keeps, on its own documents and on ERPNext's."""
	own = {
		(name, field["fieldname"])
		for name, one in OURS.items()
		for field in one["fields"]
		if field["fieldtype"] in TEXTS and field["fieldname"] not in OF_THE_FLOW.get(name, ())
	}
	added = {
		(name, field["fieldname"])
		for name, fields in CUSTOM_FIELDS.items()
		for field in fields
		if field["fieldtype"] in TEXTS and field["fieldname"] not in OF_THE_FLOW.get(name, ())
		if field.get("length", len(MARKER)) >= len(MARKER)  # others are refused by the database
	}
	return own | added


def planted() -> set[tuple[str, str]]:
	"""On documents of ERPNext's by the stories next door, on the app's own by the forms below."""
	return {(name, field) for name, fields in PLANTED.items() for field in fields} | {
		(name, field) for name in OURS for field in texts_of(name)
	}


def texts_of(doctype: str) -> list[str]:
	skipped = OF_THE_FLOW.get(doctype, ())
	return [
		field["fieldname"]
		for field in OURS[doctype]["fields"]
		if field["fieldtype"] in TEXTS and field["fieldname"] not in skipped
	]


def test_no_free_text_of_the_app_is_left_out():
	assert len(free_texts()) > 40
	assert free_texts() - planted() == set()


@pytest.mark.parametrize("kind", ["page", "report"])
def test_each_page_and_report_of_the_app_is_opened(kind):
	names = [path.name for path in (FOLDER / kind).iterdir() if (path / f"{path.name}.json").exists()]
	opened = (inspect.getsource(elsewhere) + inspect.getsource(test_hand_over)).lower()
	assert names
	for name in names:
		assert name.replace("_", "-") in opened or name.replace("_", " ") in opened, f"{name} is not opened"


def test_the_app_has_no_print_format_that_nobody_looks_at():
	found = [json.loads(path.read_text()) for path in (FOLDER / "print_format").glob("*/*.json")]
	drawn = {one["name"] for one in found if not one.get("raw_printing")}
	assert drawn - {*elsewhere.PRINTS} <= {
		*OF_HAND_OVERS,
		RETURN_SLIP,
		elsewhere.CONFIRMATION,
		elsewhere.PICK_LIST,
	}


def stored(doctype: str, **values) -> str:
	"""A row as a version without a border, or another app, left it: nothing is checked."""
	(name,) = bulk.new_names(1)
	user, now = "Administrator", frappe.utils.now()
	own = {"name": name, "owner": user, "creation": now, "modified": now, "modified_by": user}
	row = {**own, "docstatus": 0, "idx": 1, **values}
	bulk.insert(doctype, list(row), [tuple(row.values())])
	texts = dict.fromkeys(texts_of(doctype), MARKER)
	if texts:
		frappe.db.set_value(doctype, name, texts, update_modified=False)
	return name


def stored_whole(doctype: str) -> str:
	name = stored(doctype)
	for field in OURS[doctype]["fields"]:
		if field["fieldtype"] == "Table" and field["options"] in OURS:
			stored(field["options"], parent=name, parenttype=doctype, parentfield=field["fieldname"])
	frappe.db.commit()
	return name


@in_full_runs
@pytest.mark.parametrize("doctype", FORMS)
def test_a_form(watched, doctype):  # noqa: F811
	name = stored_whole(doctype)
	try:
		watched.page.goto(f"/app/{frappe.scrub(doctype).replace('_', '-')}/{name}")
		look(watched, is_there=False)
	finally:
		watched.problems.clear()  # a row that lacks what a document has is no story of errors
		frappe.db.delete(doctype, {"name": name})
		frappe.db.commit()


def test_the_slip_that_comes_with_a_return(watched):  # noqa: F811
	company = frappe.db.get_value("Company", {"is_group": 0})
	name = stored("Return Case", company=company)
	stored("Return Case Row", parent=name, parenttype="Return Case", parentfield="rows", received_qty=1)
	frappe.db.set_value("Return Case", name, "customer_name", MARKER, update_modified=False)
	frappe.db.commit()
	try:
		watched.page.goto(f"/printview?doctype=Return Case&name={name}&format={RETURN_SLIP}")
		watched.page.wait_for_timeout(300)
		assert elsewhere.SHOWN in watched.page.content()
		assert not watched.page.evaluate("() => window.__hit")
	finally:
		for doctype, key in (("Return Case Row", "parent"), ("Return Case", "name")):
			frappe.db.delete(doctype, {key: name})
		frappe.db.commit()
