"""Policies, invoices and payments for tests of billing."""

import frappe
from frappe.utils import nowdate

from sales_wh_flow.dispatch import deliver
from tests.factories import company, line, make_customer, make_order, make_warehouse, stocked, unique


def make_billing_policy(moment="On Dispatch", **values):
	"""An enabled Billing Policy for a customer group of its own, unless told otherwise."""
	doc = {
		"doctype": "Billing Policy",
		"title": unique("Billing"),
		"company": "",
		"customer_group": "",
		"moment": moment,
		"draft_by_itself": 1,
		**values,
	}
	return frappe.get_doc(doc).insert(ignore_permissions=True)


def shipped_order(qty=4, left=0, customer=None, **values):
	"""A submitted order over ``qty`` of one item, of which ``left`` have left with a note."""
	warehouse = make_warehouse()
	item = stocked(qty, warehouse)
	order = make_order(
		line(item, qty=qty, warehouse=warehouse),
		*values.pop("lines", ()),
		submit=True,
		customer=customer or make_customer(),
		**values,
	)
	if left:
		ship(order, left)
	return order


def ship(order, qty=None, **values):
	"""A submitted Delivery Note for so much of the order's first row, or for all of it."""
	from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note

	note = make_delivery_note(order.name)
	if qty:
		note.items[0].qty = qty
	note.update(values)
	return note.insert().submit()


def confirm(note):
	"""The customer has the goods."""
	deliver.confirm_delivery(note.reload())
	return note


def invoice_of(order, qty=None, submit=True, **values):
	"""ERPNext's own invoice of the order, of so much of its first row."""
	from erpnext.selling.doctype.sales_order.sales_order import make_sales_invoice

	doc = make_sales_invoice(order.name)
	if qty:
		doc.items[0].qty = qty
	doc.update(values)
	doc.insert()
	return doc.submit() if submit else doc


def pay(invoice, amount=None):
	"""A submitted Payment Entry for so much of an invoice, or all that is open of it."""
	from erpnext.accounts.doctype.payment_entry.payment_entry import get_payment_entry

	doc = get_payment_entry("Sales Invoice", invoice.name)
	if amount:
		doc.paid_amount = doc.received_amount = doc.references[0].allocated_amount = amount
	doc.update({"reference_no": unique("Bank"), "reference_date": nowdate()})
	return doc.insert().submit()


def pay_ahead(order, amount, **values):
	"""A submitted Payment Entry for so much of an order."""
	from erpnext.accounts.doctype.payment_entry.payment_entry import get_payment_entry

	doc = get_payment_entry("Sales Order", order.name)
	doc.paid_amount = doc.received_amount = doc.references[0].allocated_amount = amount
	doc.update({"reference_no": unique("Bank"), "reference_date": nowdate(), **values})
	return doc.insert().submit()


def promise(order, promised_on, **values):
	doc = {
		"doctype": "Payment Promise",
		"sales_order": order.name,
		"promised_on": promised_on,
		"promised_by": "The buyer",
		**values,
	}
	return frappe.get_doc(doc).insert()


def money(order):
	"""What is kept of an order's money."""
	return frappe.get_doc("Order Money", order.name)


def drafts_of(order):
	rows = frappe.get_all(
		"Sales Invoice Item", {"sales_order": order.name, "docstatus": 0}, ["parent", "qty", "dn_detail"]
	)
	return sorted((row.parent, row.qty, bool(row.dn_detail)) for row in rows)


def own_company() -> str:
	return company().name
