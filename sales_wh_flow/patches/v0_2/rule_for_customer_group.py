"""A routing rule's customer group has a name of its own: Frappe fills ``customer_group`` of whatever is new
with the site's default group, and such a rule would be for hardly anybody.

May run again: a rule that has its group keeps it.
"""

import frappe

from sales_wh_flow.routing.store import rules as routing


def execute() -> None:
	if frappe.db.has_column("Warehouse Routing Rule", "customer_group"):
		routing.take_over_customer_groups()
