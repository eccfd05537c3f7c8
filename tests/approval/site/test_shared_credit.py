"""A credit limit of a group: for each of its customers, or for all of them together."""

import pytest

import frappe

from erpnext.selling.doctype.customer.customer import get_customer_outstanding

from sales_wh_flow.approval.refusals import ApprovalRequired
from sales_wh_flow.approval.rules.needs import CREDIT_EXPOSURE
from sales_wh_flow.approval.store import credit, shared_credit
from tests import factories as make
from tests.approval.site.test_criteria import approval_on, make_invoice, measured
from tests.approval.site.test_measured_against_masters import reason_of

__all__ = ["approval_on"]


def group(limit=0, shares=0, parent=None):
	name = make.make_customer_group(parent)
	doc = frappe.get_doc("Customer Group", name)
	doc.swf_shares_credit_limit = shares
	if limit:
		doc.append("credit_limits", {"company": make.company().name, "credit_limit": limit})
	doc.save()
	return name


def parent_group(**values):
	name = group(**values)
	frappe.db.set_value("Customer Group", name, "is_group", 1)
	return name


def buyer(group_name, **values):
	customer = make.make_customer(**values)
	frappe.db.set_value("Customer", customer, "customer_group", group_name)
	frappe.clear_document_cache("Customer", customer)
	return customer


def order_of(customer, total):
	return make.make_order(make.line(rate=total, price_list_rate=total), customer=customer)


def test_the_limit_of_a_parent_group_is_the_customers_limit():
	holding = parent_group(limit=1000)
	order = order_of(buyer(group(parent=holding)), 5000)
	make.make_rule(CREDIT_EXPOSURE, 100)
	with pytest.raises(ApprovalRequired, match="limit"):
		order.submit()


def test_the_nearest_limit_counts():
	branch = group(limit=6000, parent=parent_group(limit=1000))
	assert measured(order_of(buyer(branch), 5000), CREDIT_EXPOSURE, 100) is None
	assert measured(order_of(buyer(branch, credit_limit=2000), 5000), CREDIT_EXPOSURE, 100) == 5000


@pytest.mark.parametrize("shares", [0, 1])
def test_customers_share_a_limit_only_if_their_group_says_so(shares):
	name = group(limit=1000, shares=shares)
	make.make_rule(CREDIT_EXPOSURE, 100)
	order_of(buyer(name), 900).submit()
	second = order_of(buyer(name), 900)
	if not shares:
		second.submit()
		return
	with pytest.raises(ApprovalRequired, match=f"shared by the customers of {name}"):
		second.submit()


def test_customers_of_the_groups_below_share_it_too():
	holding = parent_group(limit=1000, shares=1)
	order_of(buyer(group(parent=holding)), 900).submit()
	assert measured(order_of(buyer(group(parent=holding)), 900), CREDIT_EXPOSURE, 100) == 1800
	assert measured(order_of(buyer(group()), 900), CREDIT_EXPOSURE, 100) is None


def test_a_customers_own_limit_counts_beside_the_shared_one():
	name = group(limit=100000, shares=1)
	order = order_of(buyer(name, credit_limit=500), 900)
	assert measured(order, CREDIT_EXPOSURE, 100) == 900
	assert "shared" not in reason_of(order, CREDIT_EXPOSURE, 100)


def test_a_group_owes_what_its_customers_owe_each():
	name = group(limit=1000, shares=1)
	first, second = buyer(name), buyer(name)
	make_invoice(first, 300, due_days_ago=3, paid=100)
	order_of(second, 400).submit()
	make_invoice(second, 50, due_days_ago=3)
	company = make.company().name
	each = [credit.read_credit(customer, company).outstanding_base for customer in (first, second)]
	assert each == [get_customer_outstanding(customer, company) for customer in (first, second)]
	assert shared_credit.owed_together(name, company)[0] == pytest.approx(sum(each)) == 650
	assert shared_credit.owed_together(group(), company) == (0, 0)


def test_goods_delivered_without_an_order_are_owed_as_erpnext_counts_them():
	name = group(limit=1000, shares=1)
	customer, company = buyer(name), make.company().name
	warehouse = make.make_warehouse()
	item = make.stocked(9, warehouse)
	note = frappe.get_doc(
		{
			"doctype": "Delivery Note",
			"customer": customer,
			"company": company,
			"currency": make.company().currency,
			"items": [{"item_code": item, "warehouse": warehouse, "qty": 3, "rate": 70}],
		}
	).insert()
	note.submit()
	assert (
		shared_credit.owed_together(name, company)[0]
		== credit.read_credit(customer, company).outstanding_base
		== get_customer_outstanding(customer, company)
		== 210
	)


def test_orders_of_the_group_that_wait_count_where_the_rule_says_so():
	from sales_wh_flow.approval import gate

	name = group(limit=1000, shares=1)
	rule = make.make_rule("Order Value", 700)
	waiting = order_of(buyer(name), 800)
	gate.ask(waiting.name)
	frappe.db.set_value("Order Approval Rule", rule.name, "enabled", 0)
	order = order_of(buyer(name), 300)
	assert measured(order, CREDIT_EXPOSURE, 100) is None
	assert measured(order, CREDIT_EXPOSURE, 100, count_pending=1) == 1100


def test_a_shared_limit_costs_one_statement_more_whatever_the_number_of_its_customers():
	def statements(shares, customers):
		name = group(limit=1000, shares=shares)
		buyers = [buyer(name) for _ in range(customers)]
		company = make.company().name
		with make.counted_statements() as seen:
			credit.read_credit(buyers[0], company, "")
		return len(seen)

	assert (statements(0, 1), statements(1, 1), statements(1, 5)) == (1, 2, 2)


def test_orders_are_told_one_by_one_only_where_what_is_committed_differs():
	customer, company = make.make_customer(), make.company().name

	def statements():
		with make.counted_statements() as seen:
			assert credit.submitted_meanwhile(customer, company) == (0.0, 0.0)
		return len(seen)

	assert statements() == 1
	frappe.db.set_value("Sales Order", order_of(customer, 300).name, "docstatus", 1)
	assert statements() == 2
