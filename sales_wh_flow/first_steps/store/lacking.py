"""What is not set up yet, in the database."""

from collections.abc import Collection
from datetime import datetime

import frappe


def roles_nobody_has() -> list[str]:
	"""Roles that enabled approval rules ask and no enabled user has, by name."""
	rows = frappe.db.sql(
		"""select distinct asked.role from `tabOrder Approval Rule Approver` asked
		join `tabOrder Approval Rule` rule on rule.name = asked.parent and rule.enabled = 1
		where asked.kind = 'Role' and coalesce(asked.role, '') <> '' and not exists (
			select 1 from `tabHas Role` held join `tabUser` user on user.name = held.parent
			where held.parenttype = 'User' and held.role = asked.role and user.enabled = 1
				and user.name <> 'Administrator')
		order by asked.role"""
	)
	return [row[0] for row in rows]


def runs_no_jobs_since(moment: datetime) -> bool:
	"""Whether the app has scheduled jobs, all older than that, and none has run since."""
	rows = frappe.db.sql(
		"""select max(greatest(creation, coalesce(last_execution, creation))) from `tabScheduled Job Type`
		where method like 'sales_wh_flow.%' and stopped = 0"""
	)
	return bool(rows[0][0]) and rows[0][0] < moment


def people_with(role: str) -> int:
	"""How many enabled users have a role; Administrator, who has every role, is nobody."""
	rows = frappe.db.sql(
		"""select count(distinct user.name) from `tabHas Role` held
		join `tabUser` user on user.name = held.parent
		where held.parenttype = 'User' and held.role = %s and user.enabled = 1
			and user.name <> 'Administrator'""",
		role,
	)
	return rows[0][0]


def without_place(warehouses: Collection[str]) -> list[str]:
	"""Those without a postcode and without coordinates, by name."""
	if not warehouses:
		return []
	rows = frappe.db.sql(
		"""select name from `tabWarehouse` where name in %s and coalesce(pin, '') = ''
			and coalesce(swf_latitude, 0) = 0 and coalesce(swf_longitude, 0) = 0 order by name""",
		(tuple(warehouses),),
	)
	return [row[0] for row in rows]


def known_to_no_rule(company: str, warehouses: Collection[str]) -> list[str]:
	"""Those that no enabled routing rule of the company names, neither by themselves nor by a group above
	them, by name.
	"""
	if not warehouses:
		return []
	rows = frappe.db.sql(
		"""select leaf.name from `tabWarehouse` leaf where leaf.name in %s and not exists (
			select 1 from `tabWarehouse Routing Rule` rule
			join `tabWarehouse Routing Candidate` candidate on candidate.parent = rule.name
				and candidate.parenttype = 'Warehouse Routing Rule'
			join `tabWarehouse` named on named.name = candidate.warehouse and named.disabled = 0
			where rule.enabled = 1 and rule.company = %s
				and named.lft <= leaf.lft and leaf.rgt <= named.rgt)
		order by leaf.name""",
		(tuple(warehouses), company),
	)
	return [row[0] for row in rows]
