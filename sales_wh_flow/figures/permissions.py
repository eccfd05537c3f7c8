"""Who is shown a chart of the dashboard: whoever reads what it counts."""

import frappe


def chart_is_readable(doc, ptype: str | None = "read", user: str | None = None, debug: bool = False) -> bool:
	"""Hook has_permission of Dashboard Chart: Frappe shows each to a System Manager, and refuses its figures
	to one who may not read the documents.
	"""
	if ptype != "read" or doc.module != "Sales WH Flow" or not doc.document_type:
		return True
	return bool(frappe.has_permission(doc.document_type, "read", user=user))
