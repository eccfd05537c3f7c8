"""Who is asked about an order, in which turn, and what their approvals bring."""

from datetime import timedelta
from unittest.mock import patch

import pytest

import frappe
from frappe.utils import now_datetime

from sales_wh_flow.approval import escalate, forward
from sales_wh_flow.approval import tell as flow_tell
from sales_wh_flow.approval.desk import api as desk
from sales_wh_flow.approval.refusals import ApprovalRequired
from sales_wh_flow.base.said import worded
from tests import factories as make
from tests.approval import deciding as world
from tests.approval.deciding import (
	approver,
	asked,
	grant,
	history,
	relation,
	request,
	role,
	tell,
	user,
	waiting_for,
)


@pytest.fixture(autouse=True)
def approval_on(site, rolled_back, switches):
	switches(approval=True)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")


# Levels


def test_the_second_level_is_asked_when_the_first_has_approved():
	clerk, boss = approver(), approver()
	order, name = asked(user(clerk), user(boss, 2))
	assert waiting_for(clerk) == {name} and waiting_for(boss) == set()
	first = grant(clerk, order, name)
	assert (first.state, first.level, first.is_submitted) == ("Open", 2, False)
	assert waiting_for(clerk) == set() and waiting_for(boss) == {name}
	with pytest.raises(ApprovalRequired):
		frappe.get_doc("Sales Order", order.name).submit()
	assert grant(boss, order, name).is_submitted
	assert history(name) == [(1, "Asked", order.owner), (1, "Approved", clerk), (2, "Approved", boss)]


def test_two_of_three_are_enough():
	people = [approver() for _ in range(3)]
	order, name = asked(*map(user, people), levels=[{"level": 1, "approvals_needed": 2}])
	first = grant(people[0], order, name)
	assert (first.given, first.needed, first.is_submitted) == (1, 2, False)
	with pytest.raises(frappe.ValidationError, match="You have approved"):
		grant(people[0], order, name)
	assert waiting_for(people[0]) == set() and waiting_for(people[2]) == {name}
	assert grant(people[2], order, name).is_submitted
	assert waiting_for(people[1]) == set()


def test_an_authority_that_covers_the_order_ends_the_asking():
	clerk, boss = approver(), approver()
	rows = (user(clerk, up_to_amount=500), user(boss, 2))
	small, small_name = asked(*rows)
	assert grant(clerk, small, small_name).is_submitted
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")
	large, large_name = asked(*rows, qty=10)
	assert grant(clerk, large, large_name).level == 2
	assert grant(boss, large, large_name).is_submitted


def test_above_every_authority_the_fallback_decides_and_is_told_so():
	clerk, manager = approver(), make.make_user("Sales Manager")
	order, name = asked(user(clerk, up_to_amount=500), qty=10)
	with pytest.raises(frappe.PermissionError, match="above your authority"):
		grant(clerk, order, name)
	assert "nobody else is left" in worded(request(name).waits_for)
	comments = [
		worded(it) for it in frappe.get_all("Comment", {"reference_name": order.name}, pluck="content")
	]
	assert any("can decide about an order of" in text for text in comments)
	assert name in waiting_for(manager)
	assert grant(manager, order, name).is_submitted


def test_without_a_possible_approver_the_fallback_decides():
	order, name = asked(role(world.new_role()))
	assert request(name).deciders[-1].kind == "Fallback"
	assert grant(make.make_user("Sales Manager"), order, name).is_submitted


def test_the_same_person_is_asked_once_about_one_state_of_an_order():
	boss = approver()
	order, first = asked(user(boss))
	frappe.db.sql("update `tabOrder Approval Rule` set modified = modified")
	order, second = asked(user(boss), user(boss, 2), order=order)
	told = told_before(boss, first)
	assert [row["approval"] for row in told["also"]] == [second] and told["also"][0]["reason"]
	assert told["submits"] and told_before(boss, first, second)["also"] == []
	answer = grant(boss, order, first)
	assert answer.is_submitted and len(answer.also) == 1
	assert request(second).state == "Approved"
	assert [action for _level, action, _user in history(second)] == ["Asked", "Approved", "Approved"]


