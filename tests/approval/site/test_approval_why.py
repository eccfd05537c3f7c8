"""Why, or why not: what each rule says of an order, and the dry run from a rule's form."""

import pytest

import frappe

from sales_wh_flow.approval import api as approval_api
from sales_wh_flow.approval import gate
from sales_wh_flow.approval.desk import api as desk_api
from sales_wh_flow.approval.rules import criteria as of
from tests import factories as make


@pytest.fixture(autouse=True)
def approval_on(site, rolled_back, switches):
	switches(approval=True)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")


def test_each_rule_says_why_or_why_not():
	hit = make.make_rule(of.DISCOUNT, 10)
	mild = make.make_rule(of.DISCOUNT, 60)
	other = make.make_rule(of.DISCOUNT, 10, customer=make.make_customer())
	shadow = make.make_rule(of.DISCOUNT, 20, is_shadow=1)
	broken = make.make_rule(of.OWN_CONDITION, condition="total > 1")
	broken.db_set("condition", "total > unknown")
	order = make.make_order(make.line(rate=50))
	gate.ask(order.name)
	found = {row["rule"]: row for row in desk_api.approval_reasons(order.name)}
	assert {name: (row["verdict"], row["state"]) for name, row in found.items()} == {
		hit.name: ("Hit", "Open"),
		mild.name: ("Not Hit", ""),
		other.name: ("Out of Scope", ""),
		shadow.name: ("Hit", ""),
		broken.name: ("Error", "Open"),
	}
	assert "50 %" in found[hit.name]["reason"] and "10 %" in found[hit.name]["reason"]
	assert "60 %" in found[mild.name]["reason"]
	assert other.customer in found[other.name]["reason"]
	assert "unknown" in found[broken.name]["reason"]
	assert found[shadow.name]["is_shadow"]


def test_a_rule_is_tried_on_an_order_without_leaving_a_trace():
	approver = make.make_user("Sales Manager", "Order Approver")
	rule = make.make_rule(of.DISCOUNT, 10, enabled=0)
	order = make.make_order(make.line(rate=50))
	answer = approval_api.try_rule(rule.name, order.name)
	assert (answer["verdict"], answer["measured"], answer["allowed"]) == ("Hit", "50 %", "10 %")
	assert frappe.utils.get_fullname(approver) in answer["who"]
	assert not frappe.db.exists("Order Approval", {"sales_order": order.name})


def test_a_submitted_order_can_be_asked_about():
	rule = make.make_rule(of.ORDER_VALUE, 10**6)
	order = make.make_order(submit=True)
	(row,) = desk_api.approval_reasons(order.name)
	assert (row["rule"], row["verdict"]) == (rule.name, "Not Hit")


def test_who_may_not_read_the_order_learns_nothing():
	rule, order = make.make_rule(), make.make_order()
	with make.acting_as(make.make_user("HR User")):
		with pytest.raises(frappe.PermissionError):
			desk_api.approval_reasons(order.name)
		with pytest.raises(frappe.PermissionError):
			approval_api.try_rule(rule.name, order.name)
		with pytest.raises(frappe.PermissionError):
			approval_api.approval_measures()


def test_the_form_is_told_what_can_be_measured():
	found = approval_api.approval_measures()
	assert list(found) == list(of.CRITERIA)
	assert found[of.CREDIT_EXPOSURE][0] == {
		"name": "Percent of Limit",
		"unit": "%",
		"comparisons": ["more than", "at least"],
	}
