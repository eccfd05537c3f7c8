"""Drafts that somebody ends with *Discard*, which ERPNext 16 has beside *Delete*."""

from sales_wh_flow.base import bulk


def end_rows(doc) -> None:
	"""Frappe leaves the rows drafts: whoever counts rows of drafts would count them for ever."""
	bulk.cancel_rows_of_cancelled(doc.doctype, doc.name)
	for row in doc.get_all_children():
		row.docstatus = doc.docstatus
