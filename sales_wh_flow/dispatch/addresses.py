"""Whoever may read no address, as ERPNext's own Stock User, is told who gives the right to send to one."""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse


@contextmanager
def telling_who_gives_the_right() -> Iterator[None]:
	"""Raises: PermissionError in words that lead on, instead of one that names the address alone."""
	try:
		yield
	except frappe.PermissionError:
		if not roles_that_read_all().isdisjoint(frappe.get_roles()):
			raise
		frappe.clear_messages()
		frappe.flags.error_message = None  # Frappe's own words, which its desk shows before others
		refuse(RuleViolation("may_read_no_address"))


def roles_that_read_all() -> set[str]:
	"""The roles that read addresses; not only their own, which Frappe lets everybody read."""
	rows = frappe.get_meta("Address").permissions
	return {row.role for row in rows if row.read and not row.permlevel and not row.if_owner}
