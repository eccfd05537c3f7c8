"""A rule changes while orders wait by it: they are asked of whom it names now, or of nobody any more."""

import pytest

import frappe
from frappe.utils import add_days, nowdate

from sales_wh_flow.approval import decide, follow_rule, gate, jobs, under_condition
from sales_wh_flow.base.said import worded
from sales_wh_flow.order_changes import update_items
from tests import factories as make
from tests.approval.deciding import (
	approver,
	asked,
	docstatus,
	grant,
	history,
	request,
	role,
	tell,
	user,
	waiting_for,
)


@pytest.fixture(autouse=True)
def approval_on(site, rolled_back, switches):
	switches(approval=True, approval_notify_todo="1")
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")


def change(approval, rows=None, levels=None, **values):
	"""The rule of an approval, changed and saved."""
	rule = frappe.get_doc("Order Approval Rule", request(approval).rule)
	if rows is not None:
		rule.set("approvers", rows)
	if levels is not None:
		rule.set("levels", levels)
	return rule.update(values).save()


def follow(order):
	return follow_rule.follow_rules_of_order(order.name)


def todos(approval):
	"""Who has an open ToDo for an approval."""
	filters = {"reference_type": "Order Approval", "reference_name": approval, "status": "Open"}
	return set(frappe.get_all("ToDo", filters, pluck="allocated_to"))


def unread(who, order):
	filters = {"for_user": who, "document_name": order.name, "read": 0}
	return frappe.get_all("Notification Log", filters, pluck="subject")


def timeline(order):
	return " ".join(
		[
			worded(it)
			for it in frappe.get_all(
				"Comment", {"reference_name": order.name, "comment_type": "Info"}, pluck="content"
			)
		]
	)


# Other people


def test_open_approvals_move_to_whom_the_rule_names_now():
	old, new = approver(), approver()
	order, name = asked(user(old))
	tell(name)
	assert todos(name) == {old}
	change(name, [user(new)])
	assert follow(order) == [name]
	assert (waiting_for(old), waiting_for(new)) == (set(), {name})
	tell(name)
	assert todos(name) == {new}
	with pytest.raises(frappe.PermissionError):
		grant(old, order, name)
	grant(new, order, name)
	assert docstatus(order) == 1


def test_who_is_asked_no_more_has_no_note_left_and_who_is_new_is_told(monkeypatch):
	old, new = approver(), approver()
	order, name = asked(user(old))
	subject = f"Somebody asks you to approve '{request(name).rule}'"
	for who in (old, new):
		frappe.get_doc(
			{
				"doctype": "Notification Log",
				"for_user": who,
				"type": "Alert",
				"document_type": "Sales Order",
				"document_name": order.name,
				"subject": subject,
			}
		).insert()
	told = []
	monkeypatch.setattr(
		"sales_wh_flow.approval.tell.background.run", lambda job, **values: told.append(values)
	)
	change(name, [user(new)])
	follow(order)
	assert (unread(old, order), unread(new, order)) == ([], [subject])
	assert [values["users"] for values in told if "approvals" in values] == [[new]]


def test_the_history_keeps_who_was_asked_before():
	old, new = approver(), approver()
	order, name = asked(user(old))
	before = frappe.utils.get_fullname(old)
	change(name, [user(new)])
	follow(order)
	(row,) = [row for row in request(name).decisions if row.action == "Rule Changed"]
	assert (row.user, before in worded(row.comment)) == ("Administrator", True)
	assert before in timeline(order) and frappe.utils.get_fullname(new) in timeline(order)
	assert request(name).rule_version == 2


def test_a_vote_counts_on_while_the_rule_names_its_voter():
	first, second, third = approver(), approver(), approver()
	two = [{"level": 1, "approvals_needed": 2}]
	order, name = asked(user(first), user(second), levels=two)
	grant(first, order, name)
	change(name, [user(first), user(third)])
	follow(order)
	assert request(name).given == 1
	grant(third, order, name)
	assert docstatus(order) == 1


def test_a_vote_of_somebody_the_rule_names_no_more_counts_no_more_but_stays_on_record():
	first, second, third = approver(), approver(), approver()
	two = [{"level": 1, "approvals_needed": 2}]
	order, name = asked(user(first), user(second), levels=two)
	grant(first, order, name)
	change(name, [user(second), user(third)])
	follow(order)
	grant(second, order, name)
	assert (request(name).state, docstatus(order)) == ("Open", 0)
	assert (1, "Approved", first) in history(name)
	grant(third, order, name)
	assert docstatus(order) == 1
	assert request(name).decided_by == third


