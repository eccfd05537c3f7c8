"""Committed drafts of ERPNext's documents, for races to submit."""

from functools import cache

import frappe

from tests import factories, stock_documents
from tests.racing.world import customer, insert_committed, warehouse


@cache
def supplier() -> str:
	name = stock_documents.supplier()
	frappe.db.commit()
	return name


def draft_delivery(item: str, qty: float, **lot) -> str:
	"""A draft Delivery Note that belongs to no order; ``lot``: batch_no or serial_no."""
	return insert_committed(
		{
			"doctype": "Delivery Note",
			"company": factories.company().name,
			"customer": customer(),
			"items": [
				{
					"item_code": item,
					"qty": qty,
					"rate": factories.PRICE,
					"warehouse": warehouse(),
					"use_serial_batch_fields": int(bool(lot)),
					**lot,
				}
			],
		}
	)


def draft_delivery_of(order: str, qty: float | None = None) -> str:
	"""A draft Delivery Note of all that an order still has to get, or of ``qty`` a line, as its form makes
	it.
	"""
	from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note

	note = make_delivery_note(order)
	for row in note.items if qty else ():
		row.qty = qty
	name = note.insert().name
	frappe.db.commit()
	return name


def draft_invoice(item: str, qty: float) -> str:
	"""A draft Sales Invoice that takes its goods from stock."""
	return insert_committed(
		{
			"doctype": "Sales Invoice",
			"company": factories.company().name,
			"customer": customer(),
			"update_stock": 1,
			"items": [{"item_code": item, "qty": qty, "rate": factories.PRICE, "warehouse": warehouse()}],
		}
	)


def draft_stock_entry(item: str, qty: float, purpose: str = "Material Issue") -> str:
	field = "t_warehouse" if purpose == "Material Receipt" else "s_warehouse"
	return insert_committed(
		{
			"doctype": "Stock Entry",
			"stock_entry_type": purpose,
			"purpose": purpose,
			"company": factories.company().name,
			"items": [{"item_code": item, "qty": qty, field: warehouse(), "basic_rate": 10}],
		}
	)


def draft_reconciliation(item: str, qty: float) -> str:
	"""A draft that says ``qty`` was counted."""
	return insert_committed(
		{
			"doctype": "Stock Reconciliation",
			"purpose": "Stock Reconciliation",
			"company": factories.company().name,
			"items": [{"item_code": item, "warehouse": warehouse(), "qty": qty, "valuation_rate": 10}],
		}
	)


def draft_purchase_order(items: list[str], qty: float = 5) -> str:
	return insert_committed(
		{
			"doctype": "Purchase Order",
			"company": factories.company().name,
			"supplier": supplier(),
			"schedule_date": frappe.utils.add_days(frappe.utils.nowdate(), 7),
			"items": [
				{"item_code": item, "qty": qty, "rate": 10, "warehouse": warehouse()} for item in items
			],
		}
	)


def draft_receipt_for(order: str, qty: float) -> str:
	"""A draft Purchase Receipt of what was bought for an order's first line."""
	from erpnext.buying.doctype.purchase_order.purchase_order import make_purchase_receipt

	row = frappe.db.get_value(
		"Sales Order Item", {"parent": order, "idx": 1}, ["name", "item_code"], as_dict=True
	)
	bought = frappe.get_doc("Purchase Order", draft_purchase_order([row.item_code], qty))
	bought.items[0].update({"sales_order": order, "sales_order_item": row.name})
	bought.save().submit()
	name = make_purchase_receipt(bought.name).insert().name
	frappe.db.commit()
	return name


def draft_material_request(items: list[str], qty: float = 5) -> str:
	date = frappe.utils.add_days(frappe.utils.nowdate(), 7)
	return insert_committed(
		{
			"doctype": "Material Request",
			"material_request_type": "Purchase",
			"company": factories.company().name,
			"schedule_date": date,
			"items": [
				{"item_code": item, "qty": qty, "warehouse": warehouse(), "schedule_date": date}
				for item in items
			],
		}
	)
