"""An order of which goods came back before they were invoiced, and before the app knew returns."""

import pytest

import frappe

from erpnext.stock.doctype.delivery_note.delivery_note import make_sales_invoice

from sales_wh_flow.billing import by_hand, judge
from sales_wh_flow.patches.v0_4 import settled_by_returns, unrefunded_returns
from sales_wh_flow.returns import api
from tests import factories as make
from tests.billing.billing_world import invoice_of, make_billing_policy
from tests.returns import returns_world as world


@pytest.fixture(autouse=True)
def flow_is_on(switches, in_this_transaction, monkeypatch):
	switches(stock_lock=True, fulfilment=True, returns=True, billing="On", return_documents="Submitted")
	world.name_places()
	monkeypatch.setattr(frappe.db, "commit", lambda: None)


def as_before(order):
	"""As the former version left it: to be invoiced for what came back."""
	frappe.db.set_value("Sales Order", order.name, "swf_flow_status", "Delivered")


def status(order):
	return frappe.db.get_value("Sales Order", order.name, "swf_flow_status")


@pytest.mark.unchecked
def test_what_came_back_uninvoiced_is_waited_for_no_more(place):
	order, note = world.delivered(make.line(make.stocked(3, place), qty=3), warehouse=place)
	world.returned(note, 3, remedy="Refund")
	done = status(order)
	as_before(order)
	settled_by_returns.execute()
	assert status(order) == done != "Delivered"
	settled_by_returns.execute()
	assert status(order) == done


@pytest.mark.unchecked
def test_what_is_still_with_the_customer_stays_to_be_invoiced(place):
	order, note = world.delivered(make.line(make.stocked(3, place), qty=3), warehouse=place)
	world.returned(note, 1)
	as_before(order)
	settled_by_returns.execute()
	assert order.name not in settled_by_returns.returned.orders_settled_by_returns()
	assert status(order) == "Delivered"


@pytest.mark.unchecked
def test_of_an_order_that_is_invoiced_in_part_the_returned_rest_is_settled(place):
	order, note = world.delivered(make.line(make.stocked(3, place), qty=3), warehouse=place)
	invoice_of(order.reload(), 2)
	world.returned(note, 1, remedy="Refund")
	assert order.name in settled_by_returns.returned.orders_settled_by_returns()


@pytest.mark.unchecked
@pytest.mark.parametrize("remedy", ["Nothing", "Repair"])
def test_what_is_not_refunded_and_stood_as_paid_is_to_be_invoiced(place, remedy):
	make_billing_policy("On Dispatch", company=make.company().name)
	order, note = world.delivered(make.line(make.stocked(3, place), qty=3), warehouse=place)
	world.returned(note, 3, remedy=remedy)
	now = status(order)
	frappe.db.set_value("Order Money", order.name, {"state": "Paid", "may_be_invoiced": 0})
	frappe.db.set_value("Sales Order", order.name, "swf_flow_status", "Completed")
	for _again in range(2):
		unrefunded_returns.execute()
		kept = frappe.db.get_value("Order Money", order.name, ["state", "may_be_invoiced"])
		assert (kept, status(order)) == (("To Invoice", 1), now)
	frappe.get_doc("Sales Invoice", by_hand.draft_now(order.name)).submit()
	assert order.name not in unrefunded_returns.returned.orders_of_unrefunded_returns()


def test_the_case_names_rows_that_nobody_would_pay_although_they_are_not_refunded(place):
	order, note = world.delivered(make.line(make.stocked(3, place), qty=3), warehouse=place)
	case = world.decided(world.opened(world.asked(note, 1)))
	assert api.what_next(case.name)["given_away"] == [1]
	invoice_of(order.reload())
	assert api.what_next(case.name)["given_away"] == []


@pytest.mark.parametrize(
	"remedy, code",
	[("Refund", "all_is_invoiced"), ("Nothing", "may_be_invoiced"), ("Replace", "has_not_left")],
)
def test_what_came_back_is_not_said_to_have_not_left_yet(place, remedy, code):
	make_billing_policy("On Dispatch", company=make.company().name)
	order, note = world.delivered(make.line(make.stocked(3, place), qty=3), warehouse=place)
	world.returned(note, 1, remedy=remedy)
	make_sales_invoice(note.name).insert().submit()
	assert judge.judge_orders([order.name])[order.name].answer.code == code
