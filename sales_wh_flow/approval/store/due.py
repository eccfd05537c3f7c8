"""Due times of open approvals, as their table keeps them."""

from collections.abc import Mapping
from datetime import datetime

import frappe
from frappe.utils import flt


def open_ones(state: str) -> list[tuple[str, str, float, datetime]]:
	"""(approval, company, working hours of the level asked now, since when it is asked) of what is due."""
	rows = frappe.db.sql(
		"""select approval.name, approval.company, level.due_hours, coalesce((
				select max(said.decided_on) from `tabOrder Approval Decision` said
				where said.parent = approval.name), approval.requested_on)
		from `tabOrder Approval` approval
		join `tabOrder Approval Rule Level` level on level.parent = approval.rule
			and level.level = approval.level and level.due_hours > 0
		where approval.state = %s and approval.due_on is not null""",
		state,
	)
	return [(name, company, flt(hours), since) for name, company, hours, since in rows]


def write_due(approval: str, due: Mapping[str, datetime | None]) -> None:
	"""Keep when an approval is due and reminded of; no time stamp moves."""
	frappe.db.sql(
		"update `tabOrder Approval` set due_on = %(due_on)s, remind_on = %(remind_on)s where name = %(name)s",
		{**due, "name": approval},
	)
