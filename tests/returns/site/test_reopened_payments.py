"""A paid order is opened again: its payments are unlinked or kept as advance by choice, never deleted."""

import pytest

import frappe
from frappe.utils import nowdate

from erpnext.accounts.doctype.payment_entry.payment_entry import get_payment_entry

from sales_wh_flow.returns import api, jobs
from tests import factories as make
from tests.returns import returns_world as world


@pytest.fixture(autouse=True)
def returns_are_on(switches, in_this_transaction):
	switches(stock_lock=True, fulfilment=True, returns=True, return_documents="Submitted")
	frappe.db.set_single_value("Accounts Settings", "unlink_payment_on_cancellation_of_invoice", 0)


@pytest.fixture
def order(place):
	"""Five pieces that were sent and invoiced."""
	made, note = world.delivered(make.line(make.stocked(5, place), qty=5), warehouse=place)
	world.invoiced(note)
	return made


@pytest.fixture
def payment(order):
	(invoice,) = frappe.get_all("Sales Invoice Item", {"sales_order": order.name}, pluck="parent")
	entry = get_payment_entry("Sales Invoice", invoice)
	entry.update({"reference_no": "1", "reference_date": nowdate()})
	return entry.insert().submit()


def choose(payment, choice):
	return [{"payment": payment.name, "choice": choice}]


def reopened(order, payments, back_to="To Pick"):
	name = api.reopen_order(order.name, back_to, "mistake", frappe.as_json(payments))
	jobs.reopen_order(name)
	return frappe.get_doc("Order Reopening", name)


def invoices(order):
	rows = frappe.get_all("Sales Invoice Item", {"sales_order": order.name}, ["parent", "docstatus"])
	return {row.docstatus for row in rows}


def test_the_plan_names_each_payment_and_what_may_become_of_it(order, payment):
	plan = api.plan_reopening(order.name)
	(found,) = plan["payments"]
	assert (found["document_name"], found["choices"]) == (payment.name, ["Unlink", "Keep as Advance"])
	assert not plan["may_start"]
	with pytest.raises(frappe.ValidationError, match="Choose for each"):
		api.reopen_order(order.name, "To Pick", "mistake")


def test_an_unlinked_payment_stays_with_the_customer(order, payment):
	record = reopened(order, choose(payment, "Unlink"))
	assert (record.state, record.stopped_by) == ("Done", None)
	payment.reload()
	assert (payment.docstatus, payment.unallocated_amount, payment.references) == (1, 500, [])
	assert invoices(order) == {2}


def test_a_kept_payment_is_an_advance_of_the_order(order, payment):
	record = reopened(order, choose(payment, "Keep as Advance"))
	assert (record.state, record.stopped_by) == ("Done", None)
	payment.reload()
	assert payment.docstatus == 1
	assert [(row.reference_name, row.allocated_amount) for row in payment.references] == [(order.name, 500)]
	assert frappe.db.get_value("Sales Order", order.name, "advance_paid") == 500
	assert invoices(order) == {2}


def test_a_payment_is_kept_by_no_order_that_is_gone(order, payment):
	with pytest.raises(frappe.ValidationError, match="Unlink it"):
		reopened(order, choose(payment, "Keep as Advance"), "Cancelled")
	with pytest.raises(frappe.ValidationError, match="choose Unlink"):
		reopened(order, choose(payment, "Delete"))


def test_who_may_not_unlink_payments_may_not_by_re_open(order, payment):
	seller = make.make_user("Sales User", "Sales Manager", "Stock Manager")
	with make.acting_as(seller), pytest.raises(frappe.PermissionError, match="You may not undo"):
		api.reopen_order(order.name, "To Pick", "mistake", frappe.as_json(choose(payment, "Unlink")))


def test_where_erpnext_unlinks_by_itself_nobody_needs_to_choose(order, payment):
	frappe.db.set_single_value("Accounts Settings", "unlink_payment_on_cancellation_of_invoice", 1)
	assert reopened(order, []).state == "Done"
	assert frappe.db.get_value("Payment Entry", payment.name, "docstatus") == 1
