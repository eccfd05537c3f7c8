"""What came back and is to be paid is billed by the order, and stands on no note: it is billed once."""

import pytest

import frappe
from frappe.utils import add_days, getdate, nowdate

from sales_wh_flow.billing import draft, judge
from sales_wh_flow.billing.store import due
from sales_wh_flow.dispatch import deliver
from tests import factories as make
from tests.billing.billing_world import drafts_of, make_billing_policy, ship
from tests.returns import returns_world as world
from tests.stock_documents import supplier, supplier_delivers


@pytest.fixture(autouse=True)
def flow_is_on(switches, in_this_transaction):
	switches(stock_lock=True, fulfilment=True, returns=True, billing="On", return_documents="Submitted")
	world.name_places()


def run(order, today=None):
	"""The drafts that the job makes of the order."""
	ready = [it for it in due.ready_orders() if it.order == order.name]
	wanted = draft.wanted_invoices(ready, judge.judge_orders([order.name], True), getdate(today))
	return [name for it in wanted if (name := draft.draft_invoice(it))]


def submitted(names):
	for name in names:
		frappe.get_doc("Sales Invoice", name).submit()


def shipped_last_month(place):
	"""An order of ten, of which six left last month, all came back, and nothing is refunded."""
	order = make.make_order(make.line(make.stocked(10, place), qty=10), warehouse=place, submit=True)
	note = ship(order, 6)
	world.returned(note, 6, remedy="Nothing")
	frappe.db.set_value("Delivery Note", note.name, "posting_date", add_days(nowdate(), -31))
	return order


def test_goods_of_this_month_wait_for_its_end_though_what_came_back_is_billed_by_the_order(place):
	make_billing_policy(
		"On Dispatch", company=make.company().name, invoice_per="Customer and Period", period="Month"
	)
	order = shipped_last_month(place)
	drafts = run(order)
	assert drafts_of(order) == [(*drafts, 6, False)]
	submitted(drafts)
	ship(order.reload(), 4)
	assert run(order) == []
	(name,) = run(order, today=add_days(nowdate(), 40))
	assert drafts_of(order) == [(name, 4, True)]


def test_a_note_that_came_back_gets_no_second_invoice_with_the_goods_of_another(place):
	make_billing_policy("On Dispatch", company=make.company().name, invoice_per="Delivery Note")
	order = shipped_last_month(place)
	submitted(run(order))
	second = ship(order.reload(), 4)
	run(order)
	((name, qty, _by_note),) = drafts_of(order)
	assert (qty, frappe.get_doc("Sales Invoice", name).items[0].delivery_note) == (4, second.name)


@pytest.mark.parametrize("moment", ["On Dispatch", "On Proof"])
def test_what_a_supplier_sent_to_the_customer_is_drafted_though_no_note_says_so(place, moment):
	make_billing_policy(moment, company=make.company().name)
	row = make.line(make.make_item(delivered_by_supplier=1), qty=3)
	sent = {**row, "delivered_by_supplier": 1, "supplier": supplier()}
	order = make.make_order(make.line(make.stocked(4, place), qty=4), sent, warehouse=place, submit=True)
	supplier_delivers(order, order.items[1])
	(name,) = run(order)
	assert drafts_of(order) == [(name, 3, False)]
	deliver.confirm_delivery(ship(order))
	(other,) = run(order)
	assert drafts_of(order) == sorted([(name, 3, False), (other, 4, True)])
