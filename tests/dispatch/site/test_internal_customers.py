"""Goods for an internal customer of the same company go to a warehouse on the way first, as ERPNext wants it:
whoever sends them by a Pick List says nowhere which one.
"""

import pytest

import frappe

from erpnext.controllers.sales_and_purchase_return import make_return_doc
from erpnext.stock.doctype.delivery_note.delivery_note import make_inter_company_purchase_receipt

from sales_wh_flow.dispatch import api
from sales_wh_flow.picking import api as picking_api
from sales_wh_flow.stock_lock.refusals import StockIsLocked
from tests.factories import company, line, make_customer, make_order, make_warehouse, stocked
from tests.stock_documents import supplier


@pytest.fixture(autouse=True)
def flow_is_on(switches, in_this_transaction):
	switches(stock_lock=True, fulfilment=True)


@pytest.fixture
def picked(place):
	"""The item, and a picked list of four of it for another branch of the company."""
	branch = make_customer(
		is_internal_customer=1, represents_company=company().name, companies=[{"company": company().name}]
	)
	item = stocked(10, place)
	order = make_order(line(item, qty=4), customer=branch, warehouse=place, submit=True)
	(name,) = picking_api.make_pick_lists(order.name)
	return item, frappe.get_doc("Pick List", name).submit()


def sent_by(pick_list):
	return frappe.get_doc("Delivery Note", api.make_delivery_note(pick_list.name)).submit()


def on_hand(item, warehouse):
	return frappe.db.get_value("Bin", {"item_code": item, "warehouse": warehouse}, "actual_qty")


def goes_by(warehouse, doctype, name):
	frappe.get_doc(doctype, name).update({"default_in_transit_warehouse": warehouse}).save()


@pytest.mark.parametrize("whose", ["Warehouse", "Company"])
def test_picked_goods_go_to_the_in_transit_warehouse_and_come_back_from_it(whose, picked, place):
	item, pick_list = picked
	transit = make_warehouse("Transit")
	goes_by(transit, whose, place if whose == "Warehouse" else company().name)

	note = sent_by(pick_list)
	sent = on_hand(item, place), on_hand(item, transit)
	make_return_doc("Delivery Note", note.name).insert().submit()

	assert sent == (6, 4)
	assert (on_hand(item, place), on_hand(item, transit)) == (10, 0)


def test_who_has_named_no_warehouse_on_the_way_reads_where_to(picked, place):
	_item, pick_list = picked

	with pytest.raises(frappe.ValidationError, match="Default In-Transit Warehouse") as refused:
		api.make_delivery_note(pick_list.name)

	assert place in str(refused.value)


def test_a_branch_that_receives_what_is_locked_on_the_way_reads_for_whom(picked, place):
	item, pick_list = picked
	transit = make_warehouse("Transit")
	goes_by(transit, "Warehouse", place)
	sender = frappe.get_doc("Supplier", supplier())
	sender.update({"is_internal_supplier": 1, "represents_company": company().name})
	sender.append("companies", {"company": company().name})
	sender.save()
	note = sent_by(pick_list)
	order = make_order(line(item, qty=2), warehouse=transit, submit=True)
	receipt = make_inter_company_purchase_receipt(note.name)
	receipt.items[0].warehouse = make_warehouse()
	receipt.insert()
	frappe.db.savepoint("received")

	with pytest.raises(StockIsLocked, match=order.name):
		receipt.submit()

	frappe.db.rollback(save_point="received")
