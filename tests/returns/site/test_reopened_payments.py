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


def payment_request(order):
	return frappe.get_doc(
		{
			"doctype": "Payment Request",
			"payment_request_type": "Inward",
			"reference_doctype": "Sales Order",
			"reference_name": order.name,
			"party_type": "Customer",
			"party": order.customer,
			"grand_total": 500,
			"currency": order.currency,
			"mute_email": 1,
		}
	)


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


def test_the_plan_names_no_payment_and_no_holder_that_its_reader_may_not_read(order, payment):
	request = payment_request(order).insert().submit()
	with make.acting_as(make.make_user("Sales User", "Stock User")):
		plan = api.plan_reopening(order.name)
	assert ([it["document_name"] for it in plan["payments"]], plan["holds_order"]) == (
		[""],
		["(hidden from you)"],
	)
	text = frappe.as_json(plan)
	assert "is paid by" in text and payment.name not in text and request.name not in text


def test_where_erpnext_unlinks_by_itself_nobody_needs_to_choose(order, payment):
	frappe.db.set_single_value("Accounts Settings", "unlink_payment_on_cancellation_of_invoice", 1)
	assert reopened(order, []).state == "Done"
	assert frappe.db.get_value("Payment Entry", payment.name, "docstatus") == 1


def test_an_order_of_which_nothing_but_an_advance_was_made_is_cancelled_by_re_open_alone(place):
	frappe.db.set_single_value("Accounts Settings", "unlink_advance_payment_on_cancelation_of_order", 0)
	made = make.make_order(make.line(make.stocked(5, place), qty=5), warehouse=place, submit=True)
	entry = get_payment_entry("Sales Order", made.name)
	entry.update({"reference_no": "1", "reference_date": nowdate()})
	entry.insert().submit()
	plan = api.plan_reopening(made.name)
	assert (plan["touched"], plan["steps"], plan["payments"][0]["of_order_alone"]) == (True, [], True)
	frappe.db.savepoint("as_it_was")
	with pytest.raises(frappe.ValidationError, match=f"{entry.name}.*press Re-open"):
		frappe.get_doc("Sales Order", made.name).cancel()
	frappe.db.rollback(save_point="as_it_was")
	with pytest.raises(frappe.ValidationError, match="Nothing was made"):
		api.reopen_order(made.name, "To Pick", "mistake")
	with pytest.raises(frappe.ValidationError, match="has the advance"):
		api.reopen_order(made.name, "Cancelled", "mistake")
	assert reopened(made, choose(entry, "Unlink"), "Cancelled").state == "Done"
	assert frappe.db.get_value("Sales Order", made.name, "docstatus") == 2
	assert frappe.db.get_value("Payment Entry", entry.name, "docstatus") == 1


def test_a_payment_request_is_named_before_anything_is_undone(place):
	made = make.make_order(make.line(make.stocked(5, place), qty=5), warehouse=place, submit=True)
	(pick_list,) = world.picking_api.make_pick_lists(made.name)
	request = payment_request(made).insert().submit()
	assert api.plan_reopening(made.name)["holds_order"] == [request.name]
	with pytest.raises(frappe.ValidationError, match=request.name):
		api.reopen_order(made.name, "Cancelled", "mistake")
	assert frappe.db.exists("Pick List", pick_list)
