"""Warehouses that ERPNext knows to hold rejected goods, or goods in transit, promise nothing."""

import frappe


def execute() -> None:
	"""Runs once; what an admin ticks later stays. Rules keep the ways they had."""
	for filters in ({"is_rejected_warehouse": 1}, {"warehouse_type": "Transit"}):
		if frappe.db.has_column("Warehouse", next(iter(filters))):
			frappe.db.set_value("Warehouse", filters, "swf_is_sellable", 0, update_modified=False)
	for field, value in (("strategy", "By Rank"), ("ship_complete", "What Is There")):
		frappe.db.set_value(
			"Warehouse Routing Rule", {field: ("is", "not set")}, field, value, update_modified=False
		)