def test_a_grant_of_one_does_not_stand_for_others():
	boss, other = approver(), approver()
	order, first = asked(user(boss))
	order, second = asked(user(other), order=order)
	assert told_before(boss, first)["also"] == []
	answer = grant(boss, order, first)
	assert not answer.is_submitted and answer.also == ()
	assert request(second).state == "Open"


def told_before(who, *approvals):
	with make.acting_as(who):
		return desk.what_approving_brings(list(approvals))


# Relations


def test_the_sales_persons_manager_is_asked():
	boss = approver()
	upper = world.sales_person(employee=world.employee(boss))
	middle = world.sales_person(upper)  # a level of the tree without anybody
	seller = world.sales_person(middle)
	order = make.make_order(
		make.line(rate=80), sales_team=[{"sales_person": seller, "allocated_percentage": 100}]
	)
	order, name = asked(relation("Sales Person's Manager"), order=order)
	assert [row.user for row in request(name).deciders] == [boss]
	assert grant(boss, order, name).is_submitted


def test_the_customers_territory_and_account_and_the_department_lead_to_users():
	territory_boss, keeper, lead, seller = (approver() for _ in range(4))
	manager = world.sales_person(employee=world.employee(territory_boss))
	territory, elsewhere = make.make_territory(territory_manager=manager), make.make_territory()
	customer = make.make_customer(territory=territory, account_manager=keeper)
	world.employee(seller, reports_to=world.employee(lead))
	rows = [
		relation(name)
		for name in ("Territory Manager", "Account Manager of the Customer", "Department Approver")
	]
	row = make.line(rate=80, warehouse=make.make_warehouse())
	frappe.get_doc("User", seller).add_roles("Sales User")
	with make.acting_as(seller):
		order = make.make_order(row, customer=customer, territory=elsewhere)
	_order, name = asked(*rows, order=order)
	assert [row.user for row in request(name).deciders] == [territory_boss, keeper, lead]


def test_a_relation_that_leads_to_nobody_goes_to_the_fallback():
	_order, name = asked(relation("Account Manager of the Customer"))
	assert [row.kind for row in request(name).deciders] == ["Relation", "Fallback"]


# Substitutes


def test_a_substitute_decides_and_the_history_names_both():
	away, substitute = approver(), approver()
	order, name = asked(user(away))
	with pytest.raises(frappe.PermissionError):
		grant(substitute, order, name)
	world.delegate(away, substitute)
	assert waiting_for(substitute) == {name}
	assert grant(substitute, order, name).is_submitted
	row = request(name).decisions[-1]
	assert (row.user, row.on_behalf_of) == (substitute, away)
	texts = [worded(it) for it in frappe.get_all("Comment", {"reference_name": order.name}, pluck="content")]
	assert any(frappe.utils.get_fullname(away) in text for text in texts)


def test_a_substitute_needs_the_orders_read_right():
	away, blind = approver(), make.make_user("HR User")
	_order, name = asked(user(away))
	world.delegate(away, blind)
	from sales_wh_flow.approval import api

	with make.acting_as(blind), pytest.raises(frappe.PermissionError, match="may not see"):
		api.approve(name)


def test_a_delegation_counts_for_its_company_and_days():
	away, substitute = approver(), approver()
	order, name = asked(user(away))
	other = make.make_company().name
	world.delegate(away, substitute, company=other)
	tomorrow = frappe.utils.add_days(frappe.utils.nowdate(), 1)
	world.delegate(away, substitute, from_date=tomorrow, to_date=tomorrow)
	assert waiting_for(substitute) == set()
	with pytest.raises(frappe.PermissionError):
		grant(substitute, order, name)
	world.delegate(away, substitute, company=order.company)
	assert waiting_for(substitute) == {name}
	assert grant(substitute, order, name).is_submitted


