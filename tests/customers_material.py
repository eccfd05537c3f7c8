"""Work on a customer's material, by ERPNext 16's Subcontracting Inward Order."""

import pytest

import frappe

from erpnext.manufacturing.doctype.work_order.work_order import make_stock_entry
from erpnext.selling.doctype.sales_order import sales_order

from tests import factories as make
from tests.stock_documents import bill_of_materials

needs_inward_orders = pytest.mark.skipif(
	not hasattr(sales_order, "make_subcontracting_inward_order"),
	reason="this ERPNext works on no customer's material",
)


def order_of_work(goods: int = 1, **material):
	"""A submitted order of work on five pieces of each good, made of ten that the customer sends."""
	customer = make.make_customer()
	sent = make.make_item(
		is_customer_provided_item=1,
		customer=customer,
		is_purchase_item=0,
		default_material_request_type="Customer Provided",
		valuation_rate=0,
		**material,
	)
	works = []
	for _ in range(goods):
		made = make.make_item(is_sub_contracted_item=1)
		bill_of_materials(made, sent, 2)
		works.append(make.line(make.make_item(is_stock_item=0), qty=5, fg_item=made, fg_item_qty=5))
	return make.make_order(*works, customer=customer, is_subcontracted=1, submit=True)


def inward_order(order):
	"""The draft of its Subcontracting Inward Order."""
	doc = sales_order.make_subcontracting_inward_order(order.name)
	doc.customer_warehouse = make.make_warehouse(customer=order.customer)
	for row in doc.items:
		row.delivery_warehouse = order.items[0].warehouse
	return doc.insert()


def moved(values):
	return frappe.get_doc(values).insert().submit()


def produced(inward):
	"""The submitted Subcontracting Inward Order, all of whose goods are made."""
	inward.submit()
	inward.reload()
	moved(inward.make_rm_stock_entry_inward())
	inward.reload()
	for name in inward.make_work_order():
		work = frappe.get_doc("Work Order", name)
		work.update({"wip_warehouse": make.make_warehouse(), "planned_start_date": frappe.utils.nowdate()})
		work.save().submit()
		moved(make_stock_entry(work.name, "Material Transfer for Manufacture", 5))
		moved(make_stock_entry(work.name, "Manufacture", 5))
	return inward.reload()
