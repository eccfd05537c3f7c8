"""An approval shows, checks and keeps what is true when it is decided."""

import pytest

import frappe

from sales_wh_flow.approval import api, decide, gate, subject
from sales_wh_flow.approval.refusals import FiguresChanged
from sales_wh_flow.base.said import worded
from tests import factories as make


@pytest.fixture(autouse=True)
def approval_on(site, rolled_back, switches):
	switches(approval=True)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")


def user(*roles):
	return make.make_user(*roles)


def rule(criterion, threshold, who, **values):
	return make.make_rule(
		criterion, threshold, approvers=[{"level": 1, "kind": "User", "user": who}], **values
	)


def request_of(order, rule):
	return frappe.get_doc("Order Approval", {"sales_order": order.name, "rule": rule.name})


def test_nobody_approves_an_exposure_that_grew_after_it_was_shown():
	boss = user("Accounts User")
	buyer = make.make_customer(credit_limit=1000, bypass=1)
	limit = rule("Credit Exposure", 100, boss, measure="Percent of Limit")
	order = make.make_order(make.line(qty=11, rate=100), customer=buyer)
	gate.ask(order.name)
	limit.db_set("enabled", 0)
	make.make_order(make.line(qty=500, rate=100), customer=buyer).submit()
	limit.db_set("enabled", 1)
	asked = request_of(order, limit)
	assert asked.measured == 1100
	with make.acting_as(boss), pytest.raises(FiguresChanged, match="51,100"):
		decide.grant(order.name, asked.name)
	gate.refresh_figures(subject.subject_of_order(order))
	with make.acting_as(boss):
		decide.grant(order.name, asked.name)
	kept = request_of(order, limit)
	assert (kept.state, kept.measured) == ("Approved", 51100)
	assert "51,100" in worded(kept.reason)


def test_the_call_that_is_refused_shows_the_new_figures(in_this_transaction, monkeypatch):
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	boss = user("Accounts User")
	buyer = make.make_customer(credit_limit=1000)
	limit = rule("Credit Exposure", 100, boss, measure="Percent of Limit")
	order = make.make_order(make.line(qty=11, rate=100), customer=buyer)
	gate.ask(order.name)
	limit.db_set("enabled", 0)
	make.make_order(make.line(qty=5, rate=100), customer=buyer).submit()
	limit.db_set("enabled", 1)
	with make.acting_as(boss), pytest.raises(FiguresChanged):
		api.approve(request_of(order, limit).name)
	assert request_of(order, limit).measured == 1600


def test_figures_that_got_better_are_kept_as_they_are_at_the_decision():
	boss = user("Accounts User")
	buyer = make.make_customer(credit_limit=1000)
	limit = rule("Credit Exposure", 100, boss, measure="Percent of Limit")
	limit.db_set("enabled", 0)
	other = make.make_order(make.line(qty=5, rate=100), customer=buyer)
	other.submit()
	limit.db_set("enabled", 1)
	order = make.make_order(make.line(qty=11, rate=100), customer=buyer)
	gate.ask(order.name)
	other.cancel()
	with make.acting_as(boss):
		assert decide.grant(order.name, request_of(order, limit).name).state == "Approved"
	assert request_of(order, limit).measured == 1100


def test_a_signature_never_answers_what_became_owed_after_it():
	boss, planner = user("Accounts User"), user("Accounts Manager")
	buyer = make.make_customer(credit_limit=10000)
	discount = rule("Discount", 9, boss)
	date = rule("Delivery Date", 30, planner)
	limit = rule("Credit Exposure", 100, boss, measure="Percent of Limit")
	order = make.make_order(make.line(qty=10, rate=80, price_list_rate=100), customer=buyer)
	gate.ask(order.name)
	with make.acting_as(boss):
		decide.grant(order.name, request_of(order, discount).name)
	date.db_set("enabled", 0)
	make.make_order(make.line(qty=99, rate=100), customer=buyer).submit()
	date.db_set("enabled", 1)
	with make.acting_as(planner):
		assert not decide.grant(order.name, request_of(order, date).name).is_submitted
	gate.ask(order.name)
	assert request_of(order, limit).state == "Open"
	assert frappe.db.get_value("Sales Order", order.name, "docstatus") == 0


def test_one_signature_answers_two_rules_that_were_asked_together():
	boss = user("Accounts User")
	discount, below = rule("Discount", 9, boss), rule("Order Value", 500, boss)
	order = make.make_order(make.line(qty=10, rate=80, price_list_rate=100))
	gate.ask(order.name)
	with make.acting_as(boss):
		decide.grant(order.name, request_of(order, discount).name)
	assert request_of(order, below).state == "Approved"


def test_deciding_measures_anew_with_at_most_fifteen_statements_more():
	boss = user("Accounts User")
	buyer = make.make_customer(credit_limit=1000)
	limit = rule("Credit Exposure", 100, boss, measure="Percent of Limit")
	order = make.make_order(make.line(qty=11, rate=100), customer=buyer)
	gate.ask(order.name)
	with make.acting_as(boss):
		case = decide.hold_approval(order.name, request_of(order, limit).name)
		with make.counted_statements() as statements:
			decide.keep_figures_of_this_moment(case)
	assert len(statements) <= 15