def test_an_author_hands_no_own_order_to_a_substitute():
	substitute = approver()
	order, name = asked(role())
	frappe.get_doc("User", order.owner).add_roles("Order Approver")
	world.delegate(order.owner, substitute)
	assert name not in waiting_for(substitute)
	with pytest.raises(frappe.PermissionError):
		grant(substitute, order, name)


@pytest.mark.parametrize(
	("values", "problem"),
	[
		({"to_user": "self"}, "stand in for the same"),
		({"to_date": "2020-01-01"}, "before it begins"),
		({"to_user": "disabled"}, "disabled"),
	],
)
def test_a_delegation_that_cant_work_is_refused(values, problem):
	away, other = approver(), approver()
	disabled = approver()
	frappe.db.set_value("User", disabled, "enabled", 0)
	named = {"self": away, "disabled": disabled, None: other}
	to_user = named[values.pop("to_user", None)]
	with pytest.raises(frappe.ValidationError, match=problem):
		world.delegate(away, to_user, **values)


def test_delegations_dont_go_in_a_circle():
	first, second, third = (approver() for _ in range(3))
	world.delegate(first, second)
	world.delegate(second, third)
	with pytest.raises(frappe.ValidationError, match="circle"):
		world.delegate(third, first)
	later = frappe.utils.add_days(frappe.utils.nowdate(), 30)
	world.delegate(third, first, from_date=later, to_date=later)


# Forwarding


def test_a_forwarded_request_is_decided_in_the_first_ones_name():
	boss, other = approver(), approver()
	order, name = asked(user(boss))
	with make.acting_as(boss):
		assert forward.forward_to(order.name, name, other, "you know them") == frappe.utils.get_fullname(
			other
		)
	assert request(name).forwarded_to == other
	assert waiting_for(other) == {name}
	assert grant(other, order, name).is_submitted
	row = request(name).decisions[-1]
	assert (row.user, row.on_behalf_of) == (other, boss)


def test_only_who_may_decide_forwards_and_only_to_who_can():
	boss, other = approver(), approver()
	order, name = asked(user(boss))
	cases = [
		(other, approver(), "why", frappe.PermissionError),
		(boss, other, " ", frappe.ValidationError),
		(boss, boss, "why", frappe.ValidationError),
		(boss, make.make_user("HR User"), "why", frappe.ValidationError),
		(boss, order.owner, "why", frappe.ValidationError),
	]
	for who, to_user, comment, refusal in cases:
		with make.acting_as(who), pytest.raises(refusal):
			forward.forward_to(order.name, name, to_user, comment)
	assert request(name).forwarded_to is None


# When nobody decides


def in_hours(hours):
	return now_datetime() + timedelta(hours=hours)


def escalated(order, name, hours):
	frappe.db.after_commit.reset()
	with patch.object(frappe, "enqueue") as enqueued, patch.object(flow_tell, "notify_now") as written:
		step = escalate.escalate_one(order.name, name, in_hours(hours))
		frappe.db.after_commit.run()
		if step == "Escalated":
			tell(name)
	told = {one for call in enqueued.call_args_list for one in call.kwargs.get("users") or ()}
	told |= {email(one) for call in written.call_args_list for one in call.args[0]}
	return step, told


@pytest.fixture
def around_the_clock(approval_on, switches):
	switches(approval=True, approval_office_from="00:00", approval_office_to="00:00", approval_remind_hours=2)


def due(hours=8, **values):
	return {"level": 1, "approvals_needed": 1, "due_hours": hours, **values}


def email(who):
	return frappe.db.get_value("User", who, "email")


