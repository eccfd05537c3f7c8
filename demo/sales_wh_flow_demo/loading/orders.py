"""Sales Orders as their authors write them: routed drafts that may owe approvals."""

from datetime import timedelta

import frappe
from frappe.utils import getdate

from sales_wh_flow_demo.dataset import Order, OrderLine
from sales_wh_flow_demo.loading.goods import supplier
from sales_wh_flow_demo.loading.records import Records, price_list_of, with_bar


def make(records: Records, orders: tuple[Order, ...]) -> list[str]:
	"""The names of the drafts, one an order, each made by its author; what is there already is kept."""
	user = frappe.session.user
	names = []
	try:
		for order in with_bar("Orders", orders, every=10):
			frappe.set_user(records.author(order.author))
			names.append(write(records, order))
	finally:
		frappe.set_user(user)
	return names


def found(records: Records, order: Order) -> str | None:
	"""The Sales Order of this order: it carries the order's number as the customer's."""
	return frappe.db.get_value(
		"Sales Order", {"company": records.company, "po_no": order.name, "docstatus": ("<", 2)}
	)


def write(records: Records, order: Order) -> str:
	"""The draft of this order. Dated today, since ERPNext counts credit and stock as of now.

	It is due as many days later as the order was; an order that is late was written so much earlier.
	"""
	name = found(records, order)
	if name:
		return name
	lead, late = timedelta(days=max((order.due - order.date).days, 0)), records.days_late(order)
	written = getdate() - lead - timedelta(days=late) if late else getdate()
	due = written + lead
	items = {item.code: item for item in records.data.items}
	doc = frappe.get_doc(
		{
			"doctype": "Sales Order",
			"company": records.company,
			"customer": records.customer(order.customer),
			"po_no": order.name,
			"transaction_date": written,
			"delivery_date": due,
			"currency": order.currency,
			"conversion_rate": order.exchange_rate,
			"selling_price_list": price_list_of(records.company),
			"price_list_currency": records.data.company.currency,
			"plc_conversion_rate": 1,
			"ignore_pricing_rule": 1,
			"swf_courier": order.courier or None,
			"swf_courier_service": order.service or None,
			"swf_special_instructions": order.instructions or None,
			"items": [
				{
					"item_code": line.item,
					"qty": line.qty,
					"uom": line.uom,
					"conversion_factor": items[line.item].factor(line.uom),
					"price_list_rate": line.list_price,
					"rate": line.price,
					"delivery_date": due,
					**_from_where(records, line),
				}
				for line in order.lines
			],
		}
	)
	if records.data.taxes:
		doc.set_missing_lead_customer_details()  # the form adds a Tax Rule's taxes, an insert does not
	doc.insert()
	records.made["Sales Order"] = records.made.get("Sales Order", 0) + 1
	return doc.name


def _from_where(records: Records, line: OrderLine) -> dict:
	"""A warehouse, from which routing goes on, or the supplier who sends the line."""
	if line.is_drop_shipped:
		return {"delivered_by_supplier": 1, "supplier": supplier(records)}
	return {"warehouse": records.warehouse(records.data.warehouses[0].name)}
