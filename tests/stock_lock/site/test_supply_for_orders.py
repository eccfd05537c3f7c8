"""Goods that are made, bought or requested for an order: by ERPNext's own setting, by ours, or in turn."""

import pytest

import frappe
from frappe.utils import nowdate

from erpnext.buying.doctype.purchase_order.purchase_order import make_purchase_receipt
from erpnext.manufacturing.doctype.work_order.work_order import make_stock_entry as make_entry_of_work
from erpnext.stock.doctype.material_request.material_request import make_stock_entry

from sales_wh_flow.audit import check
from sales_wh_flow.stock_lock.serving import jobs
from tests.factories import line, make_bundle, make_item, make_order, make_warehouse, receive
from tests.stock_documents import bill_of_materials, new_doc, supplier


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(stock_lock=True, goods_for_order_first="1")


@pytest.fixture
def reserves_on_purchase():
	frappe.db.set_single_value("Stock Settings", "auto_reserve_stock_for_sales_order_on_purchase", 1)
	frappe.clear_document_cache("Stock Settings", "Stock Settings")


def two_orders(item, warehouse, qty=10):
	"""Two orders for the same goods, none there: the older one, and the one they come for."""
	return [make_order(line(item, qty=qty), warehouse=warehouse, submit=True) for _ in range(2)]


def bought_for(order, row, item, qty, warehouse, **links):
	links = links or {"sales_order_item": row}
	bought = new_doc(
		"Purchase Order",
		supplier=supplier(),
		schedule_date=nowdate(),
		items=[
			{
				"item_code": item,
				"qty": qty,
				"rate": 10,
				"warehouse": warehouse,
				"schedule_date": nowdate(),
				"sales_order": order.name,
				**links,
			}
		],
	)
	bought.insert().submit()
	return make_purchase_receipt(bought.name).insert().submit()


def requested_for(order, item, qty, warehouse, kind, **row):
	row = {"item_code": item, "qty": qty, "warehouse": warehouse, "schedule_date": nowdate(), **row}
	links = {"sales_order": order.name, "sales_order_item": order.items[0].name}
	return new_doc("Material Request", material_request_type=kind, items=[{**row, **links}]).insert().submit()


def locked(order):
	held = {"voucher_no": order.name, "docstatus": 1}
	return sum(frappe.get_all("Stock Reservation Entry", held, pluck="reserved_qty"))


NUMBERED = {"has_serial_no": 1, "serial_no_series": "BOUGHT.####"}


@pytest.mark.parametrize("kept_by", [{}, NUMBERED], ids=["nothing", "serial number"])
def test_what_is_bought_for_an_order_is_locked_for_it_with_one_event(
	kept_by, reserves_on_purchase, warehouse
):
	item = make_item(**kept_by)
	order = make_order(line(item, qty=10), warehouse=warehouse, submit=True)

	bought_for(order, order.items[0].name, item, 10, warehouse)

	events = frappe.get_all("Stock Lock Event", {"sales_order": order.name}, ["event", "qty_stock"])
	assert [(it.event, it.qty_stock) for it in events] == [("Locked", 10)]
	assert not check.look(items=[item])


def test_what_is_bought_for_an_order_goes_to_it_first_and_the_rest_in_turn(warehouse, committed):
	item = make_item()
	older, mine = two_orders(item, warehouse, qty=6)

	receipt = bought_for(mine, mine.items[0].name, item, 6, warehouse)

	assert (locked(older), locked(mine)) == (0, 6)
	reason = frappe.get_value("Stock Lock Event", {"sales_order": mine.name}, "reason")
	assert receipt.name in reason
	receive(item, 4, warehouse)
	committed()
	jobs.serve_waiting_demand()
	assert (locked(older), locked(mine)) == (4, 6)
	assert not check.look(items=[item])


def test_an_order_gets_no_more_ahead_of_others_than_came_for_it(warehouse, committed):
	item = make_item()
	older, mine = two_orders(item, warehouse)
	receive(item, 5, warehouse)  # nobody was served yet

	bought_for(mine, mine.items[0].name, item, 3, warehouse)

	assert (locked(older), locked(mine)) == (0, 3)
	committed()
	jobs.serve_waiting_demand()
	assert (locked(older), locked(mine)) == (5, 3)


@pytest.mark.parametrize("names_the_line", [True, False])
def test_what_is_made_for_an_order_goes_to_it_first(names_the_line, warehouse):
	item, raw = make_item(), make_item()
	receive(raw, 10, warehouse)
	older, mine = two_orders(item, warehouse)
	work = new_doc(
		"Work Order",
		production_item=item,
		bom_no=bill_of_materials(item, raw),
		qty=10,
		wip_warehouse=warehouse,
		fg_warehouse=warehouse,
		source_warehouse=warehouse,
		skip_transfer=1,
		sales_order=mine.name,
		sales_order_item=mine.items[0].name if names_the_line else None,
	)
	work.insert()
	for row in work.required_items:  # some ERPNexts take it from the company's defaults instead
		row.source_warehouse = warehouse
	work.save().submit()

	frappe.get_doc(make_entry_of_work(work.name, "Manufacture", 10)).insert().submit()

	assert (locked(older), locked(mine)) == (0, 10)
	assert not check.look(items=[item])


def test_what_is_brought_on_an_orders_request_goes_to_it_first(warehouse):
	item, other = make_item(), make_warehouse()
	receive(item, 10, other)
	older, mine = two_orders(item, warehouse)
	request = requested_for(mine, item, 10, warehouse, "Material Transfer", from_warehouse=other)

	entry = make_stock_entry(request.name)
	entry.items[0].s_warehouse = other
	entry.insert().submit()

	assert (locked(older), locked(mine)) == (0, 10)


def test_a_component_that_was_bought_for_a_bundle_completes_it_first(warehouse):
	pump, hose = make_item(), make_item()
	kit = make_bundle({pump: 1, hose: 2})
	receive(hose, 20, warehouse)
	older, mine = two_orders(kit, warehouse, qty=5)
	part = next(row.name for row in mine.packed_items if row.item_code == pump)

	bought_for(mine, None, pump, 5, warehouse, sales_order_packed_item=part, product_bundle=kit)

	assert (locked(older), locked(mine)) == (0, 15)
	assert not check.look(items=[pump, hose])


def test_without_the_setting_goods_go_to_whoever_s_turn_it_is(switches, warehouse, committed):
	switches(stock_lock=True, goods_for_order_first="0")
	item = make_item()
	older, mine = two_orders(item, warehouse)

	bought_for(mine, mine.items[0].name, item, 10, warehouse)

	assert (locked(older), locked(mine)) == (0, 0)
	committed()
	jobs.serve_waiting_demand()
	assert (locked(older), locked(mine)) == (10, 0)


def test_a_closed_order_gets_nothing_of_what_came_for_it(warehouse):
	item = make_item()
	_older, mine = two_orders(item, warehouse)
	row = mine.items[0].name
	mine.update_status("Closed")

	bought_for(mine, row, item, 10, warehouse)

	assert locked(mine) == 0
