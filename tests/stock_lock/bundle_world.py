"""What the tests of bundle locks share."""

import frappe


def locked(order):
	rows = frappe.get_all(
		"Stock Reservation Entry",
		{"voucher_no": order.name, "docstatus": 1, "status": ("!=", "Delivered")},
		["item_code", "reserved_qty", "delivered_qty", "status"],
		order_by="name",
	)
	held = {}
	for row in rows:
		held[row.item_code] = held.get(row.item_code, 0) + row.reserved_qty - row.delivered_qty
	return held


def written(item, warehouse):
	return frappe.db.get_value("Bin", {"item_code": item, "warehouse": warehouse}, "reserved_stock")


def delivery_of(order, qty=None):
	from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note

	note = make_delivery_note(order.name)
	if qty:
		note.items[0].qty = qty
	return note.insert()


def events_sum(order):
	rows = frappe.get_all("Stock Lock Event", {"sales_order": order.name}, ["item_code", "qty_stock"])
	sums = {}
	for row in rows:
		sums[row.item_code] = sums.get(row.item_code, 0) + row.qty_stock
	return sums


def _names(order):
	return frappe.get_all(
		"Stock Reservation Entry", {"voucher_no": order.name}, pluck="name", order_by="name"
	)
