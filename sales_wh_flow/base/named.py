"""A refusal names a document only to who may read it."""

from collections.abc import Iterable, Mapping

import frappe
from frappe import _

DOCUMENTS: Mapping[str, str] = {
	"approval": "Order Approval",
	"bills": "Sales Invoice",
	"box": "Order Box",
	"boxes": "Order Box",
	"case": "Return Case",
	"cases": "Return Case",
	"customer": "Customer",
	"entry": "Stock Reservation Entry",
	"entries": "Stock Reservation Entry",
	"handover": "Courier Handover",
	"invoice": "Sales Invoice",
	"lists": "Pick List",
	"note": "Delivery Note",
	"notes": "Delivery Note",
	"order": "Sales Order",
	"orders": "Sales Order",
	"pallet": "Order Box",
	"payment": "Payment Entry",
	"payments": "Payment Entry",
	"pick_list": "Pick List",
	"proof": "Delivery Proof",
	"quotation": "Quotation",
	"shipment": "Shipment",
}
"""What a fact of a refusal is the name of. ``name`` beside ``doctype`` is the name of one of those; a fact
about documents of several kinds is made of (doctype, name).
"""


def shown_to_reader(data: Mapping[str, object]) -> dict[str, object]:
	"""The facts of a refusal as the session's user may read them: names of documents that are there, and that
	the user may not read, are put out of sight. What is the name of nothing is what somebody typed.
	"""
	sees_all = not getattr(frappe.local, "db", None) or frappe.session.user == "Administrator"
	found = {key: _of_kinds(value, sees_all) for key, value in data.items()}
	return found if sees_all else {key: _shown(_doctype_of(key, data), it) for key, it in found.items()}


def _of_kinds(value, sees_all: bool):
	"""The names of documents of several kinds, given as (doctype, name); another value as it is."""
	if not isinstance(value, tuple) or not value or not all(isinstance(it, tuple) for it in value):
		return value
	seen = [name for doctype, name in value if sees_all or not _hidden(doctype, [name])]
	return seen if len(seen) == len(value) else [*seen, _("(hidden from you)")]


def _doctype_of(key: str, data: Mapping[str, object]) -> str | None:
	kind = data.get("doctype") if key == "name" else DOCUMENTS.get(key)
	return kind if isinstance(kind, str) else None


def _shown(doctype: str | None, value):
	names = [value] if isinstance(value, str) else value
	if not doctype or not isinstance(names, list | tuple) or not all(isinstance(it, str) for it in names):
		return value
	hidden = _hidden(doctype, names)
	if not hidden:
		return value
	seen = [it for it in names if it not in hidden]
	return [*seen, _("(hidden from you)")] if seen else _("(hidden from you)")


def _hidden(doctype: str, names: Iterable[str]) -> set[str]:
	these = {"name": ("in", tuple(names) or ("",))}
	there = set(frappe.get_all(doctype, these, pluck="name"))
	if there and frappe.has_permission(doctype, "read"):
		there -= set(frappe.get_list(doctype, these, pluck="name", limit_page_length=0))
	return there
