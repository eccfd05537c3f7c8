"""SQL conditions on `tabOrder Approval`: whose figures a user may see."""

from collections.abc import Iterable

import frappe
from frappe.utils import nowdate

from sales_wh_flow.approval.store import asked_people


def without(criteria: Iterable[str]) -> str:
	"""Approvals of other criteria."""
	names = ", ".join(frappe.db.escape(name) for name in sorted(criteria))
	return f"`tabOrder Approval`.criterion not in ({names})"


def unless_involved(criteria: Iterable[str], user: str) -> str:
	"""Approvals of other criteria, and those that the user is asked to decide or voted on."""
	mine = asked_people.waiting_for(user, nowdate())
	return (
		f"({without(criteria)} or ({mine})"
		" or `tabOrder Approval`.name in (select vote.parent from `tabOrder Approval Decision` vote"
		f" where vote.user = {frappe.db.escape(user)} and vote.action in ('Approved', 'Refused')))"
	)


def rows_whose_approval(doctype: str | None, condition: str) -> str:
	"""Rows of approvals that meet such a condition."""
	seen = f"select `tabOrder Approval`.name from `tabOrder Approval` where {condition}"
	return f"`tab{doctype}`.parent in ({seen})"


def fits(name: str, condition: str) -> bool:
	"""Whether an approval meets such a condition; an empty one is met by all."""
	where = f"and ({condition.replace('%', '%%')})" if condition else ""
	return bool(
		frappe.db.sql(f"select 1 from `tabOrder Approval` where name = %(name)s {where}", {"name": name})
	)
