"""How long a company's orders took, per stage and group of orders: the one table that forecasts rest on."""

from collections.abc import Iterable

import frappe
from frappe.utils import cint, flt, getdate, now

from sales_wh_flow.base import bulk
from sales_wh_flow.base.settings import flow_settings
from sales_wh_flow.base.working_time import Calendar
from sales_wh_flow.order.rules.forecast import Group, LeadTimes, Spread, StageTimes, Table

DOCTYPE = "Stage Duration"
_CACHE = "sales_wh_flow:stage_durations"
_KINDS = ("stay", "sent", "there")
_COLUMNS = tuple(f"{kind}_{figure}" for kind in _KINDS for figure in ("p50", "p90", "orders"))


def table_of(company: str) -> Table:
	"""{(stage, group): times} of a company; one statement, none once it is in the cache."""
	rows = frappe.cache.hget(_CACHE, company, lambda: _read(company)) or ()
	return {(row[0], Group(*row[1:4])): _times(row[4:]) for row in rows}


def write_durations(company: str, table: Table) -> None:
	"""Replace a company's table."""
	names, stamp, user = bulk.new_names(len(table)), now(), frappe.session.user
	rows = [
		(
			*(name, user, stamp, stamp, user, 0, 0, company),
			*(stage, group.warehouse, group.courier, group.item_group),
			*_figures(times),
		)
		for name, ((stage, group), times) in zip(names, table.items(), strict=True)
	]
	frappe.db.sql(f"delete from `tab{DOCTYPE}` where company = %s", company)
	bulk.insert(DOCTYPE, (*_OWN, *_GROUP, *_COLUMNS), rows)
	frappe.db.after_commit.add(forget_durations)


def forget_durations() -> None:
	"""How long stages take is read anew next time."""
	frappe.cache.delete_value(_CACHE)


def lead_times() -> LeadTimes:
	"""The fixed lead times of the settings; no transit there means that nobody knows it."""
	settings = flow_settings()
	return LeadTimes(
		approval=flt(settings.get("lead_approval_days")),
		supply=flt(settings.get("backorder_days")),
		warehouse=flt(settings.get("lead_warehouse_days")),
		transit=flt(settings.get("lead_transit_days")) or None,
	)


def working_days(company: str, warehouse: str) -> Calendar:
	"""Whole days, without the days off of the warehouse, else of the company."""
	own = warehouse and frappe.get_cached_value("Warehouse", warehouse, "swf_holiday_list")
	listed = own or (company and frappe.get_cached_value("Company", company, "default_holiday_list"))
	rows: Iterable = frappe.get_cached_doc("Holiday List", listed).holidays if listed else ()
	return Calendar(holidays=frozenset(getdate(row.holiday_date) for row in rows))


_OWN = ("name", "owner", "creation", "modified", "modified_by", "docstatus", "idx", "company")
_GROUP = ("stage", "warehouse", "courier", "item_group")


def _read(company: str) -> list[tuple]:
	columns = ", ".join(("stage", *(f"coalesce({name}, '')" for name in _GROUP[1:]), *_COLUMNS))
	return [
		tuple(row)
		for row in frappe.db.sql(f"select {columns} from `tab{DOCTYPE}` where company = %s", company)
	]


def _times(figures: tuple) -> StageTimes:
	spreads = []
	for at in range(0, len(figures), 3):
		p50, p90, orders = figures[at : at + 3]
		spreads.append(Spread(flt(p50), flt(p90), cint(orders)) if orders else None)
	return StageTimes(*spreads)


def _figures(times: StageTimes) -> tuple:
	spreads = (times.stay, times.until_sent, times.until_there)
	return tuple(value for one in spreads for value in ((one.p50, one.p90, one.orders) if one else (0, 0, 0)))
