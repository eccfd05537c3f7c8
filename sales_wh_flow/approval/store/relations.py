"""Whom a relation to an order means, by the masters: managers of sales people and territories, approvers."""

import frappe
from frappe.model.document import Document

from sales_wh_flow.approval.rules import levels
from sales_wh_flow.base.read_once import once


@once
def users_of(order: Document, relation: str) -> tuple[str, ...]:
	"""The enabled users that a relation means for an order; empty when the masters name nobody."""
	found = tuple(dict.fromkeys(user for user in _FINDERS[relation](order) if user))
	if not found:
		return ()
	rows = frappe.db.sql("select name from `tabUser` where name in %s and enabled = 1", (found,))
	enabled = {row[0] for row in rows}
	return tuple(user for user in found if user in enabled)


def _managers_of_sales_persons(order: Document) -> list[str]:
	"""For each sales person of the order the nearest one above who is an employee with a user."""
	return [user for person in _sales_persons(order) for user in _user_above(person)]


def _territory_manager(order: Document) -> list[str]:
	"""The user of the manager of the customer's territory, else of the nearest territory above with one. What
	the order says is typed: it counts where no customer is known.
	"""
	rows = frappe.db.sql(
		"""select employee.user_id from `tabTerritory` own
		join `tabTerritory` area on area.lft <= own.lft and area.rgt >= own.rgt
		join `tabSales Person` manager on manager.name = area.territory_manager
		join `tabEmployee` employee on employee.name = manager.employee and employee.status = 'Active'
		where own.name = %s and coalesce(employee.user_id, '') <> '' order by area.lft desc limit 1""",
		frappe.get_cached_value("Customer", order.customer, "territory") or order.get("territory"),
	)
	return [row[0] for row in rows]


def _department_approvers(order: Document) -> list[str]:
	"""HRMS names approvers per department; without them it is whom the sales person reports to."""
	employees = _employees(order)
	if not employees:
		return []
	named: list[str] = []
	if frappe.db.table_exists("Department Approver"):
		rows = frappe.db.sql(
			"""select approver.approver from `tabDepartment Approver` approver
			join `tabEmployee` employee on employee.department = approver.parent
			where employee.name in %s order by approver.idx""",
			(employees,),
		)
		named = [row[0] for row in rows]
	return named or _reports_to(employees)


def _account_manager(order: Document) -> list[str]:
	return [frappe.get_cached_value("Customer", order.customer, "account_manager")]


def _sales_persons(order: Document) -> list[str]:
	"""The order's sales team, else the sales person its author is."""
	team = [row.sales_person for row in order.get("sales_team") or () if row.sales_person]
	if team:
		return team
	rows = frappe.db.sql(
		"""select person.name from `tabSales Person` person
		join `tabEmployee` employee on employee.name = person.employee
		where employee.user_id = %s order by person.name""",
		order.owner,
	)
	return [row[0] for row in rows]


def _employees(order: Document) -> tuple[str, ...]:
	"""Of the order's sales people, else of its author."""
	persons = tuple(_sales_persons(order))
	rows = persons and frappe.db.sql(
		"select employee from `tabSales Person` where name in %s and coalesce(employee, '') <> ''", (persons,)
	)
	rows = rows or frappe.db.sql("select name from `tabEmployee` where user_id = %s", order.owner)
	return tuple(row[0] for row in rows)


def _user_above(sales_person: str) -> list[str]:
	rows = frappe.db.sql(
		"""select employee.user_id from `tabSales Person` own
		join `tabSales Person` above on above.lft < own.lft and above.rgt > own.rgt
		join `tabEmployee` employee on employee.name = above.employee and employee.status = 'Active'
		where own.name = %s and coalesce(employee.user_id, '') <> '' order by above.lft desc limit 1""",
		sales_person,
	)
	return [row[0] for row in rows]


def _reports_to(employees: tuple[str, ...]) -> list[str]:
	rows = frappe.db.sql(
		"""select boss.user_id from `tabEmployee` employee
		join `tabEmployee` boss on boss.name = employee.reports_to and boss.status = 'Active'
		where employee.name in %s order by employee.name""",
		(employees,),
	)
	return [row[0] for row in rows]


_FINDERS = {
	levels.SALES_MANAGER_OF: _managers_of_sales_persons,
	levels.TERRITORY_MANAGER: _territory_manager,
	levels.DEPARTMENT_APPROVER: _department_approvers,
	levels.ACCOUNT_MANAGER: _account_manager,
}
