"""What the tests of lock share."""

import frappe

from tests.factories import (
	make_order,
)


def locks_of(order):
	return frappe.get_all(
		"Stock Reservation Entry",
		filters={"voucher_no": order.name, "docstatus": 1},
		fields=["*"],
		order_by="name",
	)


def bin_of(item, warehouse):
	return frappe.db.get_value(
		"Bin",
		{"item_code": item, "warehouse": warehouse},
		["actual_qty", "reserved_qty", "projected_qty", "reserved_stock"],
		as_dict=True,
	)


def status_of(order):
	return frappe.db.get_value("Sales Order", order.name, "swf_flow_status")


def events_of(order):
	return frappe.get_all(
		"Stock Lock Event",
		filters={"sales_order": order.name},
		fields=["event", "qty_stock", "reason", "actor"],
		order_by="happened_on, creation",
	)


def deliver(item, qty, warehouse, **values):
	note = frappe.get_doc(
		{
			"doctype": "Delivery Note",
			"customer": make_order(insert=False).customer,
			"company": frappe.get_cached_value("Warehouse", warehouse, "company"),
			"items": [{"item_code": item, "qty": qty, "warehouse": warehouse, "rate": 100, **values}],
		}
	)
	return note.insert().submit()
