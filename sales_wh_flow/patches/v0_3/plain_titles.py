"""Titles and other texts that forms took as they came: Frappe's own lists draw them as HTML."""

import frappe

from sales_wh_flow.base.typed_texts import TEXTS
from sales_wh_flow.patches.v0_2 import plain_texts


def execute() -> None:
	"""Safe to run twice: what is clean is not found again."""
	for doctype in frappe.get_all("DocType", {"module": "Sales WH Flow", "issingle": 0}, pluck="name"):
		for df in frappe.get_meta(doctype).fields:
			if df.fieldtype in TEXTS and frappe.db.has_column(doctype, df.fieldname):
				plain_texts.clean(doctype, df.fieldname)
