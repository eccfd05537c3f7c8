"""Frappe gives the last number of a series out again: nothing of a deleted document is the next one's."""

import pytest

import frappe
from frappe.utils import now

from sales_wh_flow.base import bulk
from sales_wh_flow.base.gate_findings import write_findings
from sales_wh_flow.delays.store import alerts as store
from sales_wh_flow.patches.v0_4 import records_of_used_numbers
from tests.factories import line, make_item, make_order, unique

pytestmark = pytest.mark.usefixtures("delays_are_told")
KEPT = ("Delay Alert", "Gate Finding", "Put Away", "Return Case", "Return Case Row")


def order_of_services():
	return make_order(line(make_item(is_stock_item=0)), submit=True)


def raise_alert(order):
	return store.raise_alerts([{"sales_order": order, "open_of_order": order, "state": "Open", "level": 1}])


def name_it(order, finding_of):
	"""Something of each kind names the order."""
	(alert,) = raise_alert(order)
	write_findings("Early Invoice", "Warn", finding_of, [(order, None, 1.0)])
	for kind in ("Put Away", "Return Case", "Return Case Row"):
		bulk.insert(kind, ("name", "creation", "sales_order"), [(unique("KEPT"), now(), order)])
	return alert


@pytest.mark.parametrize("is_known_late", [False, True], ids=["as it is deleted", "by the update"])
def test_an_order_that_gets_the_number_of_a_deleted_one_has_no_alert_finding_or_return_of_it(is_known_late):
	gone = order_of_services()
	alert = None if is_known_late else name_it(gone.name, gone)
	gone.reload().cancel()
	gone.delete()
	if is_known_late:
		alert = name_it(gone.name, gone)
	order = order_of_services()
	assert order.name == gone.name
	if is_known_late:
		records_of_used_numbers.execute()
		records_of_used_numbers.execute()
	assert {kind: frappe.db.count(kind, {"sales_order": order.name}) for kind in KEPT} == dict.fromkeys(
		KEPT, 0
	)
	left = frappe.db.get_value("Delay Alert", alert, ["state", "deleted_order", "open_of_order"])
	assert left == ("Done", gone.name, None)
	assert frappe.db.count("Gate Finding", {"deleted_order": gone.name}) == 1
	assert raise_alert(order.name)


@pytest.mark.parametrize("kind", ["Sales Invoice", "Delivery Note"])
def test_a_finding_of_a_deleted_document_is_not_the_next_ones(kind):
	order = order_of_services()
	doc = frappe.get_doc(
		{"doctype": kind, "name": "NO-1", "customer": order.customer, "company": order.company}
	)
	write_findings("Early Invoice", "Warn", doc, [(order.name, None, 1.0)])
	doc.run_method("on_trash")
	found = frappe.db.get_value("Gate Finding", {"sales_order": order.name}, ["document", "deleted_document"])
	assert found == (None, "NO-1")
