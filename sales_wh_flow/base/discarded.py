"""Drafts that somebody ends with *Discard*, which ERPNext 16 has beside *Delete*.

Its form offers that for documents that are submitted; its endpoint takes any, and rows alone.
"""

import frappe
from frappe import _

from sales_wh_flow.base import bulk
from sales_wh_flow.base.part_of_parent import refuse_alone
from sales_wh_flow.base.settings import any_on

_OURS = "Sales WH Flow"


def check_is_a_draft(doc) -> None:
	"""Raises: PermissionError for a row of a document that is submitted, and for documents of the app: they
	are in force from their first save, and would be in force for ever, as nobody can change them any more.
	"""
	is_ours = doc.meta.module == _OURS
	if doc.meta.istable:
		if is_ours or (any_on() and frappe.get_meta(doc.parenttype).is_submittable):
			refuse_alone(doc)
	elif is_ours and not doc.meta.is_submittable:
		frappe.throw(
			_("{0} {1} is no draft, so it can't be discarded. Change or delete it instead.").format(
				_(doc.doctype), frappe.bold(frappe.utils.escape_html(str(doc.name)))
			),
			frappe.PermissionError,
			title=_("Not a Draft"),
		)


def end_rows(doc) -> None:
	"""Frappe leaves the rows drafts: whoever counts rows of drafts would count them for ever."""
	bulk.cancel_rows_of_cancelled(doc.doctype, doc.name)
	for row in doc.get_all_children():
		row.docstatus = doc.docstatus
