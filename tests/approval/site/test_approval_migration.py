"""Rules and approvals of the first version go on counting after the update."""

from dataclasses import replace

import pytest

import frappe

from sales_wh_flow.approval import gate
from sales_wh_flow.approval.rules.still_covers import fingerprint
from sales_wh_flow.approval.store import order_facts
from sales_wh_flow.patches.v0_2 import approval_facts as patch
from tests import factories as make


@pytest.fixture(autouse=True)
def approval_on(site, rolled_back, switches):
	switches(approval=True)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")


def of_first_version(state):
	"""(order, approval) as the first version left them."""
	rule = make.make_rule()
	order = make.make_order(make.line(rate=50))
	(name,) = gate.ask(order.name)
	facts = order_facts.facts_of_document(frappe.get_doc("Sales Order", order.name))
	old = fingerprint(replace(facts, due=None, notes=()))
	frappe.db.set_value(
		"Order Approval", name, {"fingerprint": old, "facts": "", "identity": "", "state": state}
	)
	frappe.db.set_value("Order Approval Rule", rule.name, {"measure": "", "comparison": "", "version": 0})
	return order, name


def test_an_approval_that_was_given_still_counts():
	order, name = of_first_version("Approved")
	patch.execute()
	frappe.get_doc("Sales Order", order.name).submit()
	assert frappe.db.get_value("Order Approval", name, "state") == "Approved"


def test_the_update_may_run_twice():
	_order, name = of_first_version("Approved")
	patch.execute()
	after = frappe.db.get_value("Order Approval", name, "fingerprint")
	patch.execute()
	assert frappe.db.get_value("Order Approval", name, "fingerprint") == after


def test_what_was_left_open_on_a_submitted_order_does_not_hold_it():
	order, name = of_first_version("Open")
	frappe.db.set_value("Sales Order", order.name, "docstatus", 1)
	patch.execute()
	assert frappe.db.get_value("Order Approval", name, "state") == "Superseded"


def test_rules_name_their_measure():
	of_first_version("Open")
	patch.execute()
	rule = frappe.get_last_doc("Order Approval Rule")
	assert (rule.measure, rule.comparison, rule.version) == ("Line or Whole Order", "more than", 1)
