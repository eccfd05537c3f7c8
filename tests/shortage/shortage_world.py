"""What the tests of shortage share."""

import frappe

from sales_wh_flow.base.said import worded
from sales_wh_flow.shortage import api as shortage_api
from tests.factories import (
	line,
	make_order,
	make_warehouse,
	stocked,
)


def request_rows(name):
	doc = frappe.get_doc("Material Request", name)
	return [(row.item_code, row.qty, row.warehouse, row.from_warehouse) for row in doc.items]


def held(order):
	rows = frappe.get_all("Stock Reservation Entry", {"voucher_no": order, "docstatus": 1}, ["*"])
	return sum(row.reserved_qty - row.delivered_qty for row in rows)


def deeds(order):
	return frappe.get_all(
		"Shortage Action", {"sales_order": order}, ["action", "qty_stock", "reference_name", "actor"]
	)


def take(order, row, item, rule="Keep the Old Price", by="Maria Lopez", how="by telephone"):
	return shortage_api.take_substitute(order.name, row, item, rule, by, how)


def set_policies(*rows):
	settings = frappe.get_doc("Sales Flow Settings")
	settings.set("shortage_policies", [])
	for row in rows:
		settings.append("shortage_policies", row)
	settings.save()


def comments(order):
	rows = frappe.get_all("Comment", {"reference_name": order, "comment_type": "Info"}, ["content"])
	return " ".join(worded(row.content) for row in rows)


def alternative(item, other, two_way=0):
	doc = {"doctype": "Item Alternative", "item_code": item, "alternative_item_code": other}
	frappe.get_doc({**doc, "two_way": two_way}).insert()


def with_substitute(submit=True, there=3, two_way=0, **item):
	"""An order over 8 of an item with ``there`` in stock, whose substitute has 20 in stock."""
	warehouse = make_warehouse()
	old = stocked(there, warehouse, allow_alternative_item=1)
	new = stocked(20, warehouse, allow_alternative_item=1, **item)
	alternative(old, new, two_way)
	order = make_order(line(old, qty=8, warehouse=warehouse), submit=submit)
	return order, old, new, warehouse


def short_order(ordered=8, there=3, submit=True, **values):
	"""A submitted order over ``ordered`` of an item of which ``there`` are in stock."""
	warehouse = values.pop("warehouse", None) or make_warehouse()
	item = stocked(there, warehouse, **values.pop("item", {}))
	return make_order(line(item, qty=ordered, warehouse=warehouse), submit=submit, **values)
