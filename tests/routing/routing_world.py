"""What the tests of routing share."""

from datetime import datetime

import frappe
from frappe.utils import getdate, nowdate

from tests.factories import company, unique

HAMBURG, BERLIN, MUNICH = (53.551086, 9.993682), (52.520008, 13.404954), (48.135125, 11.581981)
MORNING = datetime(2026, 11, 23, 8, 0)
"""A Monday."""


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


def set_costs(rule, **costs):
	"""first={"handling_per_order": 3}: costs of a candidate by its place in the rule."""
	for at, values in costs.items():
		rule.candidates[int(at[1:]) - 1].update(values)
	rule.save()
	return rule


def make_zone(*rates, country="Germany", postcode="", **values):
	return frappe.get_doc(
		{
			"doctype": "Delivery Zone",
			"title": unique("Zone"),
			"areas": [{"in_country": country, "postcode": postcode}],
			"rates": list(rates),
			**values,
		}
	).insert()


def order_from(supplier_item, qty, warehouse, due):
	"""The name of a submitted Purchase Order."""
	supplier = frappe.get_doc({"doctype": "Supplier", "supplier_name": unique("Supplier")}).insert().name
	doc = frappe.get_doc(
		{
			"doctype": "Purchase Order",
			"supplier": supplier,
			"company": company().name,
			"currency": company().currency,
			"schedule_date": due,
			"transaction_date": min(getdate(due), getdate(nowdate())),
			"items": [
				{
					"item_code": supplier_item,
					"qty": qty,
					"rate": 5,
					"warehouse": warehouse,
					"schedule_date": due,
				}
			],
		}
	)
	return doc.insert().submit().name
