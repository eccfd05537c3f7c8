"""What came back, as its reader may see it: cases by his rights, rows by his warehouses, money by ledger."""

from collections.abc import Mapping

import frappe

from sales_wh_flow.returns import permissions
from sales_wh_flow.returns.rules import figures as rules
from sales_wh_flow.returns.store import figures as store

_MOST_CASES = 20_000
_FILTERS = ("reason", "item_code", "customer", "courier")


def each_row(wanted: Mapping) -> list[frappe._dict]:
	"""What was received, row by row, the latest first. ``wanted``: company, from_date, to_date and values of
	reason, item_code, customer, courier; empty = any.
	"""
	rows = _rows(wanted)
	for row in rows:
		row.hours = rules.hours_to_decision(row.received_on, row.decided_on)
		row.update(rules.value_by_decision(row))
		row.pop("value")
		_hide_money(row)
	return rows


def summed_up(wanted: Mapping, field: str) -> list[frappe._dict]:
	"""What was received, summed up by one of these fields; see ``rules.figures.sums``."""
	found = [frappe._dict(it) for it in rules.sums(_rows(wanted), field)]
	for row in found:
		_hide_money(row)
	return found


def may_read_stock_values() -> bool:
	"""Whether the session's user may see what returned goods are worth."""
	return bool(frappe.has_permission("Stock Ledger Entry", "read"))


def may_read_credits() -> bool:
	"""Whether the session's user may see what was credited."""
	return bool(frappe.has_permission("Sales Invoice", "read"))


def _rows(wanted: Mapping) -> list[frappe._dict]:
	filters = [["state", "!=", "Cancelled"]]
	if wanted.get("company"):
		filters.append(["company", "=", wanted["company"]])
	if wanted.get("from_date"):
		filters.append(["announced_on", ">=", wanted["from_date"]])
	if wanted.get("to_date"):
		filters.append(["announced_on", "<=", wanted["to_date"]])
	cases = frappe.get_list(
		"Return Case",
		filters=filters,
		pluck="name",
		order_by="announced_on desc, name desc",
		limit_page_length=_MOST_CASES,
	)
	return [row for row in store.rows_of_cases(cases) if _is_wanted(row, wanted) and _is_seen(row)]


def _is_wanted(row: Mapping, wanted: Mapping) -> bool:
	return all(wanted.get(field) in (None, "", row[field]) for field in _FILTERS)


def _is_seen(row: Mapping) -> bool:
	"""Of a case that is about other warehouses, too, only what is about one's own."""
	mine = permissions.permitted_warehouses()
	return not mine or bool({row["from_warehouse"], row["warehouse"]} & mine)


def _hide_money(row: dict) -> None:
	"""Figures that have no column are not in the answer either."""
	if not may_read_stock_values():
		for field in rules.VALUES:
			row.pop(field, None)
	if not may_read_credits():
		row.pop("credited", None)
