"""The stays of orders in their stages, and the calendars they are measured by."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import frappe

from sales_wh_flow.approval.store.stand_ins import calendar_of_list
from sales_wh_flow.base import trees
from sales_wh_flow.base.settings import flow_settings
from sales_wh_flow.base.working_time import Calendar
from sales_wh_flow.order.rules.stages import ENDED
from sales_wh_flow.stage_clock.answers import StageStay

_FILTERS = {
	"company": "log.company = %(company)s",
	"stage": "log.stage = %(stage)s",
	"warehouse": f"log.warehouse in {trees.below_sql('Warehouse', '%(warehouse)s')}",
	"sales_order": "log.sales_order = %(sales_order)s",
	"from_date": "log.entered_on >= %(from_date)s",
	"to_date": "log.entered_on < %(to_date)s + interval 1 day",
}


def matching(visible: str, **given: Any) -> list[dict[str, Any]]:
	"""Stays of orders that are there, newest first; ``visible``: the reader's condition on the log."""
	wanted = {name: value for name, value in given.items() if value}
	conditions = ["log.sales_order is not null", "log.stage <> %(ended)s"]
	conditions += [_FILTERS[name] for name in wanted]
	if visible:
		conditions.append(visible.replace("`tabOrder Stage Log`", "log").replace("%", "%%"))
	return frappe.db.sql(
		f"""select log.name, log.sales_order, log.company, log.warehouse, log.stage, log.stage_owner,
			log.delay_of, log.cause, log.entered_on, log.left_on, log.rebuilt
		from `tabOrder Stage Log` log where {" and ".join(conditions)}
		order by log.entered_on desc, log.name""",
		{**wanted, "ended": ENDED.name},
		as_dict=True,
	)


def stays_of_order(order: str) -> list[StageStay]:
	"""An order's stays, in the order of time."""
	return frappe.db.sql(
		"""select stage, stage_owner, delay_of, cause, company, warehouse, entered_on, left_on, rebuilt
		from `tabOrder Stage Log` where sales_order = %s
		order by entered_on, coalesce(left_on, '9999-12-31')""",
		order,
		as_dict=True,
	)


def calendars(rows: Iterable[Any], since: date) -> dict[tuple[str, str], Calendar]:
	"""{(company, warehouse or ""): when they work}: a warehouse's days off, else those of the company. The
	hours are those of the office in the settings.
	"""
	return {
		(company, warehouse): working_calendar(company, warehouse, since)
		for company, warehouse in {(row["company"], row["warehouse"] or "") for row in rows}
	}


def working_calendar(company: str, warehouse: str, since: date) -> Calendar:
	"""The working calendar of a warehouse, "" for the office, with its days off from a day on."""
	own = warehouse and frappe.get_cached_value("Warehouse", warehouse, "swf_holiday_list")
	listed = own or frappe.get_cached_value("Company", company, "default_holiday_list")
	settings = flow_settings()
	return calendar_of_list(listed, settings.approval_office_from, settings.approval_office_to, since)
