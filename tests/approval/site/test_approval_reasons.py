"""Why and why not: what each rule says of an order, to whom."""

import pytest

import frappe

from sales_wh_flow.approval import api as approval_api
from sales_wh_flow.approval import gate
from sales_wh_flow.approval.desk import api as desk_api
from tests import factories as make


@pytest.fixture(autouse=True)
def approval_on(site, rolled_back, switches):
	switches(approval=True)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")


def told(order):
	return {row["rule"]: row for row in desk_api.approval_reasons(order.name)}


def test_every_enabled_rule_is_told_with_its_verdict_in_words():
	hit, quiet = make.make_rule(threshold=10), make.make_rule(threshold=50)
	elsewhere = make.make_rule(threshold=10, customer_group=make.make_customer_group())
	make.make_rule(threshold=10, enabled=0)
	order = make.make_order(make.line(rate=80))
	found = told(order)
	verdicts = {rule: (row["verdict"], row["state"]) for rule, row in found.items()}
	assert verdicts == {
		hit.name: ("Hit", "Not Asked"),
		quiet.name: ("Not Hit", ""),
		elsewhere.name: ("Out of Scope", ""),
	}
	assert found[hit.name]["reason"].startswith("Discount of 20 %")
	assert found[quiet.name]["reason"] and found[elsewhere.name]["reason"]
	assert found[quiet.name]["explanation"] == quiet.explanation
	gate.ask(order.name)
	assert told(order)[hit.name]["state"] == "Open"


def test_a_rule_speaks_the_language_of_who_asks_not_of_who_saved_it(monkeypatch):
	rule = make.make_rule(threshold=10)
	order = make.make_order()
	monkeypatch.setattr(frappe.local, "lang", "de")
	assert "Alle Aufträge" in told(order)[rule.name]["explanation"]


def test_a_rule_on_trial_is_told_as_one_and_its_hit_is_shown_on_the_order():
	rule = make.make_rule(threshold=10, is_shadow=1)
	order = make.make_order(make.line(rate=80))
	row = told(order)[rule.name]
	assert (row["verdict"], row["is_shadow"], row["state"]) == ("Hit", True, "")
	order.submit()
	(shadow,) = approval_api.approvals_of(order.name)["shadows"]
	assert shadow["rule"] == rule.name
	assert shadow["reason"].startswith("Discount of 20 %")


def test_who_may_not_read_the_order_is_told_nothing():
	make.make_rule(threshold=10)
	order = make.make_order(make.line(rate=80))
	with make.acting_as(make.make_user("HR User")), pytest.raises(frappe.PermissionError):
		desk_api.approval_reasons(order.name)


def test_the_statements_do_not_grow_with_rules_or_lines():
	counts = []
	for more in (1, 6):
		for _ in range(more):
			make.make_rule(threshold=10)
		order = make.make_order(*(make.line(rate=80) for _ in range(more)))
		desk_api.approval_reasons(order.name)
		with make.counted_statements() as statements:
			desk_api.approval_reasons(order.name)
		counts.append(len(statements))
	assert counts[0] == counts[1]


def test_an_approver_who_may_not_write_the_order_is_not_told_so_in_a_message():
	make.make_rule(threshold=10)
	order = make.make_order(make.line(rate=80))
	with make.acting_as(make.make_user("Accounts User", "Order Approver")):
		frappe.local.message_log = []
		assert approval_api.approvals_of(order.name)["may_ask"] is False
		assert frappe.local.message_log == []
