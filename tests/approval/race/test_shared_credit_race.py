"""Two customers who share a credit limit order at the same moment: what fits alone may not fit together."""

import pytest

import frappe

from sales_wh_flow.approval.rules.needs import CREDIT_EXPOSURE
from tests import factories as make
from tests.racing import world
from tests.racing.harness import approval_call as do


@pytest.fixture(scope="module")
def seller(switches):
	switches(approval=True)
	name = make.make_user("Sales User")
	frappe.db.commit()
	yield name


@pytest.fixture
def groups(seller):
	"""Makes groups with a limit of 1,000, each under a rule of its own; committed."""
	rules = []

	def made(shares, parent=None):
		name = make.make_customer_group(parent)
		doc = frappe.get_doc("Customer Group", name)
		doc.swf_shares_credit_limit = shares
		doc.append("credit_limits", {"company": make.company().name, "credit_limit": 1000})
		doc.save()
		rules.append(make.make_rule(CREDIT_EXPOSURE, 100, customer_group=name).name)
		return name

	yield made
	for rule in rules:
		frappe.db.set_value("Order Approval Rule", rule, "enabled", 0)
	frappe.db.commit()


def order_of(group, seller, total):
	customer = make.make_customer(group=group, credit_limit=100000)
	frappe.set_user(seller)
	order = make.make_order(make.line(rate=total), customer=customer, warehouse=world.warehouse())
	frappe.set_user("Administrator")
	return order.name


def submitted(orders):
	frappe.db.rollback()
	return frappe.get_all("Sales Order", {"name": ["in", orders], "docstatus": 1}, pluck="name")


def test_of_two_customers_with_one_limit_one_gets_the_rest_of_it(race, groups, seller, round):
	group = groups(shares=1)
	orders = [order_of(group, seller, 900) for _ in range(2)]
	frappe.db.commit()
	outcomes = race(*[do("submit", seller, order) for order in orders])
	assert len(submitted(orders)) == 1, [outcome.text for outcome in outcomes]
	(refused,) = [outcome for outcome in outcomes if not outcome.is_done]
	assert "Approvals are missing" in refused.text


def test_two_customers_who_share_nothing_both_get_what_fits(race, groups, seller, round):
	group = groups(shares=0)
	orders = [order_of(group, seller, 900) for _ in range(2)]
	frappe.db.commit()
	race(*[do("submit", seller, order) for order in orders])
	assert sorted(submitted(orders)) == sorted(orders)


def test_customers_of_two_branches_wait_for_the_same_turn(race, groups, seller, round):
	holding = groups(shares=1)
	frappe.db.set_value("Customer Group", holding, "is_group", 1)
	branches = [make.make_customer_group(holding) for _ in range(2)]
	orders = [order_of(branch, seller, 400) for branch in (*branches, *branches)]
	frappe.db.commit()
	outcomes = race(*[do("submit", seller, order) for order in orders])
	assert len(submitted(orders)) == 2, [outcome.text for outcome in outcomes]