def test_approvers_are_reminded_before_the_time_is_up_and_once(around_the_clock):
	boss = approver()
	order, name = asked(user(boss), levels=[due()])
	assert escalated(order, name, 5) == ("", set())
	assert escalated(order, name, 6.1) == ("Reminded", {email(boss)})
	assert escalated(order, name, 6.2) == ("", set())
	assert escalated(order, name, 8.1) == ("Reminded", {email(boss)})
	assert escalated(order, name, 99) == ("", set())


def test_the_next_level_decides_when_the_time_is_up(around_the_clock):
	clerk, boss = approver(), approver()
	order, name = asked(user(clerk), user(boss, 2), levels=[due(when_due="Ask the Next Level")])
	assert escalated(order, name, 8.1) == ("Escalated", {email(boss)})
	with pytest.raises(frappe.PermissionError):
		grant(clerk, order, name)
	assert grant(boss, order, name).is_submitted


def test_a_role_decides_as_well_when_the_time_is_up(around_the_clock):
	boss, helper = approver(), make.make_user("Sales Manager")
	order, name = asked(user(boss), levels=[due(when_due="Ask a Role", escalation_role="Sales Manager")])
	step, told = escalated(order, name, 8.1)
	assert step == "Escalated" and {email(boss), email(helper)} <= told
	assert {name} <= waiting_for(helper) & waiting_for(boss)
	assert grant(helper, order, name).is_submitted


def test_what_was_decided_is_not_escalated(around_the_clock):
	boss = approver()
	order, name = asked(user(boss), levels=[due()])
	grant(boss, order, name)
	assert escalated(order, name, 99) == ("", set())


def test_due_times_skip_holidays(switches):
	switches(approval=True, approval_office_from="09:00", approval_office_to="17:00")
	today = frappe.utils.getdate()
	days = [frappe.utils.add_days(today, day) for day in range(3)]
	holidays = frappe.get_doc(
		{
			"doctype": "Holiday List",
			"holiday_list_name": make.unique("Holidays"),
			"from_date": today,
			"to_date": days[-1],
			"holidays": [{"holiday_date": day, "description": "Off"} for day in days],
		}
	).insert()
	frappe.db.set_value("Company", make.company().name, "default_holiday_list", holidays.name)
	frappe.clear_document_cache("Company", make.company().name)
	_order, name = asked(user(approver()), levels=[due(8)])
	assert str(request(name).due_on) == f"{frappe.utils.add_days(today, 3)} 17:00:00"


# Telling


def test_a_todo_for_each_who_can_decide_and_none_afterwards(switches):
	switches(approval=True, approval_notify_todo="1")
	people = [approver(), approver()]
	blind = make.make_user("HR User")
	order, name = asked(*map(user, [*people, blind]))
	tell(name)
	todos = {"reference_type": "Order Approval", "reference_name": name}
	found = frappe.get_all("ToDo", {**todos, "status": "Open"}, pluck="allocated_to")
	assert set(found) == set(people)
	grant(people[0], order, name)
	assert frappe.get_all("ToDo", {**todos, "status": "Open"}) == []


def test_a_taken_back_approval_leaves_inbox_and_todo_list(switches):
	switches(approval=True, approval_notify_todo="1")
	boss = approver()
	order, name = asked(user(boss))
	changed = frappe.get_doc("Sales Order", order.name)
	changed.items[0].rate = 100
	changed.save()
	assert request(name).state == "Superseded"
	assert waiting_for(boss) == set()
	assert frappe.get_all("ToDo", {"reference_name": name, "status": "Open"}) == []


def test_deleting_the_order_leaves_the_record_and_nothing_to_do(switches):
	switches(approval=True, approval_notify_todo="1")
	order, name = asked(user(approver()))
	frappe.delete_doc("Sales Order", order.name)
	assert [row.action for row in request(name).decisions] == ["Asked"]
	assert not any(row.is_current for row in request(name).deciders)
	assert frappe.get_all("ToDo", {"reference_name": name, "status": "Open"}) == []
