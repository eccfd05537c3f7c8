"""Who is shown a chart of the dashboard: whoever reads what it counts."""

import frappe

from sales_wh_flow.base.compat import NO_OPINION


def chart_is_readable(doc, ptype: str | None = "read", user: str | None = None, debug: bool = False):
	"""Hook has_permission of Dashboard Chart: Frappe shows each to a System Manager, and refuses its figures
	to one who may not read the documents. Frappe's own answer stands for everything else.
	"""
	if ptype != "read" or doc.module != "Sales WH Flow" or not doc.document_type:
		return NO_OPINION
	return NO_OPINION if frappe.has_permission(doc.document_type, "read", user=user) else False
