"""What ERPNext 16 reserves for production stands beside the locks of orders: each unit is promised once."""

import pytest

import frappe
from frappe.utils import nowdate

from sales_wh_flow.audit import check
from sales_wh_flow.stock_lock.refusals import StockIsLocked
from sales_wh_flow.stock_lock.serving import api as serving_api
from sales_wh_flow.stock_lock.serving import jobs
from tests.factories import line, make_item, make_order, make_warehouse, stocked
from tests.stock_documents import bill_of_materials, new_doc

KEPT_BY = {
	"nothing": {},
	"batch": {"has_batch_no": 1, "create_new_batch": 1, "batch_number_series": "PRODUCED.####"},
	"serial number": {"has_serial_no": 1, "serial_no_series": "PRODUCED-SN.####"},
}


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	if "Work Order" not in (frappe.get_meta("Stock Reservation Entry").get_options("voucher_type") or ""):
		pytest.skip("this ERPNext reserves for Sales Orders alone")
	switches(stock_lock=True)


def work_order(item, qty, warehouse, made=None, **values):
	"""A Work Order that takes its material straight from the warehouse and reserves it."""
	made = made or make_item()
	order = new_doc(
		"Work Order",
		production_item=made,
		bom_no=bill_of_materials(made, item, qty),
		qty=1,
		skip_transfer=values.pop("skip_transfer", 1),
		reserve_stock=1,
		wip_warehouse=values.pop("wip_warehouse", warehouse),
		source_warehouse=warehouse,
		fg_warehouse=values.pop("fg_warehouse", None) or make_warehouse(),
		planned_start_date=nowdate(),
		**values,
	)
	order.set_work_order_operations()
	order.get_items_and_operations_from_bom()
	for row in order.required_items:
		row.source_warehouse = warehouse
	return order.insert()


def reserved(voucher):
	"""[what each open reservation of a document still holds]"""
	rows = frappe.get_all(
		"Stock Reservation Entry",
		{"voucher_no": voucher, "docstatus": 1},
		["reserved_qty", "delivered_qty", "transferred_qty", "consumed_qty"],
	)
	held = [it.reserved_qty - it.delivered_qty - it.transferred_qty - it.consumed_qty for it in rows]
	return [qty for qty in held if qty]


def reserved_in_bin(item, warehouse):
	return frappe.db.get_value("Bin", {"item_code": item, "warehouse": warehouse}, "reserved_stock")


def test_a_work_order_reserves_what_no_order_has_locked(warehouse):
	item = stocked(10, warehouse)
	make_order(line(item, qty=4), warehouse=warehouse, submit=True)

	order = work_order(item, 6, warehouse).submit()

	assert reserved(order.name) == [6]
	assert reserved_in_bin(item, warehouse) == 10
	assert not check.look(items=[item])


def test_an_order_locks_nothing_that_a_work_order_reserved(warehouse):
	item = stocked(10, warehouse)
	work_order(item, 6, warehouse).submit()

	order = make_order(line(item, qty=7), warehouse=warehouse, submit=True)

	assert reserved(order.name) == [4]
	assert not check.look(items=[item])


def test_who_has_it_counts_what_production_reserved_as_nobodys(warehouse):
	item = stocked(10, warehouse)
	make_order(line(item, qty=4), warehouse=warehouse, submit=True)
	work_order(item, 5, warehouse).submit()

	said = serving_api.who_has_it(item, warehouse)

	assert (said["on_hand"], said["locked"], said["production"], said["free"]) == (10, 4, 5, 1)
	assert "5 are reserved for production." in said["words"]


def test_a_work_order_reserves_no_more_than_is_left(warehouse):
	item = stocked(10, warehouse)
	make_order(line(item, qty=8), warehouse=warehouse, submit=True)

	order = work_order(item, 6, warehouse).submit()

	assert reserved(order.name) == [2]
	assert not check.look(items=[item])


def test_a_reservation_that_read_too_early_is_cut_to_what_is_free(warehouse):
	"""ERPNext found ten free and writes ten; an order has locked eight meanwhile."""
	item = stocked(10, warehouse)
	order = work_order(item, 10, warehouse)
	order.reserve_stock = 0
	order.submit()
	make_order(line(item, qty=8), warehouse=warehouse, submit=True)

	entry = reservation(order, 10).insert()

	assert entry.reserved_qty == 2


