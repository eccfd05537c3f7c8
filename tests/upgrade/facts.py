"""What is on a site after an upgrade as it was before: orders, locks, approvals, work in the warehouse."""

import frappe

OPEN = {"docstatus": 1}


def table(doctype, fields, **filters):
	rows = frappe.get_all(doctype, filters=filters, fields=["name", *fields], order_by="name")
	return {row.pop("name"): row for row in rows}


def now() -> dict[str, dict]:
	"""{what: {name: its figures}}."""
	held = ["voucher_no", "item_code", "warehouse", "reserved_qty", "delivered_qty", "status"]
	return {
		"orders": table("Sales Order", ["docstatus", "status", "swf_flow_status", "per_delivered"]),
		"lines": table("Sales Order Item", ["parent", "qty", "delivered_qty", "warehouse", "reserve_stock"]),
		"locks": table("Stock Reservation Entry", held, **OPEN),
		"batches of locks": table("Serial and Batch Entry", ["batch_no", "qty", "delivered_qty"], **OPEN),
		"bins": table("Bin", ["actual_qty", "reserved_stock", "reserved_qty"]),
		"lock events": table("Stock Lock Event", ["sales_order", "item_code"]),
		"approvals": table("Order Approval", ["sales_order", "state"]),
		"gates": table("Order Gate", ["sales_order", "passed", "owed"]),
		"rules": table("Order Approval Rule", ["enabled", "criterion", "threshold"]),
		"pick lists": table("Pick List", ["docstatus"]),
		"rows to pick": table("Pick List Item", ["parent", "sales_order_item", "qty", "picked_qty"]),
		"deliveries": table("Delivery Note", ["docstatus", "status"]),
	}
