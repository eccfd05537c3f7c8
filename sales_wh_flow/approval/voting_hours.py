"""How long people take to decide: from the asking to the vote."""

from collections.abc import Iterable
from datetime import date

import frappe
from frappe.utils import get_datetime, getdate

from sales_wh_flow.approval import permissions
from sales_wh_flow.approval.rules.decision_figures import median_hours
from sales_wh_flow.approval.store import history, stand_ins
from sales_wh_flow.base import working_time
from sales_wh_flow.base.settings import flow_settings


def median_working_hours(company: str | None, since: date) -> float | None:
	"""What half of the votes took, of approvals asked since then that the reader may see; None of none."""
	rows = history.history_rows(permissions.order_approvals_visible(), None, company=company, from_date=since)
	add_hours(rows)
	return median_hours(row.working_hours for row in rows)


def add_hours(rows: Iterable[frappe._dict]) -> None:
	"""``clock_hours`` and ``working_hours`` from the asking to the vote, where there was one."""
	known = list(rows)
	calendars = _calendars(known)
	for row in known:
		row.clock_hours = row.working_hours = None
		if row.action and row.requested_on and row.decided_on:
			asked, decided = get_datetime(row.requested_on), get_datetime(row.decided_on)
			row.clock_hours = round(max((decided - asked).total_seconds(), 0) / 3600, 2)
			row.working_hours = round(working_time.passed(asked, decided, calendars[row.company]), 2)


def _calendars(rows: list[frappe._dict]) -> dict[str, working_time.Calendar]:
	"""{company: its working calendar since the first request}."""
	asked = [row.requested_on for row in rows if row.requested_on]
	if not asked:
		return {}
	office = flow_settings()
	return {
		company: stand_ins.calendar(
			company, office.get("approval_office_from"), office.get("approval_office_to"), getdate(min(asked))
		)
		for company in {row.company for row in rows}
	}
