"""A routing rule's customer group has a name of its own: Frappe fills ``customer_group`` of whatever is new
with the site's default group, and such a rule would be for hardly anybody.

May run again: a rule that has its group keeps it.
"""

import frappe
from frappe.model.utils.rename_field import rename_field

DOCTYPE, OLD, NEW = "Warehouse Routing Rule", "customer_group", "of_customer_group"


def execute() -> None:
	if frappe.db.has_column(DOCTYPE, OLD) and not frappe.db.exists(DOCTYPE, {NEW: ("is", "set")}):
		rename_field(DOCTYPE, OLD, NEW)
