"""ERPNext's trees: groups of customers and items, territories, warehouses."""

from collections import defaultdict
from collections.abc import Iterable

import frappe


def above(doctype: str, names: Iterable[str] | None = None) -> dict[str, tuple[str, ...]]:
	"""{group: itself and its parents up to the root, the narrowest first} of these groups, None = of all.

	One statement, none for no group.
	"""
	wanted = None if names is None else tuple({name for name in names if name})
	if wanted == ():
		return {}
	rows = frappe.db.sql(
		f"""select own.name, above.name from `tab{doctype}` own
		join `tab{doctype}` above on above.lft <= own.lft and above.rgt >= own.rgt
		{"" if wanted is None else "where own.name in %(names)s"} order by above.lft desc""",
		{"names": wanted},
	)
	found: dict[str, list[str]] = defaultdict(list)
	for own, parent in rows:
		found[own].append(parent)
	return {own: tuple(parents) for own, parents in found.items()}


def below_sql(doctype: str, name: str) -> str:
	"""A subquery: what lies in a place of the tree, itself among it. ``name``: its placeholder."""
	return f"""(select own.name from `tab{doctype}` own join `tab{doctype}` top
		on own.lft >= top.lft and own.rgt <= top.rgt where top.name = {name})"""


def below(doctype: str, name: str) -> frozenset[str]:
	"""What lies in a place of the tree, itself among it; one statement."""
	return frozenset(row[0] for row in frappe.db.sql(below_sql(doctype, "%s"), name))


def above_customer(customer: str | None) -> tuple[str, ...]:
	"""The customer's group, then its parents up to the root."""
	group = frappe.get_cached_value("Customer", customer, "customer_group") if customer else None
	return above("Customer Group", [group]).get(group, ()) if group else ()
