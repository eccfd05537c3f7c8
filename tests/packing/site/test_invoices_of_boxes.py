"""Boxes leave with an invoice that moves stock as they leave with a note."""

import pytest

import frappe

from erpnext.accounts.doctype.sales_invoice.sales_invoice import make_sales_return
from erpnext.selling.doctype.sales_order.sales_order import make_sales_invoice

from sales_wh_flow.audit import check
from sales_wh_flow.couriers import jobs
from sales_wh_flow.couriers.tracking_number import write_number
from sales_wh_flow.packing import api, follow_documents
from sales_wh_flow.packing.gate import check_packed
from tests import factories
from tests.couriers import couriers_world as couriers
from tests.delivery import delivery_world as delivery
from tests.packing.box_world import World, key, left_of


@pytest.fixture(autouse=True)
def flow_is_on(switches, in_this_transaction):
	switches(stock_lock=True, fulfilment=True, packing="Block", returns=True)


@pytest.fixture
def sold():
	"""(world, order, Pick List, closed box of everything, its submitted invoice)."""
	world = World(4, 2)
	order, pick_list = world.picked_order()
	box = api.open_box(key(), pick_list=pick_list.name)["name"]
	for item, qty in zip(world.items, world.qtys, strict=True):
		api.put_in(key(), box, item, pick_list=pick_list.name, qty=qty)
	api.close_box(key(), box)
	invoice = make_sales_invoice(order.name)
	invoice.update_stock = 1
	return world, order, pick_list, box, invoice.insert().submit()


def on_box(box):
	return frappe.db.get_value("Order Box", box, ["state", "sales_invoice", "delivery_note"])


def test_a_box_belongs_to_the_invoice_that_took_its_goods(sold):
	world, order, pick_list, box, invoice = sold
	assert on_box(box) == ("Closed", invoice.name, None)
	assert left_of(world, pick_list) == [0, 0]
	assert not check.look(orders=[order.name])
	with pytest.raises(frappe.ValidationError, match=invoice.name):
		api.open_again(key(), box, "Wrong item")


def invoice_of(order, *qtys):
	doc = make_sales_invoice(order.name)
	doc.update_stock = 1
	for row, qty in zip(doc.items, qtys, strict=True):
		row.qty = qty
	return doc.insert()


def list_state(pick_list):
	rows = frappe.get_all("Pick List Item", {"parent": pick_list.name}, pluck="delivered_qty", order_by="idx")
	return rows, frappe.db.get_value("Pick List", pick_list.name, "status")


def test_an_invoice_of_no_order_asks_for_no_boxes():
	row = {"item_code": factories.make_item(), "qty": 1, "stock_qty": 1, "idx": 1}
	values = {"company": factories.company().name, "update_stock": 1, "items": [row]}
	invoice = frappe.get_doc({"doctype": "Sales Invoice", **values})
	with factories.counted_statements() as statements:
		check_packed(invoice)
		follow_documents.leave_with(invoice)
		follow_documents.come_back_from(invoice)
	assert not [it for it in statements if "Order Box" in it or "Pick List" in it]


@pytest.mark.parametrize("mode", ["Off", "Block"])
def test_what_an_invoice_takes_leaves_the_pick_list_and_only_once(switches, mode):
	switches(stock_lock=True, fulfilment=True, packing=mode, returns=True)
	world = World(6)
	order, pick_list = world.picked_order()
	box = api.open_box(key(), pick_list=pick_list.name)["name"]
	api.put_in(key(), box, world.items[0], pick_list=pick_list.name, qty=3)
	api.close_box(key(), box)
	first = invoice_of(order, 3).submit()
	assert (on_box(box)[1], left_of(world, pick_list)) == (first.name, [3])
	assert not check.look(orders=[order.name])
	second = invoice_of(order, 3)
	if mode == "Block":
		with pytest.raises(frappe.ValidationError, match="no closed box"):
			second.submit()
		return
	second.submit()
	assert list_state(pick_list) == ([6], "Completed")
	second.cancel()
	assert left_of(world, pick_list) == [3]
	first.reload().cancel()
	assert list_state(pick_list) == ([0], "Open")
	assert (on_box(box)[1], left_of(world, pick_list)) == (None, [3])
	assert not check.look(orders=[order.name])


def test_it_stands_here_again_when_the_invoice_is_cancelled(sold):
	world, order, pick_list, box, invoice = sold
	invoice.cancel()
	assert on_box(box) == ("Closed", None, None)
	assert left_of(world, pick_list) == [0, 0]
	api.open_again(key(), box, "Wrong item")
	assert not check.look(orders=[order.name])


def test_it_is_handed_over_and_proved_without_a_note(sold):
	_world, order, _pick_list, box, invoice = sold
	assert delivery.flow_status(order) == "Dispatched"
	delivery.handed_over(box)
	assert on_box(box) == ("Handed Over", invoice.name, None)
	assert delivery.flow_status(order) == "Dispatched"
	assert not frappe.db.count("Delivery Note Item", {"against_sales_order": order.name})
	assert not check.look(orders=[order.name])
	delivery.prove(box)
	assert on_box(box)[0] == "Delivered"
	assert delivery.flow_status(order) == "Delivered"
	with pytest.raises(frappe.ValidationError, match=box):
		invoice.reload().cancel()


@pytest.mark.unchecked
def test_its_order_is_delivered_when_its_courier_says_so(sold, monkeypatch):
	_world, order, _pick_list, box, invoice = sold
	courier = couriers.make_courier()
	delivery.handed_over(box, courier=courier)
	number = frappe.generate_hash(length=12).upper()
	write_number(box, number)
	couriers.tell(courier, number, "delivered")
	assert on_box(box)[0] == "Delivered"
	jobs.follow_invoiced(invoice.name)
	assert delivery.flow_status(order) == "Delivered"


def test_what_is_sold_over_the_counter_without_a_box_is_delivered(switches):
	switches(stock_lock=True, fulfilment=True, packing="Off")
	world = World(4)
	order, _pick_list = world.picked_order()
	invoice_of(order, 4).submit()
	assert delivery.flow_status(order) == "Delivered"


def test_it_is_returned_with_the_credit_note_that_takes_everything_back(sold):
	_world, order, _pick_list, box, invoice = sold
	delivery.handed_over(box)
	back = make_sales_return(invoice.name)
	back.insert().submit()
	assert on_box(box)[0] == "Returned"
	boxed = ("packed_too_much", "packed_count_differs", "left_without_note")
	assert not [it for it in check.look(orders=[order.name]) if it.code in boxed]
	back.cancel()
	assert on_box(box)[0] == "Handed Over"
