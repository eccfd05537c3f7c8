"""Drafts that ERPNext 16 discarded left their rows drafts, which hold goods for ever. May run again."""

import frappe

from sales_wh_flow.base import bulk
from sales_wh_flow.rows_of_documents import WITH_COUNTED_ROWS


def execute() -> None:
	for doctype in WITH_COUNTED_ROWS:
		if frappe.db.exists("DocType", doctype):
			bulk.cancel_rows_of_cancelled(doctype)
