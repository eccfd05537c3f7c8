"""What people type into forms: plain text before anything else looks at it, by whatever road it comes in."""

from functools import cache

import frappe
from frappe import _
from frappe.utils import flt
from frappe.utils.html_utils import is_json, sanitize_html

from sales_wh_flow.base import plain_text
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.setup.custom_fields import CUSTOM_FIELDS
from sales_wh_flow.setup.fields.shared import BY_USER

TEXTS = ("Data", "Small Text", "Text", "Long Text", "Text Editor")
"""Field types that hold what somebody typed. Code is none: it is compiled, and shown as text."""

FIGURES = ("Float", "Currency", "Percent")
"""Field types whose values a caller may send as text; what is no figure is judged where it is used."""


def clean_texts(doc) -> None:
	"""Clean the free texts of a document of the app, and of its rows; figures that came as text are figures.

	Raises: ValidationError for a text that is too long.
	"""
	for row in (doc, *doc.get_all_children()):
		for field, longest in _own(row.doctype):
			value = row.get(field)
			if value and isinstance(value, str):
				row.set(field, _typed(row, field, value, longest))
		for field in _figures(row.doctype):
			if isinstance(row.get(field), str):
				row.set(field, flt(row.get(field)))


def enter_elsewhere(doc) -> None:
	"""Clean the app's own free texts on a document of ERPNext's, and on its rows: no markup.

	What looks like a formula stays: instructions begin with a dash, and no file of the app carries them.
	"""
	for row in (doc, *doc.get_all_children()):
		for field in _added(row.doctype):
			value = row.get(field)
			if value and isinstance(value, str):
				row.set(field, plain_text.without_markup(value))


def enter_markup(doc) -> None:
	"""Clean of script what Frappe does not: texts that are JSON, and all of what comes in submitted.

	What is stored already stays as it is.
	"""
	before = doc.get_doc_before_save()
	known = {(it.doctype, it.name): it for it in (before, *before.get_all_children())} if before else {}
	for row in (doc, *doc.get_all_children()):
		stored = known.get((row.doctype, row.name), {})
		for field, value in tuple(row.__dict__.items()):
			if not (isinstance(value, str) and "<" in value) or stored.get(field) == value:
				continue
			df = row.meta.get_field(field)
			if not df or df.ignore_xss_filter or df.fieldtype in _NO_MARKUP:
				continue
			if (is_coded := is_json(value)) or doc.docstatus.is_submitted():
				row.set(field, sanitize_html(value, always_sanitize=is_coded))


_NO_MARKUP = ("Code", "Attach", "Attach Image", "Barcode")


@cache
def _added(doctype: str) -> tuple[str, ...]:
	return tuple(
		field["fieldname"]
		for field in CUSTOM_FIELDS.get(doctype, ())
		if field.get("filled_by") == BY_USER and field["fieldtype"] in TEXTS
	)


def _own(doctype: str) -> list[tuple[str, int]]:
	"""(field, most characters) of what people type into a DocType of the app."""
	return [
		(df.fieldname, plain_text.LONGEST_LINE if df.fieldtype == "Data" else plain_text.LONGEST)
		for df in frappe.get_meta(doctype).fields
		if df.fieldtype in TEXTS and not df.read_only
	]


def _figures(doctype: str) -> list[str]:
	return [df.fieldname for df in frappe.get_meta(doctype).fields if df.fieldtype in FIGURES]


def _typed(row, field: str, value: str, longest: int) -> str:
	try:
		return plain_text.clean_typed(value, longest)
	except RuleViolation as violation:
		label = _(row.meta.get_label(field))
		frappe.msgprint(_("{0} is too long.").format(frappe.bold(label)), alert=True)
		return refuse(violation)
