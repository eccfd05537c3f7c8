"""Deliveries that come back: locked, delivered and returned stay exact, for lines and for bundles."""

import pytest

import frappe

from erpnext.controllers.sales_and_purchase_return import make_return_doc
from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note, make_sales_invoice

from sales_wh_flow.audit import check
from sales_wh_flow.dispatch import api as dispatch_api
from sales_wh_flow.stock_lock.serving import jobs
from sales_wh_flow.stock_lock.store import reservations
from tests.factories import (
	line,
	make_bundle,
	make_item,
	make_order,
	make_warehouse,
	receive,
)


@pytest.fixture(autouse=True)
def lock_is_on(switches):
	switches(stock_lock=True, serving="By Itself")
	for policy in ("Stock Lock Policy", "Serving Policy"):
		frappe.db.sql(f"update `tab{policy}` set enabled = 0")


@pytest.fixture(params=["line", "bundle"])
def order(request):
	"""It asks for ten of an item, or for five bundles of two, and holds all of it."""
	item, place = make_item(), make_warehouse()
	receive(item, 10, place)
	if request.param == "line":
		return make_order(line(item, qty=10, warehouse=place), submit=True)
	return make_order(line(make_bundle({item: 2}), qty=5, warehouse=place), submit=True)


def held(order):
	return sum(lock.qty_stock for lock in reservations.open_of_order(order.name))


def delivered(order, share):
	note = make_delivery_note(order.name)
	note.items[0].qty = order.items[0].qty * share
	return note.insert().submit()


def test_a_cancelled_delivery_is_locked_again(order):
	note = delivered(order, 0.4)
	assert held(order) == 6

	note.cancel()

	assert held(order) == 10
	assert check.look() == ()


def test_what_erpnext_unreserved_after_a_delivery_is_locked_again_once_that_is_cancelled(order, committed):
	note = delivered(order, 0.4)
	frappe.get_doc("Sales Order", order.name).cancel_stock_reservation_entries()
	assert held(order) == 0
	note.reload().cancel()
	committed()
	assert check.look() == ()

	jobs.serve_waiting_demand()

	assert held(order) == 10
	assert check.look() == ()


@pytest.mark.parametrize(("is_sent_again", "expected"), [(0, 6), (1, 8)])
def test_what_is_returned_is_locked_for_the_order_again_only_where_it_is_sent_again(
	order, committed, is_sent_again, expected
):
	note = delivered(order, 0.4)
	back = make_return_doc("Delivery Note", note.name)
	back.swf_replace = is_sent_again
	back.items[0].qty = -order.items[0].qty * 0.2
	back.insert().submit()
	committed()
	assert check.look() == ()

	jobs.serve_waiting_demand()

	assert held(order) == expected
	assert check.look() == ()


def test_an_order_whose_invoice_took_stock_is_locked_again_when_it_is_cancelled():
	item, warehouse = make_item(), make_warehouse()
	receive(item, 10, warehouse)
	order = make_order(line(item, qty=10), warehouse=warehouse, submit=True)
	bill = make_sales_invoice(order.name)
	bill.update_stock = 1
	bill.items[0].update({"qty": 4, "warehouse": warehouse})
	bill.insert().submit()

	bill.cancel()

	assert frappe.db.get_value("Sales Order", order.name, "swf_flow_status") == "Locked"
	assert not check.look(items=[item])


def test_a_note_of_bundles_takes_the_locked_serial_numbers_and_can_be_cancelled():
	"""Nobody names them on the note: ERPNext would choose, and not give them back."""
	series = frappe.generate_hash()[:6] + ".###"
	item, warehouse = make_item(has_serial_no=1, serial_no_series=series), make_warehouse()
	receive(item, 4, warehouse)
	kit = make_bundle({item: 1})
	order = make_order(line(kit), line(kit), warehouse=warehouse, submit=True)
	held = _serials_held(order)
	note = dispatch_api.make_delivery_note_of_order(order.name, None, {"for_reserved_stock": True})
	note.insert().submit()
	gone = frappe.get_all("Serial No", {"item_code": item, "status": "Delivered"}, pluck="name")

	note.cancel()

	assert sorted(gone) == held
	assert _serials_held(order) == held
	assert not check.look(items=[item])


def _serials_held(order):
	entries = frappe.get_all(
		"Stock Reservation Entry", {"voucher_no": order.name, "docstatus": 1}, pluck="name"
	)
	rows = frappe.get_all(
		"Serial and Batch Entry", {"parent": ("in", entries), "delivered_qty": 0}, pluck="serial_no"
	)
	return sorted(rows)
