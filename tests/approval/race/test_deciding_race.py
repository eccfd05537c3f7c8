"""Votes, conditions and due times at the same moment: each counts once, and nothing is lost."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlparse

import pytest

import frappe

from sales_wh_flow.approval import decide, gate, mail, under_condition
from tests import factories as make
from tests.racing import world
from tests.racing.harness import approval_call as do


@dataclass(frozen=True)
class People:
	author: str
	voters: tuple[str, ...]
	boss: str
	group: str
	rule: str


@pytest.fixture(scope="module")
def people(switches):
	"""Three voters of whom two are needed, within 8 hours, then a boss on the next level."""
	switches(approval=True)
	group = make.make_customer_group()
	voters = tuple(make.make_user("Accounts User") for _ in range(3))
	boss = make.make_user("Sales Manager")
	rows = [{"level": 1, "kind": "User", "user": user} for user in voters]
	with world.approval_rule(
		threshold=10,
		customer_group=group,
		approvers=[*rows, {"level": 2, "kind": "User", "user": boss}],
		levels=[{"level": 1, "approvals_needed": 2, "due_hours": 8, "when_due": "Ask the Next Level"}],
	) as rule:
		made = People(make.make_user("Sales User"), voters, boss, group, rule.name)
		frappe.db.commit()
		yield made


def asked(people):
	"""(order, its open approval), committed."""
	customer = make.make_customer(group=people.group)
	frappe.set_user(people.author)
	order = make.make_order(make.line(rate=80), customer=customer, warehouse=world.warehouse())
	(name,) = gate.ask(order.name)
	frappe.set_user("Administrator")
	frappe.db.commit()
	return order.name, name


def look(order, name):
	"""(docstatus of the order, state, level, what was said) as committed."""
	frappe.db.rollback()
	request = frappe.get_doc("Order Approval", name)
	said = [(row.level, row.action, row.user) for row in request.decisions if row.action != "Asked"]
	return frappe.db.get_value("Sales Order", order, "docstatus"), request.state, request.level, said


def test_the_last_votes_given_at_once_are_counted_once_each(race, people, round):
	order, name = asked(people)
	outcomes = race(*(do("approve", user, order, name) for user in people.voters))
	done = [outcome for outcome in outcomes if outcome.is_done]
	docstatus, state, level, said = look(order, name)
	assert len(done) == 2, [outcome.text for outcome in outcomes]  # the third comes too late
	assert (docstatus, state, level) == (0, "Open", 2)
	assert len(said) == len({user for _level, _action, user in said}) == 2
	assert sorted(outcome.result["given"] for outcome in done) == [0, 1]  # 1 of 2, then level 2 begins


def test_links_pressed_twice_and_by_two_at_once_count_once_each(race, people, round):
	order, name = asked(people)
	request = frappe.get_doc("Order Approval", name)
	first, second = (
		(user, parse_qs(urlparse(mail.link_for(request, user)).query)["token"][0])
		for user in people.voters[:2]
	)
	outcomes = race(*(do("decide_by_link", user, order, token) for user, token in (first, first, second)))
	assert [outcome.is_done for outcome in outcomes].count(True) == 2, [one.text for one in outcomes]
	_docstatus, state, level, said = look(order, name)
	assert (state, level) == ("Open", 2)
	assert {user for _level, _action, user in said} == set(people.voters[:2]) and len(said) == 2


def test_a_vote_against_a_refusal_ends_in_the_refusal(race, people, round):
	order, name = asked(people)
	first, second, _third = people.voters
	outcomes = race(do("approve", first, order, name), do("refuse", second, order, name))
	assert outcomes[1].is_done, outcomes[1].text
	docstatus, state, _level, said = look(order, name)
	assert (docstatus, state) == (0, "Rejected")
	assert [action for _level, action, _user in said if action == "Refused"] == ["Refused"]
	assert outcomes[0].is_done == ("Approved" in [action for _level, action, _user in said])


def test_accepting_a_condition_against_an_edit_changes_the_order_once(race, people, round):
	order, name = asked(people)
	frappe.set_user(people.voters[0])
	under_condition.offer(order, name, "Smaller Discount", 15, None)
	frappe.set_user("Administrator")
	frappe.db.commit()
	outcomes = race(do("accept", people.author, order, name), do("change_rate", people.author, order, 50))
	assert [outcome.is_done for outcome in outcomes].count(True) == 1, [one.text for one in outcomes]
	_docstatus, state, _level, said = look(order, name)
	rate = frappe.db.get_value("Sales Order Item", {"parent": order}, "rate")
	if outcomes[0].is_done:
		assert (rate, state) == (85, "Open")
		assert (1, "Approved", people.voters[0]) in said
	else:
		assert (rate, state) == (50, "Superseded")
		assert "Approved" not in [action for _level, action, _user in said]


def test_a_condition_accepted_twice_counts_once(race, people, round):
	order, name = asked(people)
	frappe.set_user(people.voters[0])
	under_condition.offer(order, name, "Smaller Discount", 15, None)
	frappe.set_user("Administrator")
	frappe.db.commit()
	outcomes = race(*[do("accept", people.author, order, name)] * 2)
	assert [outcome.is_done for outcome in outcomes].count(True) == 1, [one.text for one in outcomes]
	assert [action for _level, action, _user in look(order, name)[3]].count("Approved") == 1


def test_the_time_is_up_while_somebody_decides(race, people, round):
	order, name = asked(people)
	frappe.set_user(people.voters[0])
	decide.grant(order, name)
	frappe.set_user("Administrator")
	frappe.db.commit()
	late = str(frappe.utils.add_days(frappe.utils.now_datetime(), 30))
	outcomes = race(
		do("approve", people.voters[1], order, name), do("press", "Administrator", order, name, late)
	)
	assert outcomes[1].is_done, outcomes[1].text
	_docstatus, state, level, said = look(order, name)
	assert (state, level) == ("Open", 2)
	actions = [action for _level, action, _user in said]
	if outcomes[0].is_done:
		assert actions.count("Approved") == 2 and "Escalated" not in actions
	else:
		assert actions.count("Approved") == 1 and actions.count("Escalated") == 1


def test_two_schedulers_press_once(race, people, round):
	order, name = asked(people)
	late = str(frappe.utils.add_days(frappe.utils.now_datetime(), 30))
	outcomes = race(*[do("press", "Administrator", order, name, late)] * 3)
	world.all_done(outcomes)
	assert sorted(outcome.result for outcome in outcomes) == ["", "", "Escalated"]
