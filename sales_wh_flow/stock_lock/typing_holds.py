"""Typing holds: the form of a draft shows what is free and what others are typing for the same stock."""

import frappe
from frappe.utils import cint, flt

from sales_wh_flow.base.settings import STOCK_LOCK, flow_settings, is_on
from sales_wh_flow.order.permissions import readable_warehouses
from sales_wh_flow.stock_lock.answers import TypedByOthers
from sales_wh_flow.stock_lock.store import free_stock, typing_holds

MOST_ROWS = 300
"""Rows of one form that are told."""


def are_on() -> bool:
	"""Whether people see what others are typing; off unless the settings say so."""
	return is_on(STOCK_LOCK) and bool(cint(flow_settings().get("typing_holds")))


def exchange(form: str, rows: list[dict]) -> list[TypedByOthers]:
	"""Tell what this user's form asks for, and hear what others ask: quantities only, no names. Those pairs
	that others type as well; empty while the setting is off.

	``rows``: [{"item_code", "warehouse", "qty"}], ``qty`` in stock UOM.
	"""
	if not are_on():
		return []
	mine = f"{frappe.session.user}:{form}"
	asked = [_row(row) for row in rows[:MOST_ROWS] if row.get("item_code") and row.get("warehouse")]
	typing_holds.tell(mine, [row for row in asked if row[2] > 0])
	typed = typing_holds.others(mine)
	allowed = readable_warehouses({warehouse for _item, warehouse, _qty in asked})
	pairs = sorted(
		{(item, place) for item, place, _qty in asked if place in allowed and (item, place) in typed}
	)
	free = free_stock.free_of_bins(pairs) if pairs else {}
	return [
		{
			"item_code": item,
			"warehouse": place,
			"free": free[item, place],
			"typed_by_others": typed[item, place],
		}
		for item, place in pairs
	]


def _row(row: dict) -> tuple[str, str, float]:
	return str(row["item_code"]), str(row["warehouse"]), flt(row.get("qty"))
