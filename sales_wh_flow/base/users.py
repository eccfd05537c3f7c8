"""Whom an order's news concern."""

from collections.abc import Iterable

import frappe


def authors_of_orders(orders: Iterable[str]) -> dict[str, str]:
	"""{order: the enabled desk user who wrote it}; at most one statement."""
	names = tuple(sorted(set(orders)))
	if not names:
		return {}
	rows = frappe.db.sql(
		"""select so.name, so.owner from `tabSales Order` so
		join `tabUser` user on user.name = so.owner and user.enabled = 1 and user.user_type = 'System User'
		where so.name in %s order by so.name""",
		(names,),
	)
	return dict(rows)


def users_at(email: str) -> list[str]:
	"""The enabled users with this address."""
	rows = frappe.db.sql("select name from `tabUser` where email = %s and enabled = 1", email)
	return [row[0] for row in rows]


def emails_of(users: Iterable[str]) -> list[str]:
	"""The addresses by which Frappe finds the users it notifies."""
	names = tuple(set(users))
	rows = frappe.db.sql("select email from `tabUser` where name in %s and enabled = 1", (names,))
	return [row[0] for row in rows if row[0]]
