"""Rules, return cases and the like that ERPNext 16 discarded are in force, and nobody could change them."""

import frappe


def execute() -> None:
	"""May run again."""
	never_submitted = {"module": "Sales WH Flow", "is_submittable": 0, "issingle": 0}
	never_submitted["istable"] = 0  # a row goes with its parent, which may be ERPNext's
	for doctype in frappe.get_all("DocType", never_submitted, pluck="name"):
		frappe.db.set_value(doctype, {"docstatus": 2}, "docstatus", 0, update_modified=False)
