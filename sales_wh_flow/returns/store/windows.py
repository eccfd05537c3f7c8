"""Return Policies in the database, and who has the roles they name."""

from collections.abc import Collection

import frappe
from frappe.utils import cint, flt

from sales_wh_flow.returns.rules.windows import Waiver, Window


def enabled_windows() -> tuple[Window, ...]:
	"""The enabled Return Policies; two statements at most."""
	rows = frappe.db.sql(
		"""select name, window_days, coalesce(company, '') company,
			coalesce(customer_group, '') customer_group,
			coalesce(item_group, '') item_group, coalesce(reason, '') reason, by_another
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
		)
		for row in rows
	)


def users_with_roles(roles: Collection[str], most: int) -> list[str]:
	"""Enabled users of the desk with one of the roles, by name."""
	if not roles:
		return []
	rows = frappe.db.sql(
		"""select distinct user.name from `tabHas Role` has
		join `tabUser` user on user.name = has.parent and user.enabled = 1
			and user.name not in ('Administrator', 'Guest')
		where has.parenttype = 'User' and has.role in %s order by user.name limit %s""",
		(tuple(sorted(roles)), most),
	)
	return [row[0] for row in rows]
