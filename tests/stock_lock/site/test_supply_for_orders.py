"""Goods that ERPNext itself reserves when they are bought for an order."""

import pytest

import frappe
from frappe.utils import nowdate

from erpnext.buying.doctype.purchase_order.purchase_order import make_purchase_receipt

from sales_wh_flow.audit import check
from tests.factories import line, make_item, make_order, make_warehouse
from tests.stock_documents import new_doc, supplier


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(stock_lock=True)
	frappe.db.set_single_value("Stock Settings", "auto_reserve_stock_for_sales_order_on_purchase", 1)
	frappe.clear_document_cache("Stock Settings", "Stock Settings")


def test_what_is_bought_for_an_order_is_locked_for_it_with_one_event():
	item, warehouse = make_item(), make_warehouse()
	order = make_order(line(item, qty=10), warehouse=warehouse, submit=True)
	bought = new_doc(
		"Purchase Order",
		supplier=supplier(),
		schedule_date=nowdate(),
		items=[
			{
				"item_code": item,
				"qty": 10,
				"rate": 10,
				"warehouse": warehouse,
				"schedule_date": nowdate(),
				"sales_order": order.name,
				"sales_order_item": order.items[0].name,
			}
		],
	)
	bought.insert().submit()

	make_purchase_receipt(bought.name).insert().submit()

	events = frappe.get_all("Stock Lock Event", {"sales_order": order.name}, ["event", "qty_stock"])
	assert [(it.event, it.qty_stock) for it in events] == [("Locked", 10)]
	assert not check.look(items=[item])