def test_a_level_that_is_through_is_not_asked_again():
	first, boss, other = approver(), approver(), approver()
	order, name = asked(user(first), user(boss, 2))
	grant(first, order, name)
	change(name, [user(first), user(other, 2)])
	follow(order)
	assert request(name).level == 2
	grant(other, order, name)
	assert docstatus(order) == 1


def test_a_level_whose_voter_is_named_no_more_is_asked_again():
	first, boss, other = approver(), approver(), approver()
	order, name = asked(user(first), user(boss, 2))
	grant(first, order, name)
	change(name, [user(other), user(boss, 2)])
	follow(order)
	assert (request(name).level, waiting_for(other), waiting_for(boss)) == (1, {name}, set())


def test_fewer_approvals_needed_may_be_enough_at_once():
	first, second = approver(), approver()
	order, name = asked(user(first), user(second), levels=[{"level": 1, "approvals_needed": 2}])
	grant(first, order, name)
	change(name, levels=[{"level": 1, "approvals_needed": 1}])
	follow(order)
	assert (request(name).state, docstatus(order)) == ("Approved", 1)


def test_a_lower_limit_of_authority_asks_the_next_level_as_well():
	first, boss = approver(), approver()
	order, name = asked(
		user(first, up_to_amount=1000),
		user(approver()),
		user(boss, 2),
		levels=[{"level": 1, "approvals_needed": 2}],
	)
	grant(first, order, name)
	change(name, [user(first, up_to_amount=10), user(boss, 2)], levels=[])
	follow(order)
	assert (request(name).level, waiting_for(boss)) == (2, {name})


def test_a_request_forwarded_by_somebody_still_named_stays_forwarded():
	first, other, helper = approver(), approver(), approver()
	order, name = asked(user(first))
	from sales_wh_flow.approval import forward

	with make.acting_as(first):
		forward.forward_to(order.name, name, helper, "please")
	change(name, [user(first), user(other)])
	follow(order)
	assert waiting_for(helper) == {name}
	change(name, [user(other)])
	follow(order)
	assert waiting_for(helper) == set()
	assert not request(name).forwarded_to


@pytest.mark.parametrize(("is_still_named", "state"), [(True, "Offered"), (False, "")])
def test_a_condition_stands_while_the_rule_names_whoever_set_it(is_still_named, state):
	first, other = approver(), approver()
	order, name = asked(user(first))
	with make.acting_as(first):
		under_condition.offer(order.name, name, "Smaller Discount", 15, None)
	change(name, [user(first), user(other)] if is_still_named else [user(other)])
	follow(order)
	assert (request(name).condition_state or "") == state
	assert waiting_for(other) == (set() if is_still_named else {name})


def test_whoever_decides_before_the_job_has_run_finds_the_rule_as_it_is():
	old, new = approver(), approver()
	order, name = asked(user(old))
	change(name, [user(new)])
	with pytest.raises(frappe.PermissionError):
		grant(old, order, name)
	grant(new, order, name)
	assert docstatus(order) == 1


def test_a_change_that_names_the_same_people_bothers_nobody(monkeypatch):
	boss = approver()
	order, name = asked(user(boss))
	told = []
	monkeypatch.setattr("sales_wh_flow.approval.tell.background.run", lambda job, **values: told.append(job))
	change(name, threshold=5)
	follow(order)
	assert "sales_wh_flow.approval.jobs.tell_approvers" not in told
	assert request(name).allowed == 5
	assert "Rule Changed" not in [action for _level, action, _user in history(name)]
	assert follow(order) == []


# Nothing to ask any more


@pytest.mark.parametrize(
	"values", [{"enabled": 0}, {"is_shadow": 1}, {"threshold": 50}, {"valid_to": "2020-01-01"}]
)
def test_what_a_rule_asks_no_more_is_taken_back_and_the_asker_is_told(values, monkeypatch):
	boss = approver()
	order, name = asked(user(boss))
	told = []
	monkeypatch.setattr("sales_wh_flow.approval.tell._notify", lambda users, *args: told.append(list(users)))
	change(name, **values)
	assert follow(order) == [name]
	assert request(name).state == "Superseded"
	assert (waiting_for(boss), todos(name)) == (set(), set())
	assert told == [[order.owner]]
	assert frappe.utils.escape_html(request(name).rule) in timeline(order)
	assert docstatus(order) == 0, "only an approval submits"
	frappe.get_doc("Sales Order", order.name).submit()


