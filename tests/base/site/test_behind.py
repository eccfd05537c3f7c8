"""The bench has a newer version of the app than the site: whoever meets it reads what has to be done."""

import json

import pytest
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

import frappe
from frappe.app import run_after_request_hooks
from frappe.utils.response import report_error

from sales_wh_flow.setup import behind

COLUMN = "swf_quality_hold"


@pytest.fixture
def lacks():
	"""``lacks(field)``: the site has not got this field of Batch yet; the rest of the test reads so."""

	def take(field):
		frappe.db.delete("Custom Field", {"dt": "Batch", "fieldname": field})

	return take


@pytest.fixture
def answer(monkeypatch):
	"""``answer(work)``: (status, body) of a request in which this fails."""
	request = Request(EnvironBuilder(path="/api/method/x", method="POST").get_environ())
	monkeypatch.setattr(frappe.local, "request", request, raising=False)

	def of(work, shows_what_failed=True):
		monkeypatch.setattr(frappe.local, "response", frappe._dict())
		monkeypatch.setitem(frappe.local.flags, "disable_traceback", not shows_what_failed)
		try:
			work()
		except Exception as error:
			response = report_error(getattr(error, "http_status_code", 500))
		run_after_request_hooks(request, response)
		return response.status_code, json.loads(response.get_data())

	return of


def unknown_column(name):
	frappe.db.sql(f"select `{name}` from `tabPatch Log` limit 1")


def said(body):
	return [json.loads(text)["message"] for text in json.loads(body.get("_server_messages") or "[]")]


@pytest.mark.parametrize("shows_what_failed", [True, False])
def test_what_fails_for_a_field_that_is_to_come_says_what_to_do_and_may_be_tried_again(
	lacks, answer, shows_what_failed
):
	lacks(COLUMN)

	status, body = answer(lambda: unknown_column(COLUMN), shows_what_failed)

	assert status == 503
	assert len(said(body)) == 1
	assert f"'bench --site {frappe.local.site} migrate'" in said(body)[0]


def test_so_does_code_that_reads_such_a_field_of_a_document(lacks, answer, monkeypatch):
	lacks(COLUMN)
	frappe.clear_cache(doctype="Batch")
	monkeypatch.setattr(frappe.local, "valid_columns", {})  # as at the start of a request

	status, _body = answer(lambda: getattr(frappe.get_doc({"doctype": "Batch"}), COLUMN))

	frappe.clear_cache(doctype="Batch")
	assert status == 503


def test_so_does_a_page_that_asks_for_records_of_a_kind_that_is_to_come(monkeypatch, answer):
	monkeypatch.setattr(frappe.db, "table_exists", lambda doctype, **_how: doctype != "Order Message")

	def open_list():
		frappe.throw("DocType Order Message not found", frappe.DoesNotExistError)

	status, body = answer(open_list)

	assert (status, len(said(body))) == (503, 1)


def test_later_frappe_s_right_to_a_field_that_is_to_come_is_not_asked_of_an_admin(lacks, answer):
	lacks(COLUMN)

	def read():
		frappe.throw(f"You do not have permission to access field: Batch.{COLUMN}", frappe.PermissionError)

	assert answer(read)[0] == 503


def test_a_record_that_is_not_there_is_not_found_on_such_a_site_too(monkeypatch, answer):
	monkeypatch.setattr(behind, "what_is_missing", lambda *_named: behind._names())

	status, body = answer(lambda: frappe.get_doc("Order Box", "NO-SUCH-BOX"))

	assert status == 404
	assert "NO-SUCH-BOX" in said(body)[0]


def test_another_fault_on_such_a_site_is_answered_as_ever(lacks, answer):
	lacks(COLUMN)

	status, body = answer(lambda: unknown_column("no_such_column"))

	assert status == 500
	assert said(body) == []


def test_a_site_that_was_migrated_lacks_nothing_and_keeps_its_faults(answer):
	assert behind.what_is_missing() == set()

	assert answer(lambda: unknown_column(COLUMN), shows_what_failed=False)[0] == 500
