"""The rows of a Data Import, one after the other in one process."""

import frappe


def keep_rows_apart() -> None:
	"""A document that goes well leaves no message to the next row that fails, whose log would show it."""
	if frappe.flags.in_import:
		frappe.db.after_commit.add(frappe.clear_messages)
