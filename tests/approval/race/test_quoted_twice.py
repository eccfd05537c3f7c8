"""Two orders made from one Quotation are submitted at the same moment: what was quoted is sold once."""

import pytest

import frappe

from sales_wh_flow.approval import decide, subject
from sales_wh_flow.approval import quotation as flow
from tests import factories as make
from tests.approval.site.test_quotations import cheap, order_from, quotation
from tests.racing.harness import approval_call as do


@pytest.fixture(scope="module")
def people(switches):
	switches(approval=True, approval_of_quotations=flow.APPROVE_FIRST)
	made = make.make_user("Sales User"), make.make_user("Sales Manager", "Order Approver")
	frappe.db.commit()
	yield made
	switches(approval_of_quotations="Preview")


@pytest.fixture
def rule(people):
	name = make.make_rule(threshold=10, customer_group=make.make_customer_group()).name
	yield name
	frappe.db.set_value("Order Approval Rule", name, "enabled", 0)
	frappe.db.commit()


def approved(party, boss):
	quote = quotation(cheap(qty=10), party=party)
	(name,) = flow.ask_for_quotation(quote.name)
	with make.acting_as(boss):
		decide.grant(subject.subject_of_approval(name), name)
	return frappe.get_doc("Quotation", quote.name).submit()


def test_an_approved_quotation_covers_one_of_two_orders_that_take_it_whole(race, people, rule, round):
	seller, boss = people
	group = frappe.db.get_value("Order Approval Rule", rule, "customer_group")
	quote = approved(make.make_customer(group=group), boss)
	orders = [order_from(quote).name for _ in range(2)]
	frappe.db.commit()
	outcomes = race(*[do("submit", seller, order) for order in orders])
	frappe.db.rollback()
	done = frappe.get_all("Sales Order", {"name": ["in", orders], "docstatus": 1}, pluck="name")
	assert len(done) == 1, [outcome.text for outcome in outcomes]
	(refused,) = [outcome for outcome in outcomes if not outcome.is_done]
	assert "Approvals are missing" in refused.text
