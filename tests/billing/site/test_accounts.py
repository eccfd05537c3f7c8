"""An order in another currency is invoiced on an account that takes it, or says which one does not."""

import pytest

import frappe
from frappe.utils import add_to_date, now_datetime

from sales_wh_flow.base import said
from sales_wh_flow.billing import api, draft, jobs
from sales_wh_flow.stock_lock import expire
from tests.billing.billing_world import (
	confirm,
	drafts_of,
	invoice_of,
	make_billing_policy,
	money,
	pay,
	ship,
	shipped_order,
)
from tests.factories import acting_as, company, make_user, unique

SINGLE = "allow_multi_currency_invoices_against_single_party_account"


@pytest.fixture(autouse=True)
def billing_is_on(switches, in_this_transaction):
	switches(billing="On", stock_lock=True)
	frappe.db.sql("update `tabBilling Policy` set enabled = 0")
	make_billing_policy("On Order")
	frappe.db.set_single_value("Accounts Settings", SINGLE, 0)


@pytest.fixture
def foreign_order():
	"""In a currency that is not the company's, of a customer who owes nothing yet."""
	other = "EUR" if company().currency != "EUR" else "USD"
	return shipped_order(currency=other, conversion_rate=1.25)


@pytest.fixture
def logged(monkeypatch):
	found = []
	monkeypatch.setattr("sales_wh_flow.base.retry_each.log_failure", found.append)
	return found


def owed_on(order):
	return frappe.get_doc(
		"Account", frappe.db.get_value("Company", order.company, "default_receivable_account")
	)


def panel(order):
	return api.money_of(order.name)


def test_an_order_in_small_money_is_completed_when_its_invoice_is_paid():
	"""What its customer owes is kept in the company's currency."""
	frappe.db.set_single_value("Accounts Settings", SINGLE, 1)
	other = "EUR" if company().currency != "EUR" else "USD"
	order = shipped_order(currency=other, conversion_rate=0.001)
	confirm(ship(order))

	bill = invoice_of(order)
	assert frappe.db.get_value("Sales Order", order.name, "swf_flow_status") == "Delivered"

	pay(bill)
	assert frappe.db.get_value("Sales Order", order.name, "swf_flow_status") == "Completed"


def test_an_unpaid_invoice_in_another_currency_keeps_no_lock():
	"""Its customer owes in the company's currency, in which it is a smaller figure."""
	frappe.db.set_single_value("Accounts Settings", SINGLE, 1)
	frappe.db.sql("update `tabStock Lock Policy` set enabled = 0")
	policy = {"doctype": "Stock Lock Policy", "title": unique("Lock"), "company": "", "customer_group": ""}
	frappe.get_doc({**policy, "unpaid_after": 1}).insert()
	other = "EUR" if company().currency != "EUR" else "USD"
	unpaid, paid = (shipped_order(currency=other, conversion_rate=0.8) for _ in range(2))
	invoice_of(unpaid)
	pay(invoice_of(paid), 1)
	later = add_to_date(now_datetime(), days=1)

	assert expire.expire_order(unpaid.name, later).freed_stock == 4
	assert expire.expire_order(paid.name, later).freed_stock == 0


@pytest.mark.parametrize("hidden", [{"permlevel": 7}, {"mask": 1}], ids=["by its level", "masked"])
def test_it_keeps_the_total_from_whom_the_order_keeps_it(foreign_order, hidden):
	with acting_as(make_user("Sales User")):
		field = frappe.get_meta("Sales Order").get_field("base_grand_total")
		assert panel(foreign_order)["figures"]["ordered"]
		field.update(hidden)
		try:
			assert set(panel(foreign_order)["figures"].values()) == {None}
		finally:
			field.update(dict.fromkeys(hidden, 0))


def test_it_says_which_account_takes_no_invoice_before_somebody_presses(foreign_order):
	found = panel(foreign_order)
	assert not found["may_draft"]
	named = f"receivable account in {foreign_order.currency}"
	for part in (foreign_order.name, owed_on(foreign_order).name, named, "Accounts Settings"):
		assert part in found["may"]["text"]
	with pytest.raises(frappe.ValidationError, match="ERPNext takes no invoice of it there"):
		api.draft_invoice(foreign_order.name)


def test_the_job_says_so_on_the_orders_money_and_drafts_once_the_setting_allows_it(foreign_order, logged):
	jobs.draft_invoices()
	assert (drafts_of(foreign_order), logged) == ([], [])
	assert "ERPNext takes no invoice" in said.worded(money(foreign_order).not_drafted)
	frappe.db.set_single_value("Accounts Settings", SINGLE, 1)
	assert (panel(foreign_order)["may_draft"], "ERPNext" in panel(foreign_order)["may"]["text"]) == (
		True,
		False,
	)
	jobs.draft_invoices()
	assert len(drafts_of(foreign_order)) == 1
	assert money(foreign_order).not_drafted is None


def test_an_account_in_its_currency_that_the_customers_group_names_is_taken(foreign_order):
	order, own = foreign_order, owed_on(foreign_order)
	values = {"account_name": unique("Debtors"), "account_currency": order.currency}
	fitting = frappe.copy_doc(own).update(values).insert()
	group = frappe.db.get_value("Customer", order.customer, "customer_group")
	for kind, name, account in (("Customer", order.customer, own), ("Customer Group", group, fitting)):
		party = frappe.get_doc(kind, name)
		party.set("accounts", [{"company": order.company, "account": account.name}])
		party.save()
	drafted = frappe.get_doc("Sales Invoice", api.draft_invoice(order.name))
	assert (drafted.debit_to, drafted.party_account_currency) == (fitting.name, order.currency)


def test_what_erpnext_refuses_to_the_job_stands_on_the_orders_money(logged, monkeypatch):
	order = shipped_order()

	def refused(wanted, check=None):
		raise frappe.ValidationError("Row #1: <b>Income Account</b> is missing<br>See the item")

	monkeypatch.setattr(draft, "draft_invoice", refused)
	jobs.draft_invoices()
	told = "It could not be drafted: Row #1: Income Account is missing"
	assert logged and said.worded(money(order).not_drafted) == told
	assert told in panel(order)["may"]["text"]
