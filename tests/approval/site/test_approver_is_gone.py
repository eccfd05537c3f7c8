"""The approver is gone: nobody waits for somebody who can't decide any more."""

import pytest

import frappe

from sales_wh_flow.approval import decide, follow_people, gate, jobs
from sales_wh_flow.approval import request as deciders
from sales_wh_flow.base import background
from tests import factories as make


@pytest.fixture(autouse=True)
def approval_on(site, rolled_back, switches, monkeypatch):
	switches(approval=True)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")
	frappe.db.sql("update `tabOrder Approval` set state = 'Superseded' where state = 'Open'")
	monkeypatch.setattr("sales_wh_flow.base.retry.from_a_fresh_transaction", lambda work: work())
	monkeypatch.setattr(frappe.db, "commit", lambda: None)


@pytest.fixture
def jobs_asked_for(monkeypatch):
	asked = []
	monkeypatch.setattr(background, "run", lambda method, **values: asked.append((method, values)))
	return asked


def asked_order(**values):
	make.make_rule("Discount", 9, **values)
	order = make.make_order(make.line(rate=80, price_list_rate=100))
	(approval,) = gate.ask(order.name)
	return order, approval


def named(user):
	return {"approvers": [{"level": 1, "kind": "User", "user": user}]}


def people(order, approval):
	doc, request = frappe.get_doc("Sales Order", order.name), frappe.get_doc("Order Approval", approval)
	return {user for user, _name in deciders.people(doc, request)}


def test_when_the_approver_is_disabled_the_sweep_asks_the_fallback_once():
	boss, manager = make.make_user("Accounts User"), make.make_user("Sales Manager", "Sales User")
	order, approval = asked_order(**named(boss))
	frappe.get_doc("User", boss).update({"enabled": 0}).save()
	assert people(order, approval) == set()
	assert approval in jobs.follow_people()
	assert manager in people(order, approval)
	assert approval not in jobs.follow_people()
	with make.acting_as(manager):
		assert decide.grant(order.name, approval).is_submitted


def test_when_the_last_one_loses_the_role_the_fallback_is_asked():
	role = frappe.get_doc({"doctype": "Role", "role_name": make.unique("Approver")}).insert().name
	boss, manager = make.make_user(role, "Accounts User"), make.make_user("Sales Manager", "Sales User")
	order, approval = asked_order(approver_role=role)
	frappe.get_doc("User", boss).remove_roles(role)
	assert approval in jobs.follow_people()
	assert manager in people(order, approval)


def test_while_somebody_else_is_left_nothing_moves():
	role = frappe.get_doc({"doctype": "Role", "role_name": make.unique("Approver")}).insert().name
	boss, other = make.make_user(role, "Accounts User"), make.make_user(role, "Accounts User")
	order, approval = asked_order(approver_role=role)
	frappe.get_doc("User", boss).remove_roles(role)
	assert approval not in jobs.follow_people()
	assert people(order, approval) == {other}


def test_disabling_somebody_says_which_requests_move_and_looks_at_them_at_once(jobs_asked_for):
	boss = make.make_user("Accounts User")
	order, approval = asked_order(**named(boss))
	frappe.local.message_log = []
	frappe.get_doc("User", boss).update({"enabled": 0}).save()
	assert f"they go on to the fallback role: {order.name}" in str(frappe.local.message_log)
	((_method, values),) = [it for it in jobs_asked_for if it[0].endswith("follow_people")]
	assert jobs.follow_people(values["user"], values["roles"]) == [approval]


def test_who_loses_the_role_that_reads_orders_is_not_waited_for(jobs_asked_for):
	boss, manager = make.make_user("Order Approver", "Accounts User"), make.make_user("Sales Manager")
	order, approval = asked_order(**named(boss))
	frappe.get_doc("User", boss).remove_roles("Accounts User")
	((_method, values),) = [it for it in jobs_asked_for if it[0].endswith("follow_people")]
	assert jobs.follow_people(values["user"], values["roles"]) == [approval]
	assert manager in people(order, approval)


def test_the_sweep_finds_who_lost_the_right_to_read_by_a_road_that_tells_nobody():
	boss, manager = make.make_user("Order Approver", "Accounts User"), make.make_user("Sales Manager")
	order, approval = asked_order(**named(boss))
	assert approval not in jobs.follow_people()
	frappe.db.delete("Has Role", {"parent": boss, "role": "Accounts User"})
	frappe.clear_cache(user=boss)
	assert jobs.follow_people() == [approval]
	assert manager in people(order, approval)


def test_the_sweep_finds_who_may_not_read_this_order_any_more():
	boss, other = make.make_user("Accounts User"), make.make_customer()
	order, approval = asked_order(**named(boss))
	limit = {"doctype": "User Permission", "user": boss, "allow": "Customer"}
	frappe.get_doc({**limit, "for_value": order.customer}).insert()
	assert approval not in jobs.follow_people()
	frappe.db.set_value("User Permission", {"user": boss}, "for_value", other)
	frappe.clear_cache(user=boss)
	assert jobs.follow_people() == [approval]


def test_at_a_login_it_is_looked_at_at_once(monkeypatch):
	asked = []
	monkeypatch.setattr(background, "now", lambda method, **values: asked.append((method, values)))
	for hook in frappe.get_hooks("on_session_creation"):
		if hook.startswith("sales_wh_flow."):
			frappe.get_attr(hook)(None)
	assert [method for method, _values in asked] == ["sales_wh_flow.approval.jobs.follow_people"]
	assert asked[0][1]["deduplicate"]


def test_who_may_no_longer_read_the_order_is_not_waited_for(jobs_asked_for):
	boss, manager = make.make_user("Accounts User"), make.make_user("Sales Manager", "Sales User")
	order, approval = asked_order(**named(boss))
	frappe.get_doc(
		{"doctype": "User Permission", "user": boss, "allow": "Customer", "for_value": make.make_customer()}
	).insert()
	((_method, values),) = [it for it in jobs_asked_for if it[0].endswith("follow_people")]
	assert jobs.follow_people(values["user"], values["roles"]) == [approval]
	assert manager in people(order, approval)


def test_admins_are_told_who_is_asked_instead():
	boss, admin = make.make_user("Accounts User"), make.make_user("System Manager")
	make.make_user("Sales Manager", "Sales User")
	order, _approval = asked_order(**named(boss))
	frappe.get_doc("User", boss).update({"enabled": 0}).save()
	jobs.follow_people()
	notes = frappe.get_all("Notification Log", {"for_user": admin}, pluck="subject")
	assert any(order.name in note and "any more" in note for note in notes)


def test_the_sweep_reads_as_often_however_much_waits():
	def statements():
		follow_people.to_look_at()
		with make.counted_statements() as seen:
			follow_people.to_look_at()
		return len(seen)

	asked_order(**named(make.make_user("Accounts User")))
	once = statements()
	for _number in range(3):
		gate.ask(make.make_order(make.line(rate=80, price_list_rate=100)).name)
	# What Frappe reads of the rights of whoever is asked is another matter: others may be asked as well.
	assert statements() - once < 3, "not one more for each that waits"