def test_a_reservation_of_which_nothing_is_free_is_refused_by_name(warehouse):
	item = stocked(10, warehouse)
	order = work_order(item, 10, warehouse)
	order.reserve_stock = 0
	order.submit()
	make_order(line(item, qty=10), warehouse=warehouse, submit=True)

	with pytest.raises(StockIsLocked, match=order.name):
		reservation(order, 10).insert()


def reservation(order, qty):
	row = order.required_items[0]
	return new_doc(
		"Stock Reservation Entry",
		item_code=row.item_code,
		warehouse=row.source_warehouse,
		voucher_type="Work Order",
		voucher_no=order.name,
		voucher_detail_no=row.name,
		voucher_qty=qty,
		available_qty=qty,
		reserved_qty=qty,
		stock_uom="Nos",
	)


@pytest.mark.parametrize("kept_by", KEPT_BY)
def test_production_uses_what_it_reserved_and_nothing_of_the_orders(kept_by, warehouse):
	from erpnext.manufacturing.doctype.work_order.work_order import make_stock_entry

	item = stocked(10, warehouse, **KEPT_BY[kept_by])
	sold = make_order(line(item, qty=4), warehouse=warehouse, submit=True)
	order = work_order(item, 6, warehouse).submit()
	assert (reserved(order.name), reserved(sold.name)) == ([6], [4])

	frappe.get_doc(make_stock_entry(order.name, "Manufacture", 1)).insert().submit()

	assert (reserved(order.name), reserved(sold.name)) == ([], [4])
	assert reserved_in_bin(item, warehouse) == 4
	assert not check.look(items=[item])


@pytest.mark.parametrize("kept_by", KEPT_BY)
def test_a_transfer_to_production_is_cancelled_with_what_it_reserved(kept_by, warehouse):
	from erpnext.manufacturing.doctype.work_order.work_order import make_stock_entry

	item = stocked(10, warehouse, **KEPT_BY[kept_by])
	order = work_order(item, 6, warehouse, skip_transfer=0, wip_warehouse=make_warehouse()).submit()
	sent = frappe.get_doc(make_stock_entry(order.name, "Material Transfer for Manufacture", 1))
	sent.insert().submit()
	assert reserved_in_bin(item, order.wip_warehouse) == 6

	frappe.get_doc("Stock Entry", sent.name).cancel()

	assert reserved_in_bin(item, order.wip_warehouse) == 0
	sold = make_order(line(item, qty=10), warehouse=warehouse, submit=True)
	assert reserved(sold.name) == [10]
	assert not check.look(items=[item])


def test_production_takes_no_more_than_it_reserved_of_what_orders_have(warehouse):
	from erpnext.manufacturing.doctype.work_order.work_order import make_stock_entry

	item = stocked(10, warehouse)
	sold = make_order(line(item, qty=8), warehouse=warehouse, submit=True)
	order = work_order(item, 6, warehouse).submit()
	assert (reserved(order.name), reserved(sold.name)) == ([2], [8])

	with pytest.raises(StockIsLocked, match=sold.name):
		frappe.get_doc(make_stock_entry(order.name, "Manufacture", 1)).insert().submit()


def test_what_is_made_for_an_order_is_locked_for_it_once(warehouse, committed):
	from erpnext.manufacturing.doctype.work_order.work_order import make_stock_entry

	item, made = stocked(10, warehouse), make_item()
	sold = make_order(line(made, qty=1), warehouse=warehouse, submit=True)
	for_it = {"sales_order": sold.name, "sales_order_item": sold.items[0].name, "fg_warehouse": warehouse}
	order = work_order(item, 6, warehouse, made, **for_it).submit()

	frappe.get_doc(make_stock_entry(order.name, "Manufacture", 1)).insert().submit()
	committed()
	jobs.serve_waiting_demand()

	assert reserved(sold.name) == [1]
	events = frappe.get_all("Stock Lock Event", {"sales_order": sold.name}, ["event", "qty_stock"])
	assert [(it.event, it.qty_stock) for it in events] == [("Locked", 1)]
	assert not check.look(items=[item, made])


def test_who_waits_is_served_from_a_work_order_that_is_cancelled(warehouse, committed):
	item = stocked(10, warehouse)
	order = work_order(item, 10, warehouse).submit()
	waiting = make_order(line(item, qty=5), warehouse=warehouse, submit=True)
	assert reserved(waiting.name) == []

	frappe.get_doc("Work Order", order.name).cancel()
	committed()
	jobs.serve_waiting_demand()

	assert (reserved(order.name), reserved(waiting.name)) == ([], [5])
	assert not check.look(items=[item])
