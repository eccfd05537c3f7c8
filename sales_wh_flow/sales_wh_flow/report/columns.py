"""How a report names its columns, and what of its texts and figures may reach a spreadsheet."""

from collections.abc import Callable
from functools import cache

import frappe
from frappe.utils import flt

from sales_wh_flow.base.plain_text import without_formula

WHOLE_ID = 185
"""Pixels in which an ID such as SAL-ORD-2026-00012-1 is read whole."""
_ON_SCREEN = "frappe.desk.query_report.run"


def column(fieldname: str, label: str, fieldtype: str, options: str | None = None, width: int = 120) -> dict:
	"""One column of a script report, as Frappe's data table takes it. Unit: ``width`` in pixels.

	A link to what the reader may not read is shown as plain words: Frappe refuses the whole report for it.
	"""
	if fieldtype == "Link":
		width = max(width, WHOLE_ID)
	if fieldtype == "Link" and not _may_follow(options):
		fieldtype, options = "Data", None
	return {
		"fieldname": fieldname,
		"label": label,
		"fieldtype": fieldtype,
		"options": options,
		"width": width,
	}


def _may_follow(doctype: str) -> bool:
	return any(frappe.has_permission(doctype, right) for right in ("read", "select"))


def fit_for_files(columns: list[dict], rows: list[dict]) -> list[dict]:
	"""The rows as they may stand in a CSV or Excel file, an e-mailed one too: no text is a formula, and no
	number has more decimals than the screen shows of it.

	On the screen all stays as it is: links lead by names, and the desk itself rounds what it draws.
	"""
	if frappe.form_dict.get("cmd") == _ON_SCREEN:
		return rows
	shown = {it["fieldname"]: frappe._dict(it) for it in columns}
	decimals = cache(lambda like, currency: frappe.get_precision("Sales Order", like, currency=currency))
	return [
		frappe._dict((key, _in_file(value, shown.get(key), row, decimals)) for key, value in row.items())
		for row in rows
	]


def _in_file(value, shown: dict | None, row: dict, decimals: Callable[[str, str | None], int]):
	if isinstance(value, str):
		return without_formula(value)
	if isinstance(value, float) and shown:
		like = "grand_total" if shown.fieldtype == "Currency" else "total_qty"
		return flt(value, decimals(like, row.get(shown.options)))
	return value
