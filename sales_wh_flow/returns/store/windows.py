"""Return Policies in the database, and the cases that wait for somebody's word."""

from datetime import datetime

import frappe
from frappe.utils import cint, flt

from sales_wh_flow.returns.rules.windows import Waiver, Window


def enabled_windows() -> tuple[Window, ...]:
	"""The enabled Return Policies; two statements at most."""
	rows = frappe.db.sql(
		"""select name, window_days, coalesce(company, '') company,
			coalesce(customer_group, '') customer_group,
			coalesce(item_group, '') item_group, coalesce(reason, '') reason, by_another, remind_hours
		from `tabReturn Policy` where enabled = 1 order by name""",
		as_dict=True,
	)
	if not rows:
		return ()
	waivers: dict[str, list[Waiver]] = {}
	for parent, role, days, value in frappe.db.sql(
		"""select parent, role, most_days_late, most_value from `tabReturn Waiver`
		where parenttype = 'Return Policy' order by parent, idx"""
	):
		waivers.setdefault(parent, []).append(Waiver(role, cint(days), flt(value)))
	return tuple(
		Window(
			name=row.name,
			days=cint(row.window_days),
			waivers=tuple(waivers.get(row.name, ())),
			company=row.company,
			customer_group=row.customer_group,
			item_group=row.item_group,
			reason=row.reason,
			by_another=bool(row.by_another),
			remind_hours=flt(row.remind_hours),
		)
		for row in rows
	)


def cases_due(moment: datetime) -> list[str]:
	"""The cases that wait to be let in and should have been answered by then, the oldest first."""
	rows = frappe.db.sql(
		"""select name from `tabReturn Case`
		where waiver_due_on <= %s and state in ('Open', 'Partly Posted') order by waiver_due_on, name""",
		moment,
	)
	return [row[0] for row in rows]
