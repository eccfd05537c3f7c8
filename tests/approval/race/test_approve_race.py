"""People decide about the same order at the same moment: one decision counts, everybody else is told."""

from dataclasses import dataclass

import pytest

import frappe

from sales_wh_flow.approval import gate
from sales_wh_flow.approval.rules import needs as rules
from sales_wh_flow.approval.store import order_facts
from sales_wh_flow.base.said import worded
from tests import factories as make
from tests.racing import world
from tests.racing.harness import approval_call as do


@dataclass(frozen=True)
class People:
	author: str
	first: str
	second: str
	group: str


@pytest.fixture(scope="module")
def people(switches):
	"""An author, two approvers, and a customer group with a discount rule of its own."""
	switches(approval=True)
	group = make.make_customer_group()
	with world.approval_rule(threshold=10, customer_group=group):
		approvers = [make.make_user("Sales Manager", "Order Approver") for _ in range(2)]
		made = People(make.make_user("Sales User"), *approvers, group)
		frappe.db.commit()
		yield made


def draft(people, customer=None, rate=80.0):
	customer = customer or make.make_customer(group=people.group)
	frappe.set_user(people.author)
	order = make.make_order(make.line(rate=rate), customer=customer, warehouse=world.warehouse())
	frappe.set_user("Administrator")
	frappe.db.commit()
	return order.name


def asked(people, **values):
	"""(order, its open approvals)"""
	order = draft(people, **values)
	frappe.set_user(people.author)
	names = gate.ask(order)
	frappe.set_user("Administrator")
	frappe.db.commit()
	return order, names


def look(order):
	"""(docstatus, flow status, states of its approvals) as committed."""
	frappe.db.rollback()
	docstatus, status = frappe.db.get_value("Sales Order", order, ["docstatus", "swf_flow_status"])
	rows = frappe.get_all("Order Approval", {"sales_order": order}, pluck="state", order_by="name asc")
	return docstatus, status, rows


def one_winner(outcomes):
	"""The outcome that was done; the others were refused in words."""
	done = [outcome for outcome in outcomes if outcome.is_done]
	assert len(done) == 1, [outcome.text for outcome in outcomes]
	for outcome in outcomes:
		if not outcome.is_done:
			assert outcome.error == "ValidationError" and "already" in outcome.text, outcome.text
	return done[0]


def test_approve_pressed_by_two_at_once_is_one_decision(race, people, round):
	order, (name,) = asked(people)
	outcomes = race(do("approve", people.first, order, name), do("approve", people.second, order, name))
	assert one_winner(outcomes).result["submitted"]
	assert look(order)[0] == 1
	assert look(order)[2] == ["Approved"]


def test_approve_pressed_twice_by_the_same_user_is_one_decision(race, people, round):
	order, (name,) = asked(people)
	one_winner(race(*[do("approve", people.first, order, name)] * 2))
	comments = [
		worded(it)
		for it in frappe.get_all(
			"Comment", {"reference_name": order, "comment_type": "Info"}, pluck="content"
		)
	]
	assert len([text for text in comments if text.startswith("approved")]) == 1


def test_approve_against_refuse_is_one_decision(race, people, round):
	order, (name,) = asked(people)
	outcomes = race(do("approve", people.first, order, name), do("refuse", people.second, order, name))
	winner = one_winner(outcomes)
	if winner.result["state"] == "Approved":
		assert look(order)[0] == 1
	else:
		assert look(order) == (0, "Rejected", ["Rejected"])


@pytest.fixture
def second_rule(people):
	"""Another rule of the same customers, decided by people of its own."""
	boss = make.make_user("Sales Manager")
	asked = [{"level": 1, "kind": "User", "user": boss}]
	with world.approval_rule(threshold=15, customer_group=people.group, approvers=asked) as rule:
		yield rule, boss


def test_two_approvals_given_at_once_submit_the_order_once(race, people, second_rule, round):
	rule, boss = second_rule
	order, names = asked(people)
	is_second = {name: frappe.db.get_value("Order Approval", name, "rule") == rule.name for name in names}
	outcomes = race(
		*(do("approve", boss if is_second[name] else people.first, order, name) for name in names)
	)
	world.all_done(outcomes)
	assert sorted(outcome.result["submitted"] for outcome in outcomes) == [False, True]
	assert look(order)[0] == 1
	assert look(order)[2] == ["Approved", "Approved"]


def test_asking_twice_at_once_asks_once(race, people, round):
	order = draft(people)
	outcomes = race(do("ask", people.author, order), do("ask", people.first, order))
	world.all_done(outcomes)
	assert sorted(len(outcome.result) for outcome in outcomes) == [0, 1]
	assert look(order)[2] == ["Open"]


def test_four_users_ask_about_new_orders_at_once(race, people, round):
	drafts = [draft(people) for _ in range(4)]
	world.all_done(race(*(do("ask", people.author, order) for order in drafts)))
	assert [look(order)[2] for order in drafts] == [["Open"]] * 4


def test_a_change_against_an_approval_never_submits_what_nobody_saw(race, people, round):
	order, (name,) = asked(people)
	outcomes = race(do("approve", people.first, order, name), do("change_rate", people.author, order, 50))
	assert any(outcome.is_done for outcome in outcomes), [outcome.text for outcome in outcomes]
	docstatus, _status, _states = look(order)
	doc = frappe.get_doc("Sales Order", order)
	approved = frappe.get_all(
		"Order Approval", {"sales_order": order, "state": "Approved"}, pluck="fingerprint"
	)
	if docstatus == 1:
		assert rules.fingerprint(order_facts.facts_of_document(doc)) in approved
	else:
		assert approved == []


def test_two_orders_that_fit_the_limit_alone_but_not_together(race, people, round):
	group = make.make_customer_group()
	with world.approval_rule(rules.CREDIT_EXPOSURE, 100, customer_group=group):
		customer = make.make_customer(credit_limit=150, group=group)
		drafts = [draft(people, customer=customer, rate=100) for _ in range(3)]
		outcomes = race(*(do("submit", people.author, order) for order in drafts))
	assert sorted(look(order)[0] for order in drafts) == [0, 0, 1], [outcome.text for outcome in outcomes]
	assert sorted(str(outcome.error) for outcome in outcomes) == [
		"ApprovalRequired",
		"ApprovalRequired",
		"None",
	]
