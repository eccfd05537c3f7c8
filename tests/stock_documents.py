"""Drafts of documents that move stock, as their forms would make them."""

import frappe
from frappe.utils import nowdate

from erpnext.buying.doctype.purchase_order.purchase_order import update_status

from tests.factories import company, make_customer, make_item, make_warehouse, unique


def new_doc(doctype, **values):
	return frappe.get_doc({"doctype": doctype, "company": company().name, **values})


def delivery(item, qty, warehouse, **row):
	row = {"item_code": item, "qty": qty, "warehouse": warehouse, "rate": 100, **row}
	return new_doc("Delivery Note", customer=make_customer(), items=[row])


def invoice(item, qty, warehouse):
	row = {"item_code": item, "qty": qty, "warehouse": warehouse, "rate": 100}
	return new_doc("Sales Invoice", customer=make_customer(), update_stock=1, items=[row])


def purchase(doctype, item, qty, warehouse, **values):
	row = {"item_code": item, "qty": qty, "received_qty": qty, "rate": 10, "warehouse": warehouse}
	return new_doc(doctype, supplier=supplier(), items=[row], **values)


def supplier():
	group = frappe.db.get_value("Supplier Group", {"is_group": 0}, order_by="lft")
	doc = new_doc("Supplier", supplier_name=unique("Supplier"), supplier_group=group)
	return doc.insert().name


def supplier_delivers(order, row):
	"""The supplier has sent a row of an order to its customer."""
	values = {"item_code": row.item_code, "qty": row.qty, "rate": 10, "schedule_date": nowdate()}
	links = {"sales_order": order.name, "sales_order_item": row.name, "delivered_by_supplier": 1}
	bought = new_doc(
		"Purchase Order", supplier=row.supplier, customer=order.customer, items=[{**values, **links}]
	)
	update_status("Delivered", bought.insert().submit().name)


def counted(item, warehouse, qty):
	"""A Stock Reconciliation: so much was found."""
	row = {"item_code": item, "warehouse": warehouse, "qty": qty, "valuation_rate": 10}
	return new_doc("Stock Reconciliation", purpose="Stock Reconciliation", items=[row])


def bill_of_materials(made, item, qty=1):
	doc = new_doc(
		"BOM",
		item=made,
		quantity=1,
		currency=company().currency,
		with_operations=0,
		items=[{"item_code": item, "qty": qty, "rate": 10}],
	)
	return doc.insert().submit().name


def subcontracting_receipt(item, qty, warehouse):
	"""What a supplier made of the material that lies in ``warehouse`` comes in; the material is used up."""
	from erpnext.buying.doctype.purchase_order.purchase_order import make_subcontracting_order
	from erpnext.subcontracting.doctype.subcontracting_order.subcontracting_order import (
		make_subcontracting_receipt,
	)

	made, work = make_item(is_sub_contracted_item=1), make_item(is_stock_item=0)
	bill_of_materials(made, item, qty)
	into = make_warehouse()
	ordered = new_doc(
		"Purchase Order",
		supplier=supplier(),
		is_subcontracted=1,
		supplier_warehouse=warehouse,
		schedule_date=nowdate(),
		items=[
			{"item_code": work, "qty": 1, "rate": 5, "fg_item": made, "fg_item_qty": 1, "warehouse": into}
		],
	)
	ordered.insert().submit()
	order = make_subcontracting_order(ordered.name)
	order.supplier_warehouse, order.set_warehouse = warehouse, into
	for row in order.items:
		row.warehouse = into
	order.insert()
	for row in order.supplied_items:
		row.reserve_warehouse = into
	order.save().submit()
	return make_subcontracting_receipt(order.name)
