"""Rules name their approvers in rows; what cannot work is said when the rule is saved."""

import pytest

import frappe

from sales_wh_flow.approval import gate
from sales_wh_flow.patches.v0_2 import approver_rows
from tests import factories as make


def asked(role="Order Approver", level=1, **values):
	return {"level": level, "kind": "Role", "role": role, **values}


def test_a_rule_with_one_role_is_one_row():
	rule = make.make_rule()
	assert [(row.level, row.kind, row.role) for row in rule.approvers] == [(1, "Role", "Order Approver")]
	assert "wait for someone with the role Order Approver" in rule.explanation


def test_levels_limits_and_due_times_are_in_the_sentence():
	rule = make.make_rule(
		company=make.company().name,
		approvers=[asked(up_to_amount=10000), asked("Sales Manager", 2), asked("Accounts Manager", 2)],
		levels=[
			{"level": 1, "approvals_needed": 1, "due_hours": 8, "when_due": "Ask the Next Level"},
			{"level": 2, "approvals_needed": 2},
		],
	)
	assert "someone with the role Order Approver up to" in rule.explanation
	assert "10,000.00 (the next level after 8 working hours), then 2 approvals of" in rule.explanation
	assert "Sales Manager or someone with the role Accounts Manager" in rule.explanation


@pytest.mark.parametrize(
	("approvers", "levels", "problem"),
	[
		([asked("All")], [], "Everybody"),
		([asked(), asked()], [], "named twice"),
		([asked(), asked("Sales Manager", 3)], [], "Level <strong>2</strong>|Level 2"),
		([{"level": 1, "kind": "Role", "role": ""}], [], "say which Role"),
		([asked()], [{"level": 1, "due_hours": 4, "when_due": "Ask the Next Level"}], "no next level"),
		([asked()], [{"level": 1, "when_due": "Ask a Role", "escalation_role": "Sales Manager"}], "due time"),
	],
)
def test_rows_that_cant_work_are_refused(approvers, levels, problem):
	with pytest.raises(frappe.ValidationError, match=problem):
		make.make_rule(approvers=approvers, levels=levels)


def test_a_disabled_user_cant_be_named():
	user = make.make_user("Order Approver")
	frappe.db.set_value("User", user, "enabled", 0)
	with pytest.raises(frappe.ValidationError, match="is disabled"):
		make.make_rule(approvers=[{"level": 1, "kind": "User", "user": user}])


def test_a_limit_needs_one_currency():
	make.make_company(default_currency="EUR" if make.company().currency != "EUR" else "USD")
	with pytest.raises(frappe.ValidationError, match="Choose a company"):
		make.make_rule(approvers=[asked(up_to_amount=500)])
	rule = make.make_rule(approvers=[asked(up_to_amount=500)], company=make.company().name)
	assert rule.approvers[0].currency == make.company().currency


def test_a_rule_says_who_decides_when_nobody_is_left():
	rule = make.make_rule(approvers=[asked(up_to_amount=500)], company=make.company().name)
	assert "500.00" in rule.nobody_left
	assert "Sales Manager" in rule.nobody_left or "System Manager" in rule.nobody_left


@pytest.fixture
def role_column():
	"""The field of the first version: a rule named one role, and no rows."""
	table = "tabOrder Approval Rule"
	frappe.db.sql_ddl(f"alter table `{table}` add column if not exists approver_role varchar(140)")
	_forget_columns(table)
	yield
	frappe.db.rollback()
	frappe.db.sql_ddl(f"alter table `{table}` drop column approver_role")
	_forget_columns(table)


def _forget_columns(table):
	"""As Frappe keeps them, before 16 and since."""
	frappe.cache.hdel("table_columns", table)
	getattr(frappe, "client_cache", frappe.cache).delete_value(f"table_columns::{table}")


@pytest.mark.parametrize(("named", "rows"), [("Sales Manager", ["Sales Manager"]), ("", [])])
def test_the_role_of_a_rule_from_before_rows_becomes_its_first_row(role_column, named, rows):
	old, new = make.make_rule(), make.make_rule()
	frappe.db.sql("delete from `tabOrder Approval Rule Approver` where parent = %s", old.name)
	for name in (old.name, new.name):
		frappe.db.set_value("Order Approval Rule", name, "approver_role", named)
	for _time in range(2):
		approver_rows.execute()
		old.reload()
		assert [row.role for row in old.approvers] == rows
	assert [row.role for row in new.reload().approvers] == ["Order Approver"]
	if rows:
		assert [(row.level, row.kind, row.idx, row.up_to_amount) for row in old.approvers] == [
			(1, "Role", 1, 0)
		]
		old.save()  # and is as valid as one that was entered


def test_without_the_column_of_the_first_version_rules_are_left_alone():
	rule = make.make_rule()
	frappe.db.sql("delete from `tabOrder Approval Rule Approver` where parent = %s", rule.name)
	approver_rows.execute()
	assert rule.reload().approvers == []


def test_an_approval_from_before_rows_asks_the_role_it_asked_then(switches):
	switches(approval=True)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")
	make.make_rule()
	order = make.make_order(make.line(rate=80))
	(name,) = gate.ask(order.name)
	frappe.db.sql("delete from `tabOrder Approval Decider` where parent = %s", name)
	for _time in range(2):
		approver_rows.execute()
		rows = frappe.get_all("Order Approval Decider", {"parent": name}, ["role", "level", "is_current"])
		assert rows == [{"role": "Order Approver", "level": 1, "is_current": 1}]
	assert frappe.db.get_value("Order Approval", name, "author") == "Administrator"
