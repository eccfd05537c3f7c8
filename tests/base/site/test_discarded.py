"""Drafts end with ERPNext 16's *Discard*; what is no draft does not, whatever is sent to its endpoint."""

import pytest

import frappe
from frappe.desk.form import save as form

from sales_wh_flow import entrances
from sales_wh_flow.base import retry
from sales_wh_flow.patches.v0_4 import open_again_what_is_no_draft
from tests import factories as make


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(approval=True, stock_lock=True)


@pytest.fixture
def draft():
	return make.make_order(make.line(warehouse=make.make_warehouse()))


def test_a_draft_is_discarded_though_the_database_refused_it_first(draft, committed, monkeypatch):
	committed()
	left, native = [frappe.QueryDeadlockError("Deadlock found")], form.send_updated_docs

	def send_updated_docs(doc):
		if left:
			raise left.pop()
		native(doc)

	monkeypatch.setattr(form, "send_updated_docs", send_updated_docs)
	monkeypatch.setattr(retry.time, "sleep", lambda seconds: None)
	if not hasattr(form, "discard"):  # ERPNext 15
		with pytest.raises(frappe.DoesNotExistError):
			entrances.discard_form("Sales Order", draft.name)
		return

	entrances.discard_form("Sales Order", draft.name)

	status = frappe.db.get_value("Sales Order", draft.name, ["docstatus", "status", "swf_flow_status"])
	assert status == (2, "Cancelled", "Cancelled")
	assert len(frappe.response.docs) == 1


def test_a_rule_in_force_is_deleted_and_not_discarded():
	rule = make.make_rule(threshold=10)

	with pytest.raises(frappe.PermissionError, match=r"is no draft.*Change or delete it"):
		make.discarded(rule)

	assert rule.reload().docstatus == 0


def test_a_rule_that_was_discarded_before_can_be_changed_again():
	rule = make.make_rule(threshold=10)
	rule.db_set("docstatus", 2)

	open_again_what_is_no_draft.execute()

	rule.reload().update({"enabled": 0}).save()


@pytest.mark.parametrize("table", ["items", "payment_schedule"])
def test_no_row_of_a_draft_is_discarded_by_itself(draft, table):
	row = draft.get(table)[0]

	with pytest.raises(frappe.PermissionError, match="changed with its document alone"):
		make.discarded(row)

	assert draft.reload().get(table)[0].docstatus == 0
