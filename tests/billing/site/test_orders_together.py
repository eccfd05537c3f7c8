"""Orders that share an invoice bear on it what each of them says; by whose policy, and when none is made."""

import pytest

import frappe
from frappe.utils import add_days, getdate, nowdate

from sales_wh_flow.billing import api, draft, judge
from sales_wh_flow.billing.store import due
from tests.billing.billing_world import make_billing_policy, money, shipped_order
from tests.factories import make_customer, make_customer_group


@pytest.fixture(autouse=True)
def billing_is_on(switches, in_this_transaction):
	switches(billing="On", stock_lock=True)
	frappe.db.sql("update `tabBilling Policy` set enabled = 0")
	make_billing_policy("On Dispatch", invoice_per="Customer and Period", period="Month")


def invoices(*orders):
	"""{the orders that share an invoice: its total}, as the job drafts when the period is over."""
	names = [order.name for order in orders]
	ready = [it for it in due.ready_orders() if it.order in names]
	wanted = draft.wanted_invoices(ready, judge.judge_orders(names, True), getdate(add_days(nowdate(), 40)))
	made = [frappe.get_doc("Sales Invoice", name) for it in wanted if (name := draft.draft_invoice(it))]
	return {frozenset(row.sales_order for row in it.items): it.grand_total for it in made}


def test_a_discount_of_one_order_is_taken_off_no_goods_of_another():
	customer = make_customer()
	plain, other = (shipped_order(qty=2, left=2, customer=customer) for _ in range(2))
	cheaper = shipped_order(qty=1, left=1, customer=customer, additional_discount_percentage=20)
	fixed = shipped_order(qty=3, left=3, customer=customer, discount_amount=30)
	assert invoices(plain, cheaper, fixed, other) == {
		frozenset({plain.name, other.name, fixed.name}): 670,
		frozenset({cheaper.name}): 80,
	}


def test_the_policy_of_the_customers_group_speaks_whatever_group_the_order_names():
	group = make_customer_group()
	make_billing_policy("On Order", customer_group=group)
	order = shipped_order(customer=make_customer(group=group), customer_group=make_customer_group())
	assert api.money_of(order.name)["may"]["moment"] == "On Order"
	assert invoices(order)


def test_a_closed_order_is_not_to_be_invoiced_until_it_is_opened_again():
	order = shipped_order(qty=3, left=2)
	for status, state, may in (("Closed", "Not Invoiced", 0), ("Draft", "To Invoice", 1)):
		frappe.get_doc("Sales Order", order.name).update_status(status)
		kept = money(order)
		assert (kept.state, kept.may_be_invoiced) == (state, may)