def test_a_rule_that_ended_by_its_date_is_found_by_the_sweep():
	order, name = asked(user(approver()))
	rule = request(name).rule
	assert order.name not in map(str, follow_rule.waiting_by_rule())
	frappe.db.set_value("Order Approval Rule", rule, "valid_to", add_days(nowdate(), -1))
	assert order.name in map(str, follow_rule.waiting_by_rule())
	follow(order)
	assert order.name not in map(str, follow_rule.waiting_by_rule())


def test_a_refusal_by_a_rule_that_was_switched_off_holds_nothing():
	boss = approver()
	order, name = asked(user(boss))
	with make.acting_as(boss):
		decide.refuse_approval(order.name, name, "too cheap")
	change(name, enabled=0)
	follow(order)
	assert request(name).state == "Superseded"
	assert frappe.db.get_value("Sales Order", order.name, "swf_flow_status") == "Draft"


def test_what_was_approved_stays_approved():
	boss = approver()
	order, name = asked(user(boss))
	_same, other = asked(user(approver()), order=order)
	grant(boss, order, name)
	change(name, [user(approver())])
	follow(order)
	assert (request(name).state, request(name).rule_version) == ("Approved", 1)
	assert request(other).state == "Open"


def test_a_submitted_order_held_by_a_rule_that_ends_goes_on(switches):
	switches(approval=True, stock_lock=True, fulfilment=True)
	warehouse = make.make_warehouse()
	order = make.make_order(make.line(make.stocked(10, warehouse), qty=4, warehouse=warehouse), submit=True)
	rule = make.make_rule(threshold=10)
	row = order.items[0]
	rows = [{"docname": row.name, "item_code": row.item_code, "qty": 6, "rate": 50, "conversion_factor": 1}]
	rows[0]["delivery_date"] = str(row.delivery_date)
	update_items.update(
		order.name, rows, update_items.native("Sales Order", frappe.as_json(rows), order.name)
	)
	held = frappe.db.get_value("Sales Order", order.name, "swf_flow_status")
	rule.reload().update({"enabled": 0}).save()
	follow(order)
	assert (held, frappe.db.get_value("Sales Order", order.name, "swf_flow_status")) == (
		"Pending Approval",
		"Locked",
	)


# The job


def test_the_job_follows_each_order_by_itself(committed, monkeypatch):
	old, new = approver(), approver()
	role_rule = make.make_rule(threshold=10, approvers=[user(old)], customer_group=make.make_customer_group())
	customer = make.make_customer(group=role_rule.customer_group)  # no other test's orders hit it
	orders = [make.make_order(make.line(rate=80), customer=customer) for _ in range(3)]
	names = [gate.ask(order.name)[0] for order in orders]
	committed()
	role_rule.reload().set("approvers", [user(new)])
	role_rule.save()
	committed()
	broken = follow_rule.follow_rules_of_order

	def breaks_once(about):
		if about.name == orders[1].name:
			raise frappe.ValidationError("broken")
		return broken(about)

	monkeypatch.setattr(follow_rule, "follow_rules_of_order", breaks_once)
	assert set(jobs.follow_rules(role_rule.name)) == {orders[0].name, orders[2].name}
	monkeypatch.setattr(follow_rule, "follow_rules_of_order", broken)
	ours = {order.name for order in orders}
	assert ours & set(jobs.follow_rules()) == {orders[1].name}  # the sweep finds what failed
	assert waiting_for(new) == set(names)
	assert not ours & set(jobs.follow_rules())
	role_rule.reload().update({"enabled": 0}).save()
	committed()
	assert set(jobs.follow_rules(role_rule.name)) == ours


def test_the_job_is_asked_for_after_the_commit_only(monkeypatch):
	_order, name = asked(role())
	new, calls = approver(), []
	monkeypatch.setattr(frappe, "enqueue", lambda method, **values: calls.append((method, values)))
	frappe.db.after_commit.reset()
	rule = change(name, [user(new)])
	assert calls == []
	frappe.db.after_commit.run()
	assert [(method, values["rule"]) for method, values in calls] == [
		("sales_wh_flow.approval.jobs.follow_rules", rule.name)
	]
	rule.save()
	frappe.db.after_commit.run()
	assert len(calls) == 1, "nothing changed, nobody has to follow"
