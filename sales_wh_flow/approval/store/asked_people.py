"""Who is asked about an order: approver rows of rules and of open approvals, and whose inbox they are in."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import frappe
from frappe.utils import cint, flt, now, nowdate

from sales_wh_flow.approval.rules import levels as approver_plan
from sales_wh_flow.approval.rules.levels import Approver, Level, Plan
from sales_wh_flow.approval.rules.needs import OPEN
from sales_wh_flow.approval.store import stand_ins
from sales_wh_flow.approval.store.links import ABOUT, KIND, link_field
from sales_wh_flow.base import bulk
from sales_wh_flow.base.read_once import once

MOST_TRIES = 4
"""How often mails are tried to be queued; then the Error Log is all that is left of them."""

RULE_ROWS = "Order Approval Rule Approver"
DECIDERS = "Order Approval Decider"
DECISIONS = "Order Approval Decision"


def plans(rules: Iterable[str]) -> dict[str, Plan]:
	"""{rule: its approvers and levels}; two statements, whatever the number of rules."""
	names = tuple(set(rules))
	if not names:
		return {}
	rows = frappe.db.sql(
		f"""select parent, level, kind, role, user, relation, up_to_amount from `tab{RULE_ROWS}`
		where parent in %s and parenttype = 'Order Approval Rule' order by level, idx""",
		(names,),
	)
	levels = frappe.db.sql(
		"""select parent, level, approvals_needed, due_hours, when_due, escalation_role
		from `tabOrder Approval Rule Level` where parent in %s order by level, idx""",
		(names,),
	)
	return {
		name: Plan(
			tuple(_approver(*row[1:]) for row in rows if row[0] == name),
			tuple(_level(*row[1:]) for row in levels if row[0] == name),
		)
		for name in names
	}


def plan_of_rows(approvers: Iterable[Any], levels: Iterable[Any]) -> Plan:
	"""The plan that child rows of a form describe."""
	return Plan(
		tuple(
			_approver(row.level, row.kind, row.role, row.user, row.relation, row.up_to_amount)
			for row in sorted(approvers, key=lambda row: (cint(row.level), cint(row.idx)))
		),
		tuple(
			_level(row.level, row.approvals_needed, row.due_hours, row.when_due, row.escalation_role)
			for row in sorted(levels, key=lambda row: cint(row.level))
		),
	)


def _approver(level: Any, kind: Any, role: Any, user: Any, relation: Any, up_to: Any) -> Approver:
	"""Only what belongs to the kind: a user left in a row that was turned into a role asks nobody."""
	return Approver(
		cint(level),
		kind,
		(role or "") if kind == approver_plan.ROLE else "",
		(user or "") if kind == approver_plan.USER else "",
		(relation or "") if kind == approver_plan.RELATION else "",
		flt(up_to),
	)


def _level(level: Any, needed: Any, due_hours: Any, when_due: Any, role: Any) -> Level:
	return Level(
		cint(level), max(cint(needed), 1), flt(due_hours), when_due or approver_plan.REMIND, role or ""
	)


# Who is asked about an open approval


def waiting_for(user: str, on: str | None = None) -> str:
	"""SQL condition on `tabOrder Approval`: open ones that ``user`` is asked to decide.

	``on``: the day on which substitutes are looked up, else today.

	Asked by name, by role, or as a substitute; not as author or asker unless the rule allows it; not twice
	on one level; not while the sales user looks at a condition. Whether the user may read the order is
	another question: see ``approval.permissions.order_approvals_visible``.
	"""
	on = on or nowdate()
	me = frappe.db.escape(user)
	asked = [_asks(user)]
	for principal, company in stand_ins.principals(user, on):
		own = frappe.db.escape(principal)
		where = f"`tabOrder Approval`.company = {frappe.db.escape(company)} and " if company else ""
		asked.append(f"({where}{_asks(principal)} and {_not_involved(own)} and {_not_voted(own)})")
	return (
		"`tabOrder Approval`.state = 'Open'"
		" and coalesce(`tabOrder Approval`.condition_state, '') <> 'Offered'"
		f" and ({' or '.join(asked)}) and {_not_involved(me)} and {_not_voted(me)}"
	)


def _asks(user: str) -> str:
	roles = ", ".join(frappe.db.escape(role) for role in frappe.get_roles(user))
	return f"""`tabOrder Approval`.name in (select asked.parent from `tab{DECIDERS}` asked
			where asked.is_current = 1 and asked.user = {frappe.db.escape(user)}
			union all select asked.parent from `tab{DECIDERS}` asked
			where asked.is_current = 1 and asked.role in ({roles}))"""


def _not_involved(user: str) -> str:
	return (
		f"(`tabOrder Approval`.allow_own_order = 1 or (`tabOrder Approval`.author <> {user}"
		f" and `tabOrder Approval`.requested_by <> {user}"
		f" and not exists (select 1 from `tab{DECISIONS}` involved"
		f" where involved.parent = `tabOrder Approval`.name and involved.user = {user}"
		" and involved.action in ('Asked', 'Changed'))))"
	)


def _not_voted(user: str) -> str:
	return f"""not exists (select 1 from `tabOrder Approval Decision` given
			where given.parent = `tabOrder Approval`.name and given.level = `tabOrder Approval`.level
			and given.action = 'Approved' and given.is_void = 0
			and (given.user = {user} or given.on_behalf_of = {user}))"""


def enabled_users(users: Iterable[str]) -> list[tuple[str, str]]:
	"""(user, full name) of those who can log in."""
	names = tuple(sorted({user for user in users if user}))
	return _enabled(names) if names else []


@once
def _enabled(names: tuple[str, ...]) -> list[tuple[str, str]]:
	rows = frappe.db.sql("select name, full_name from `tabUser` where name in %s and enabled = 1", (names,))
	return [(name, full_name or name) for name, full_name in rows]


@once
def who_approved(doctype: str, name: str, fingerprint: str) -> dict[str, datetime]:
	"""{who approved this very state of an order, by any rule and on any level, by own right: when last}"""
	link = link_field(doctype)
	rows = frappe.db.sql(
		f"""select given.user, max(given.decided_on) from `tabOrder Approval Decision` given
		join `tabOrder Approval` approval on approval.name = given.parent
		where approval.{link} = %s and approval.fingerprint = %s and given.action = 'Approved'
			and coalesce(given.on_behalf_of, '') = ''
		group by given.user""",
		(name, fingerprint),
	)
	return dict(rows)


def approval_state(approval: str) -> tuple[str, str] | None:
	"""(state, fingerprint) of an approval, None when there is none."""
	rows = frappe.db.sql("select state, fingerprint from `tabOrder Approval` where name = %s", approval)
	return rows[0] if rows else None


def was_used(approval: str, via: str) -> bool:
	"""Whether something was decided through this very link before."""
	rows = frappe.db.sql(f"select 1 from `tab{DECISIONS}` where parent = %s and via = %s", (approval, via))
	return bool(rows)


def was_mailed(approval: str, user: str) -> bool:
	"""Whether a mail about an approval is queued for the user, or was sent."""
	rows = frappe.db.sql(
		"""select 1 from `tabEmail Queue` mail
		join `tabEmail Queue Recipient` recipient on recipient.parent = mail.name
		join `tabUser` user on user.email = recipient.recipient
		where mail.reference_doctype = 'Order Approval' and mail.reference_name = %s and user.name = %s""",
		(approval, user),
	)
	return bool(rows)


def untold(before: datetime) -> list[str]:
	"""The open approvals of which somebody still has to be told, and was not by then."""
	rows = frappe.db.sql(
		"""select name from `tabOrder Approval`
		where state = %s and to_tell between 1 and %s and modified <= %s order by name""",
		(OPEN, MOST_TRIES, before),
	)
	return [row[0] for row in rows]


def was_given_by(approval: str, user: str) -> bool:
	"""Whether the approval is given, and the user had a word in it."""
	rows = frappe.db.sql(
		f"""select 1 from `tab{DECISIONS}` given join `tabOrder Approval` approval
			on approval.name = given.parent and approval.state = 'Approved'
		where given.parent = %s and given.action = 'Approved' and given.user = %s""",
		(approval, user),
	)
	return bool(rows)


def release(approvals: Iterable[str]) -> None:
	"""Nobody is asked any more about these: they leave every inbox."""
	names = tuple(approvals)
	if names:
		frappe.db.sql(
			f"update `tab{DECIDERS}` set is_current = 0 where parent in %s and is_current = 1", (names,)
		)


def due_approvals(moment: datetime) -> list[tuple[str, str, str]]:
	"""(DocType, what it is about, approval) of the open approvals whose reminder or due time has come, the
	oldest first.
	"""
	return frappe.db.sql(
		f"""select {KIND.format("approval")}, {ABOUT.format("approval")}, name
		from `tabOrder Approval` approval
		where state = %(open)s and ((due_on <= %(now)s and due_handled = 0) or remind_on <= %(now)s)
		order by coalesce(remind_on, due_on), name""",
		{"open": OPEN, "now": moment},
	)


# What is there from before rules had rows


def take_over_roles_of_rules() -> None:
	"""One row for the role of each rule that has no rows yet."""
	rules = frappe.db.sql(
		f"""select name, approver_role from `tabOrder Approval Rule` rule
		where coalesce(approver_role, '') <> '' and not exists (
			select 1 from `tab{RULE_ROWS}` asked where asked.parent = rule.name)"""
	)
	rows = [
		{
			"level": 1,
			"kind": approver_plan.ROLE,
			"role": role,
			"parent": name,
			"parenttype": "Order Approval Rule",
		}
		for name, role in rules
	]
	_insert_rows(RULE_ROWS, rows, "approvers")


def take_over_roles_of_open_approvals() -> None:
	"""One row for the role of each open approval that asks nobody yet."""
	approvals = frappe.db.sql(
		f"""select approval.name, approval.approver_role, so.owner from `tabOrder Approval` approval
		join `tabSales Order` so on so.name = approval.sales_order
		where approval.state = %s and coalesce(approval.approver_role, '') <> '' and not exists (
			select 1 from `tab{DECIDERS}` asked where asked.parent = approval.name)""",
		OPEN,
	)
	rows = [
		{
			"level": 1,
			"kind": approver_plan.ROLE,
			"role": role,
			"is_current": 1,
			"parent": name,
			"parenttype": "Order Approval",
		}
		for name, role, _author in approvals
	]
	_insert_rows(DECIDERS, rows, "deciders")
	for name, role, author in approvals:
		frappe.db.sql(
			"""update `tabOrder Approval` set level = 1, needed = 1, author = %s, waits_for = %s
			where name = %s""",
			(author, role, name),
		)


def _insert_rows(doctype: str, rows: list[dict[str, Any]], parentfield: str) -> None:
	if not rows:
		return
	time = now()
	stamps = {"creation": time, "modified": time, "owner": "Administrator", "modified_by": "Administrator"}
	full = [{**row, **stamps, "idx": 1, "docstatus": 0, "parentfield": parentfield} for row in rows]
	names = bulk.new_names(len(full))
	fields = ["name", *full[0]]
	bulk.insert(doctype, fields, [(name, *row.values()) for name, row in zip(names, full, strict=True)])
