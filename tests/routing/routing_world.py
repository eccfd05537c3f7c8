"""What the tests of routing share."""

import frappe


def rows(doc):
	return [(row.warehouse, row.qty) for row in doc.items]


def stored(doc):
	"""The order's rows as the database has them, by position."""
	found = frappe.get_all(
		"Sales Order Item",
		filters={"parent": doc.name},
		fields=[
			"name",
			"idx",
			"item_code",
			"warehouse",
			"qty",
			"stock_qty",
			"rate",
			"amount",
			"docstatus",
			"swf_route_group",
			"swf_route_reason",
			"parentfield",
			"parenttype",
			"owner",
		],
		order_by="idx",
	)
	return [tuple(row.values()) for row in found]
