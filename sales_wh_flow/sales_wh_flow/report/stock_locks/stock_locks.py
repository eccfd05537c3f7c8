"""Open stock locks: for whom, how old, and when they end; line by line, or summed up."""

from collections import defaultdict
from datetime import timedelta

from frappe import _
from frappe.utils import cint, now_datetime

from sales_wh_flow.order.permissions import orders_visible
from sales_wh_flow.sales_wh_flow.report import pages
from sales_wh_flow.sales_wh_flow.report.columns import column, fit_for_files
from sales_wh_flow.sales_wh_flow.report.filters import asked_for
from sales_wh_flow.stock_lock import expire
from sales_wh_flow.stock_lock.store import holders
from sales_wh_flow.stock_lock.words import reason_words

_AGES = ((1, "0 - 1"), (7, "2 - 7"), (30, "8 - 30"), (90, "31 - 90"))
"""Days at most, and what a group of that age is called."""


def execute(filters=None):
	"""Columns, rows of orders that the user may read, and which of them this page shows."""
	wanted = asked_for(filters)
	start, days = pages.first_row(wanted), cint(wanted.ending_in_days)
	is_all = bool(
		wanted.group_by or days
	)  # what is summed up, or found by when it ends, is known of all only
	rows = holders.open_locks(
		orders_visible(),
		None if is_all else (start, pages.PAGE + 1),
		company=wanted.company,
		item_code=wanted.item_code,
		warehouse=wanted.warehouse,
		customer=wanted.customer,
		older_than_days=cint(wanted.older_than_days),
	)
	said = None if is_all else pages.end_page(rows, start)
	_add_endings(rows)
	if days:
		limit = now_datetime() + timedelta(days=days)
		rows = [row for row in rows if row.ends_on and row.ends_on <= limit]
	if wanted.group_by:
		columns = _sum_columns(wanted.group_by)
		return columns, fit_for_files(columns, _sums(rows, wanted.group_by)), None
	if days:
		rows, said = pages.rows_of_page(rows, start)
	columns = _columns()
	return columns, fit_for_files(columns, rows), said


def _add_endings(rows: list) -> None:
	ends = expire.endings({row.sales_order for row in rows})
	for row in rows:
		ending = ends.get(row.reservation)
		row.ends_on, row.ends_why = (ending.on, reason_words(ending.reason)) if ending else (None, "")


def _columns() -> list[dict]:
	return [
		column("item_code", _("Item"), "Link", "Item", 160),
		column("warehouse", _("Warehouse"), "Link", "Warehouse", 160),
		column("qty_stock", _("Locked"), "Float", width=150),
		column("stock_uom", _("UOM"), "Data", width=70),
		column("sales_order", _("Sales Order"), "Link", "Sales Order", 190),
		column("customer", _("Customer"), "Link", "Customer", 160),
		column("bundle", _("Part of Bundle"), "Link", "Item", 140),
		column("flow_status", _("Flow Status"), "Data", width=130),
		column("locked_on", _("Locked Since"), "Datetime", width=150),
		column("age_days", _("Days"), "Int", width=70),
		column("ends_on", _("Given Back On"), "Datetime", width=150),
		column("ends_why", _("Because"), "Data", width=100),
		column("delivery_date", _("Due"), "Date", width=100),
		column("reservation", _("Entry"), "Link", "Stock Reservation Entry", 160),
	]


_GROUPS = {
	"Order": ("sales_order", "Sales Order"),
	"Customer": ("customer", "Customer"),
	"Item": ("item_code", "Item"),
	"Age": ("age", None),
}


def _sum_columns(group_by: str) -> list[dict]:
	fieldname, doctype = _GROUPS[group_by]
	first = (
		column(fieldname, _(group_by), "Link", doctype, 220)
		if doctype
		else column(fieldname, _("Days"), "Data", width=220)
	)
	return [
		first,
		column("qty_stock", _("Locked"), "Float", width=110),
		column("locks", _("Locks"), "Int", width=90),
		column("orders", _("Orders"), "Int", width=90),
		column("oldest_days", _("Oldest (Days)"), "Int", width=120),
		column("next_end", _("Next Given Back On"), "Datetime", width=170),
	]


def _sums(rows, group_by: str) -> list[dict]:
	"""One row for each group, the most locked first; ages from young to old."""
	fieldname, _doctype = _GROUPS[group_by]
	groups = defaultdict(list)
	for row in rows:
		groups[_age(row.age_days) if group_by == "Age" else row[fieldname]].append(row)
	found = [
		{
			fieldname: key,
			"qty_stock": sum(row.qty_stock for row in members),
			"locks": len(members),
			"orders": len({row.sales_order for row in members}),
			"oldest_days": max(row.age_days for row in members),
			"next_end": min((row.ends_on for row in members if row.ends_on), default=None),
		}
		for key, members in groups.items()
	]
	if group_by == "Age":
		return sorted(found, key=lambda it: it["oldest_days"])
	return sorted(found, key=lambda it: (-it["qty_stock"], it[fieldname]))


def _age(days: int) -> str:
	return next((words for most, words in _AGES if days <= most), "> 90")
