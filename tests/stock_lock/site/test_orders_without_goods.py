"""Orders of which nothing lies on our shelves, and goods that nobody typed."""

import pytest

import frappe

from erpnext.selling.doctype.sales_order.sales_order import make_sales_invoice

from sales_wh_flow.audit import check
from sales_wh_flow.picking import api
from sales_wh_flow.stock_lock.serving import jobs
from tests.factories import (
	company,
	line,
	make_item,
	make_order,
	make_warehouse,
	receive,
	unique,
)
from tests.stock_documents import new_doc


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True)


def status(order):
	return frappe.db.get_value("Sales Order", order.name, "swf_flow_status")


def locked(order):
	return sum(frappe.get_all("Stock Reservation Entry", {"voucher_no": order.name}, pluck="reserved_qty"))


def test_an_order_of_services_is_not_delivered_when_it_is_submitted():
	order = make_order(line(make_item(is_stock_item=0)), submit=True)

	assert status(order) == "Approved"


def test_an_order_that_is_billed_without_a_delivery_locks_nothing(committed):
	item, warehouse = make_item(), make_warehouse()
	receive(item, 3, warehouse)
	order = make_order(
		line(item, qty=2), warehouse=warehouse, order_type="Maintenance", skip_delivery_note=1, submit=True
	)
	committed()
	jobs.serve_waiting_demand()
	before = locked(order), status(order)

	make_sales_invoice(order.name).insert().submit()

	assert before == (0, "Approved")
	assert not check.look(items=[item])


def test_free_goods_of_a_pricing_rule_are_locked_and_picked():
	item, gift, warehouse = make_item(), make_item(), make_warehouse()
	for code in (item, gift):
		receive(code, 10, warehouse)
	new_doc(
		"Pricing Rule",
		title=unique("Free"),
		apply_on="Item Code",
		items=[{"item_code": item}],
		selling=1,
		price_or_product_discount="Product",
		free_item=gift,
		free_qty=1,
		min_qty=2,
		company=company().name,
		currency=company().currency,
	).insert()

	order = make_order(line(item, qty=4), warehouse=warehouse, set_warehouse=warehouse, submit=True)

	assert locked(order) == 5
	pick = frappe.get_doc("Pick List", api.make_pick_lists(order.name)[0])
	assert {row.item_code for row in pick.locations} == {item, gift}
