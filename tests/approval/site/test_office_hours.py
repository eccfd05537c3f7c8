"""Office hours are hours of an office, not the second in which the app was installed."""

from datetime import datetime

import pytest

import frappe

from sales_wh_flow.approval import gate
from sales_wh_flow.patches.v0_3 import office_hours
from tests import factories as make

SETTINGS = "Sales Flow Settings"


@pytest.fixture(autouse=True)
def approval_on(site, rolled_back, switches):
	switches(approval=True)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")
	yield
	frappe.clear_document_cache(SETTINGS, SETTINGS)


def stored():
	return tuple(frappe.db.get_single_value(SETTINGS, field, cache=False) for field in office_hours.USUAL)


def store(opens, closes):
	frappe.db.set_single_value(SETTINGS, {"approval_office_from": opens, "approval_office_to": closes})
	frappe.clear_document_cache(SETTINGS, SETTINGS)


def test_new_settings_propose_nine_to_five():
	new = frappe.new_doc(SETTINGS)
	assert (new.approval_office_from, new.approval_office_to) == ("09:00", "17:00")


def test_no_document_of_ours_has_a_time_that_frappe_fills_with_the_present_one():
	"""Of ERPNext's documents our fields may: a box beside them says whether they count."""
	ours = frappe.get_all("DocType", {"module": "Sales WH Flow"}, pluck="name")
	assert not frappe.get_all(
		"DocField", {"parent": ("in", ours), "fieldtype": "Time"}, ["parent", "fieldname"]
	)
	filled = frappe.get_all(
		"DocField",
		{"parent": ("in", ours), "fieldtype": ("in", ("Date", "Datetime")), "default": ("is", "set")},
		pluck="fieldname",
	)
	assert not filled


def test_hours_that_end_before_they_begin_are_refused():
	settings = frappe.get_doc(SETTINGS)
	settings.update({"approval_office_from": "17:00", "approval_office_to": "09:00"})
	with pytest.raises(frappe.ValidationError, match="end before they begin"):
		settings.save()


@pytest.mark.parametrize(
	("found", "mended"),
	[
		(("23:09:04.123456", "23:09:04.123456"), ("09:00", "17:00")),
		(("23:09:04", "23:09:05"), ("09:00", "17:00")),
		(("08:00:00", "16:30:00"), ("08:00", "16:30")),
		(("7:45:00", "12:00:00"), ("07:45", "12:00")),
		(("00:00:00", "00:00:00"), ("00:00", "00:00")),
		(("18:00:00", "06:00:00"), ("09:00", "17:00")),
	],
)
def test_the_patch_keeps_what_was_typed_and_mends_the_rest(found, mended):
	store(*found)
	office_hours.execute()
	office_hours.execute()
	assert stored() == mended


def test_what_is_open_is_due_by_the_mended_hours():
	make.make_rule("Discount", 9, levels=[{"level": 1, "approvals_needed": 1, "due_hours": 4}])
	store("23:09:04.5", "23:09:04.5")
	order = make.make_order(make.line(rate=80, price_list_rate=100))
	(approval,) = gate.ask(order.name)
	asked = datetime(2026, 3, 10, 15, 0)
	frappe.db.sql(
		"update `tabOrder Approval Decision` set decided_on = %s where parent = %s", (asked, approval)
	)
	office_hours.execute()
	# two hours on Tuesday, two on Wednesday
	assert frappe.db.get_value("Order Approval", approval, "due_on") == datetime(2026, 3, 11, 11, 0)
