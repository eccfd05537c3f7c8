"""What the app borrows from Frappe and ERPNext on this bench: as recorded, or said, and never an outage."""

import importlib
from types import SimpleNamespace

import pytest

import frappe
from frappe.api import v2

from sales_wh_flow import entrances
from sales_wh_flow.base import api_routes, borrowed
from sales_wh_flow.setup import unverified
from tests.factories import (
	line,
	make_item,
	make_order,
	make_warehouse,
	receive,
)

VERSIONS = {"frappe": frappe.__version__, "erpnext": importlib.import_module("erpnext").__version__}


@pytest.fixture
def without_the_route(monkeypatch):
	"""The entrances on a Frappe whose API 2 has no route for methods of documents."""
	with monkeypatch.context() as patched:
		rules = [rule for rule in v2.url_rules if rule.rule != borrowed.RUN_DOC_METHOD]
		patched.setattr(v2, "url_rules", rules)
		importlib.reload(api_routes)
		yield entrances
	importlib.reload(api_routes)


@pytest.fixture
def unknown(monkeypatch):
	"""A Frappe without a function that the app borrows."""
	gone = borrowed.Loan("frappe.client.gone", "it helps", "<b>nobody</b> helps")
	record = borrowed.recorded()
	for names in record["frappe"].values():
		names[gone.name] = borrowed.Looks("", "")
	monkeypatch.setattr(borrowed, "LOANS", (*borrowed.LOANS, gone))
	monkeypatch.setattr(borrowed, "recorded", lambda: record)
	return gone


def notes():
	subject = ("like", "Sales WH Flow was not tested with%")
	return frappe.get_all("Notification Log", {"subject": subject}, ["for_user", "email_content"])


def test_this_bench_has_all_that_is_borrowed_as_it_was_recorded():
	assert unverified.unverified_in_words(VERSIONS) == []


def test_a_bench_as_recorded_says_nothing():
	unverified.tell_admins()
	assert notes() == []


def test_every_admin_reads_once_what_is_gone_and_what_may_come_of_it(unknown):
	unverified.tell_admins()
	unverified.tell_admins()
	found = notes()
	assert found and len({note.for_user for note in found}) == len(found)
	assert "frappe.client.gone" in found[0].email_content and "<b>nobody" not in found[0].email_content


def test_a_missing_route_is_said(without_the_route):
	assert [text for text in unverified.unverified_in_words(VERSIONS) if borrowed.RUN_DOC_METHOD in text]


def test_the_other_entrances_work_without_the_route(without_the_route, switches, committed):
	switches(stock_lock=True)
	warehouse, item = make_warehouse("No Route"), make_item()
	receive(item, 5, warehouse)
	order = make_order(line(item, qty=3), warehouse=warehouse)
	committed()
	without_the_route.submit(order.as_dict())
	assert frappe.get_doc("Sales Order", order.name).docstatus == 1


def test_a_list_is_submitted_as_frappe_does_it_where_its_inside_is_gone(switches, monkeypatch):
	switches(stock_lock=True)
	native = SimpleNamespace(submit_cancel_or_update_docs=lambda *given: ["native", *given])
	monkeypatch.setattr(entrances, "bulk_update", native)
	assert entrances.submit_cancel_or_update_docs("Sales Order", ["SO-1"])[:2] == ["native", "Sales Order"]
