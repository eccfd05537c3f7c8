"""Who lets late goods in, by Order Approval Rules of the criterion Return Outside Policy."""

import pytest

import frappe
from frappe.utils import add_to_date, now_datetime, nowdate

from sales_wh_flow.returns import api, jobs
from tests import factories as make
from tests.returns import returns_world as world

ON = {
	**{"stock_lock": True, "fulfilment": True, "returns": True, "approval": True},
	**{"return_documents": "Submitted", "return_window_days": 30},
}


@pytest.fixture(autouse=True)
def returns_are_on(switches, in_this_transaction):
	switches(**ON)
	world.name_places()


@pytest.fixture
def note(place):
	"""Ten pieces at 100 that were delivered 40 days ago."""
	_order, sent = world.delivered_days_ago(40, place)
	return sent


@pytest.fixture
def people():
	return make.make_user("Sales User", "Order Approver"), make.make_user("Stock Manager", "Accounts Manager")


def asks(*rows, threshold=5, levels=(), **values):
	"""``rows``: (level, role, authority)."""
	approvers = [
		{"level": level, "kind": "Role", "role": role, "up_to_amount": limit} for level, role, limit in rows
	]
	return make.make_rule(
		"Return Outside Policy",
		threshold,
		approvers=approvers,
		levels=list(levels),
		company=make.company().name,
		**values,
	)


def waits(note, qty=1):
	return world.decided(world.opened(world.asked(note, qty)))


def let_in(user, case, why="our parcel was late"):
	with make.acting_as(user):
		api.waive_window(case.name, why)
	return case.reload()


def refused(match, kind=frappe.PermissionError):
	return pytest.raises(kind, match=match)


def test_the_people_of_the_rule_let_it_in_and_nobody_else(note, people):
	first, _second = people
	asks((1, "Order Approver", 0))
	case, manager = waits(note), make.make_user("Sales Manager")
	assert first in world.told_of(case.name) and manager not in world.told_of(case.name)
	with make.acting_as(manager), refused("Order Approver"):
		api.waive_window(case.name, "I would")
	assert let_in(first, case).waiver_answer == "Waived"
	api.post_return(case.name)
	assert case.reload().state == "Posted"


def test_beyond_the_authority_of_the_first_the_second_level_is_asked(note, people):
	first, second = people
	rule = asks((1, "Order Approver", 250), (2, "Accounts Manager", 0))
	small, large = waits(note, 2), waits(note, 3)
	assert let_in(first, small).waiver_answer == "Waived"
	assert not let_in(first, large).waived_by and second in world.told_of(large.name)
	(open_ask,) = api.what_next(large.name)["waivers"]
	assert (open_ask["rule"], open_ask["level"]) == (rule.name, 2) and "10 days" in open_ask["why"]
	with refused("days after its window", frappe.ValidationError):
		api.post_return(large.name)
	assert let_in(second, large).waiver_answer == "Waived"
	assert [(row.level, row.user, row.action) for row in large.waiver_answers] == [
		(1, first, "Let In"),
		(2, second, "Let In"),
	]


def test_a_rule_that_is_not_hit_leaves_it_to_the_policy(note, people):
	asks((1, "Order Approver", 0), threshold=50)
	manager = make.make_user("Sales Manager")
	case = waits(note)
	with make.acting_as(people[0]), refused("Sales Manager"):
		api.waive_window(case.name, "I would")
	assert let_in(manager, case).waiver_answer == "Waived"


def test_with_approvals_off_the_policy_counts(note, people, switches):
	asks((1, "Order Approver", 0))
	switches(**{**ON, "approval": False})
	assert let_in(make.make_user("Sales Manager"), waits(note)).waiver_answer == "Waived"


def test_a_substitute_lets_in_for_who_is_away_and_is_named(note, people):
	first, stands_in = people[0], make.make_user("Sales User")
	asks((1, "Order Approver", 0))
	frappe.get_doc(
		{
			"doctype": "Approval Delegation",
			**{"from_user": first, "to_user": stands_in},
			**{"from_date": nowdate(), "to_date": nowdate(), "reason": "holiday"},
		}
	).insert(ignore_permissions=True)
	case = waits(note)
	assert stands_in in world.told_of(case.name)
	row = let_in(stands_in, case).waiver_answers[0]
	assert (row.user, row.on_behalf_of) == (stands_in, first)


def test_more_goods_than_one_of_two_let_in_ask_both_anew(note, people):
	first, second = people
	asks((1, "Order Approver", 100), (2, "Accounts Manager", 0))
	case = let_in(first, waits(note, 2))
	api.add_to_return(case.name, frappe.as_json([world.asked(note, 5, received=True)]))
	world.decided(case.reload())
	assert [row.is_void for row in case.waiver_answers] == [1]
	with make.acting_as(second), refused("Order Approver"):
		api.waive_window(case.name, "I am level two")


def test_a_refusal_ends_it_until_everybody_let_it_in(note, people):
	first, second = people
	asks((1, "Order Approver", 50), (2, "Accounts Manager", 0))
	case = let_in(first, waits(note))
	with make.acting_as(second):
		api.refuse_waiver(case.name, "no")
	assert case.reload().waiver_answer == "Refused"
	assert not let_in(first, case).waiver_answer and let_in(second, case).waiver_answer == "Waived"


def test_nobody_answered_in_time_so_the_next_level_is_asked_once(note, people):
	asks(
		*((1, "Order Approver", 0), (2, "Accounts Manager", 0)),
		levels=[{"level": 1, "approvals_needed": 1, "due_hours": 2, "when_due": "Ask the Next Level"}],
	)
	case = waits(note)
	assert case.waiver_due_on > now_datetime() and jobs.press_for_waivers() == []
	frappe.db.set_value("Return Case", case.name, "late_since", add_to_date(now_datetime(), days=-30))
	frappe.db.set_value("Return Case", case.name, "waiver_due_on", add_to_date(now_datetime(), hours=-1))
	assert jobs.press_for_waivers() == [case.name] and jobs.press_for_waivers() == []
	assert let_in(people[1], case).waiver_answer == "Waived"
	assert [row.action for row in case.waiver_answers] == ["Passed On", "Let In"]


def test_whoever_is_asked_finds_the_case_among_his_own(note, people):
	asks((1, "Order Approver", 0))
	case = waits(note)
	for user, found in ((people[0], True), (people[1], False)):
		with make.acting_as(user):
			assert (case.name in [one["name"] for one in api.late_returns()]) is found


def test_the_rule_says_in_words_whom_it_asks_about_what(people):
	rule = asks((1, "Order Approver", 250), (2, "Accounts Manager", 0), order_type="Sales", tolerance=5)
	assert rule.explanation.startswith(f"Returns of {make.company().name} whose time after the return window")
	assert "Who opened the case can't let it in." in rule.explanation
	assert not (rule.order_type or rule.tolerance)
