"""Reasons that were stored as English sentences become codes with their values; what people typed stays.

What is not known stays as it was written: it reads as it did. Safe to run twice and to be stopped: each batch
is committed, and a code is not looked at again.
"""

from collections.abc import Callable, Iterator

import frappe
from frappe.utils import flt

from sales_wh_flow.approval import request as approval_request
from sales_wh_flow.approval import sayings
from sales_wh_flow.approval.store import requests
from sales_wh_flow.approval.words import kept
from sales_wh_flow.base import bulk, said
from sales_wh_flow.base.plain_text import is_coded
from sales_wh_flow.setup import former_sentences as known

_BATCH = 1000


def execute() -> None:
	language, frappe.local.lang = frappe.local.lang, "en"
	try:
		_rewrite("Stock Lock Event", "reason", lambda row: known.of_lock_event(row.reason))
		_rewrite("Sales Order Item", "swf_route_reason", lambda row: known.of_row(row.swf_route_reason))
		_rewrite("Order Approval", "reason", _of_approval, "criterion", "measured", "allowed", "unit")
		_rewrite("Order Approval", "condition_text", _of_condition, "condition_kind", "condition_value")
		_rewrite("Order Approval Decision", "comment", _of_decision)
		_name_who_is_asked()
	finally:
		frappe.local.lang = language


def _of_approval(row) -> said.Kept | None:
	return known.of_approval(row.reason, row.criterion, flt(row.measured), flt(row.allowed), row.unit or "")


def _of_condition(row) -> said.Kept | None:
	if not row.condition_kind:
		return None
	return said.keep(sayings.condition, kind=row.condition_kind, value=flt(row.condition_value))


def _of_decision(row) -> said.Kept | None:
	before = row.comment.removeprefix("Before: ")
	return said.keep(sayings.was_asked, who=before) if before != row.comment else None


def _name_who_is_asked() -> None:
	"""Of what is open; nobody is asked about the rest."""
	if not frappe.db.has_column("Order Approval", "waits_for"):
		return
	for name in frappe.get_all("Order Approval", {"state": "Open", "waits_for": ("!=", "")}, pluck="name"):
		request = frappe.get_doc(requests.DOCTYPE, name)
		if not is_coded(request.waits_for) and frappe.db.exists("Sales Order", request.sales_order):
			order = frappe.get_doc("Sales Order", request.sales_order)
			who = kept.asked_now(approval_request.asking(order, request).able)
			frappe.db.set_value(requests.DOCTYPE, name, "waits_for", who, update_modified=False)


def _rewrite(doctype: str, field: str, coded: Callable, *more: str) -> None:
	if not (frappe.db.table_exists(doctype) and frappe.db.has_column(doctype, field)):
		return
	for rows in _batches(doctype, field, more):
		found = {row.name: coded(row) for row in rows if not is_coded(row[field])}
		bulk.set_each(doctype, field, {name: text for name, text in found.items() if text})
		frappe.db.commit()  # a batch is done: what comes after may be stopped


def _batches(doctype: str, field: str, more: tuple[str, ...]) -> Iterator[list]:
	after, rows = "", [None] * _BATCH
	while len(rows) == _BATCH:
		filters = {"name": (">", after), field: ("is", "set")}
		rows = frappe.get_all(doctype, filters, ["name", field, *more], order_by="name", limit=_BATCH)
		if rows:
			yield rows
			after = rows[-1].name
