"""Boxes that a courier can make a label for, and what stands on them."""

import frappe

from tests import factories as make
from tests.couriers import couriers_world as world


def closed_box(courier, item=None, **values):
	customer, place = make.make_customer(), make.make_warehouse()
	links = [{"link_doctype": "Warehouse", "link_name": place}]
	gate = {"address_title": make.unique("Gate"), "address_type": "Warehouse", "address_line1": "Gate 1"}
	frappe.get_doc({"doctype": "Address", **gate, "city": "B", "country": "Germany", "links": links}).insert()
	order = make.make_order(make.line(*[item] if item else [], qty=5, warehouse=place), customer=customer)
	row = order.items[0]
	content = {"sales_order": order.name, "sales_order_item": row.name, "item_code": row.item_code}
	facts = {"warehouse": place, "customer": customer, "ship_to": make.make_address(customer)}
	return world.make_box(
		{**content, "qty_stock": 2}, state="Closed", courier=courier, weighed_kg=2.5, **{**facts, **values}
	)


def on_box(box, *fields):
	return frappe.db.get_value("Order Box", box, fields)
