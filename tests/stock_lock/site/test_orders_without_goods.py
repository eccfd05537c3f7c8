"""Orders of which nothing lies on our shelves, and goods that nobody typed."""

import pytest

import frappe

from erpnext.selling.doctype.sales_order.sales_order import make_sales_invoice

from sales_wh_flow.audit import check
from sales_wh_flow.dispatch import api as dispatch_api
from sales_wh_flow.picking import api
from sales_wh_flow.stock_lock.serving import jobs
from sales_wh_flow.stock_lock.serving.serve import serve_order
from tests.factories import (
	company,
	line,
	make_item,
	make_order,
	make_warehouse,
	receive,
	unique,
)
from tests.stock_documents import new_doc, supplier, supplier_delivers


@pytest.fixture(autouse=True)
def flow_is_on(switches, in_this_transaction):
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


def dropped(**values):
	"""A row that a supplier sends to the customer."""
	item = make_item(delivered_by_supplier=1)
	return line(item, delivered_by_supplier=1, supplier=supplier(), **values)


def figures(order):
	return tuple(frappe.db.get_value("Sales Order", order.name, ["swf_flow_status", "per_delivered"]))


def ship(order):
	"""By Pick List and note, as the desk does."""
	pick = frappe.get_doc("Pick List", api.make_pick_lists(order.name)[0])
	pick.submit()
	note = frappe.get_doc("Delivery Note", dispatch_api.make_delivery_note(pick.name))
	note.submit()
	dispatch_api.confirm_delivery(note.name)
	return note


def test_an_order_is_not_delivered_while_its_supplier_owes_goods():
	item, warehouse = make_item(), make_warehouse()
	receive(item, 4, warehouse)
	order = make_order(line(item, qty=4), dropped(qty=1), warehouse=warehouse, submit=True)
	assert locked(order) == 4

	ship(order)
	ours_left = figures(order)
	supplier_delivers(order, order.items[1])

	assert ours_left == ("Partly Dispatched", 80)
	assert figures(order) == ("Delivered", 100)
	assert not check.look(orders=[order.name])


def test_a_service_goes_with_the_last_goods_of_its_order():
	"""Else ERPNext says for ever that 80 % were delivered."""
	item, warehouse = make_item(), make_warehouse()
	receive(item, 2, warehouse)
	service = make_item(is_stock_item=0)
	order = make_order(line(item, qty=4), line(service), warehouse=warehouse, submit=True)

	first = ship(order)
	receive(item, 2, warehouse)
	serve_order(order.name)
	last = ship(order)

	assert [row.item_code for row in first.items] == [item]
	assert [row.item_code for row in last.items] == [item, service]
	assert figures(order) == ("Delivered", 100)


def test_an_order_of_nothing_yet_is_not_delivered_when_it_is_submitted():
	frappe.db.set_single_value("Selling Settings", "allow_zero_qty_in_sales_order", 1)
	frappe.clear_document_cache("Selling Settings", "Selling Settings")
	order = make_order(line(qty=0), submit=True)

	assert status(order) not in ("Dispatched", "Delivered", "Completed")
	assert locked(order) == 0
	assert not check.look(orders=[order.name])


def test_nobody_reserves_by_hand_what_nobody_will_deliver():
	item, warehouse = make_item(), make_warehouse()
	receive(item, 3, warehouse)
	order = make_order(
		line(item, qty=2), warehouse=warehouse, order_type="Maintenance", skip_delivery_note=1, submit=True
	)
	frappe.db.savepoint("pressed")

	with pytest.raises(frappe.ValidationError, match=item):
		order.create_stock_reservation_entries()

	frappe.db.rollback(save_point="pressed")
	assert locked(order) == 0
