"""Keys of one column alone went as soon as an admin added a field to Pick List Item. May run again."""

import frappe

from sales_wh_flow.setup import custom_fields

PICKED = "Pick List Item"


def execute() -> None:
	for doctype, columns, name in custom_fields.INDEXES:
		if doctype != PICKED:
			continue
		if frappe.db.has_index(f"tab{doctype}", name):
			frappe.db.commit()  # DDL commits by itself; Frappe refuses it while writes are pending
			frappe.db.sql_ddl(f"alter table `tab{doctype}` drop index `{name}`")
		frappe.db.add_index(doctype, list(columns), name)
