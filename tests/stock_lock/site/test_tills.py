"""A till and the lock: what leaves the shop before the stock ledger knows is locked for nobody, and no till
sells what is locked.
"""

import pytest

import frappe

from erpnext.accounts.doctype.pos_closing_entry.pos_closing_entry import make_closing_entry_from_opening
from erpnext.accounts.doctype.pos_invoice.pos_invoice import make_sales_return

from sales_wh_flow.base import bulk
from sales_wh_flow.order_board.api import order_overview
from sales_wh_flow.shortage.store.supply import free_by_warehouse
from sales_wh_flow.stock_lock.refusals import StockIsLocked
from sales_wh_flow.stock_lock.serving import api as serving_api
from sales_wh_flow.stock_lock.serving import serve
from sales_wh_flow.stock_lock.store.free_stock import free_of_bins
from tests.factories import (
	line,
	make_bundle,
	make_item,
	make_order,
	make_routing_rule,
	make_warehouses,
	receive,
	stocked,
	unique,
)
from tests.site import all_is_well
from tests.stock_lock.site.test_outgoing import pos_invoice

pytestmark = pytest.mark.usefixtures("in_this_transaction")


@pytest.fixture(autouse=True)
def lock_is_on(switches):
	switches(stock_lock=True)


@pytest.fixture(params=["batch", "serial number"])
def lots(request, warehouse):
	"""(item, its two lots in the order in which they are locked, how many of each there are)"""
	if request.param == "batch":
		item = make_item(has_batch_no=1)
		values = {"doctype": "Batch", "item": item}
		names = [frappe.get_doc({**values, "batch_id": unique("B")}).insert().name for _ in range(2)]
		for name in names:
			receive(item, 5, warehouse, batch_no=name, use_serial_batch_fields=1)
		return item, names, 5
	item = make_item(has_serial_no=1, serial_no_series=frappe.generate_hash(length=6) + ".###")
	receive(item, 2, warehouse)
	return item, frappe.get_all("Serial No", {"item_code": item}, pluck="name", order_by="name"), 1


def sold(item, lot, qty, warehouse):
	"""A sale at the till of a batch or serial number that the cashier names."""
	doc = pos_invoice(item, qty, warehouse)
	field = "serial_no" if frappe.db.exists("Serial No", lot) else "batch_no"
	doc.items[0].update({"use_serial_batch_fields": 1, field: lot})
	return doc.insert()


def held_by(order):
	"""{batch or serial number: how much the order holds of it}"""
	locks = frappe.get_all(
		"Stock Reservation Entry", {"voucher_no": order.name, "docstatus": 1}, pluck="name"
	)
	rows = frappe.get_all(
		"Serial and Batch Entry", {"parent": ("in", locks)}, ["batch_no", "serial_no", "qty"]
	)
	return {row.serial_no or row.batch_no: row.qty for row in rows}


def test_a_till_sells_no_lot_that_is_locked(lots, warehouse):
	item, _names, of_each = lots
	order = make_order(line(item, qty=of_each), warehouse=warehouse, submit=True)
	(held,) = held_by(order)

	with pytest.raises(StockIsLocked, match=order.name):
		sold(item, held, of_each, warehouse).submit()


def test_a_lot_that_a_till_sold_is_locked_for_nobody(lots, warehouse):
	item, (first, second), of_each = lots
	sold(item, first, of_each, warehouse).submit()

	order = make_order(line(item, qty=2 * of_each), warehouse=warehouse, submit=True)

	assert held_by(order) == {second: of_each}


def test_a_till_sells_not_even_the_orders_own_goods(warehouse):
	"""The invoice that its closing makes does not name the order, and would be refused."""
	item = stocked(4, warehouse)
	order = make_order(line(item, qty=4), warehouse=warehouse, submit=True)
	sale = pos_invoice(item, 4, warehouse)
	sale.update({"customer": order.customer})
	sale.items[0].update({"sales_order": order.name, "so_detail": order.items[0].name})

	with pytest.raises(StockIsLocked, match=order.name):
		sale.insert().submit()


def test_what_a_till_sells_in_bundles_counts_as_its_parts(warehouse):
	"""Early ERPNext 15 lists the parts of a till's bundles in the invoice of the closing alone."""
	hose = stocked(5, warehouse)
	kit = make_bundle({hose: 1})
	pos_invoice(kit, 2, warehouse).insert().submit()

	order = make_order(line(hose, qty=5), warehouse=warehouse, submit=True)

	assert locked(order) == 3
	sale = pos_invoice(kit, 1, warehouse).insert()
	with pytest.raises(StockIsLocked, match=order.name):
		sale.submit()


def test_a_till_sells_the_batch_that_is_free(warehouse):
	item = make_item(has_batch_no=1)
	batch = frappe.get_doc({"doctype": "Batch", "item": item, "batch_id": unique("B")}).insert().name
	receive(item, 5, warehouse, batch_no=batch, use_serial_batch_fields=1)
	make_order(line(item, qty=2), warehouse=warehouse, submit=True)

	sold(item, batch, 2, warehouse).submit()
	sold(item, batch, 1, warehouse).submit()

	with pytest.raises(StockIsLocked):
		sold(item, batch, 1, warehouse).submit()


def test_what_came_back_at_a_till_is_locked_once_its_day_is_closed(warehouse, monkeypatch):
	"""The closing takes what was sold out of the ledger first, and brings in what came back after it."""
	monkeypatch.setattr(frappe.db, "commit", lambda: None)  # which ERPNext does as it closes
	item = stocked(10, warehouse)
	sale = pos_invoice(item, 4, warehouse).insert().submit()
	back = make_sales_return(sale.name)
	back.set("payments", [{"mode_of_payment": "Cash", "amount": -400}])
	back.insert().submit()
	order = make_order(line(item, qty=10), warehouse=warehouse, submit=True)
	assert locked(order) == 6

	closed(sale.pos_profile)

	serving_api.lock_waiting(order.name)
	assert locked(order) == 10
	all_is_well()


def test_what_a_till_has_sold_lies_free_for_nobody(warehouse):
	"""Else its order is offered what no press of a button locks."""
	item = stocked(3, warehouse)
	pos_invoice(item, 3, warehouse).insert().submit()

	order = make_order(line(item, qty=2), warehouse=warehouse, submit=True)

	(row,) = order_overview(order.name)["lines"]
	assert (row["waiting"], row["free"]) == (2, 0)
	said = serving_api.who_has_it(item, warehouse)
	assert (said["on_hand"], said["sold"], said["free"]) == (3, 3, 0)
	assert "3 were sold at a till and are still counted until its day is closed." in said["words"]
	assert not any("are locked" in words for words in said["words"])
	assert order.name not in {grant.order for grant in serve.plan_serving().plan.grants}


def test_who_looks_at_what_is_free_reads_no_sale_of_a_closed_day(warehouse, monkeypatch):
	item = stocked(3, warehouse)
	pos_invoice(item, 1, warehouse).insert().submit()
	sold_on_closed_days(500, item, warehouse)
	native, read = frappe.db.sql, []

	def sql(query, *args, **kwargs):
		if "tabPOS Invoice" in str(query):
			read.extend(native(f"explain {query}", *args, as_dict=True))
		return native(query, *args, **kwargs)

	monkeypatch.setattr(frappe.db, "sql", sql)

	assert free_of_bins([(item, warehouse)]) == {(item, warehouse): 2}
	assert {"pos", "line", "packed"} <= {row.table for row in read}
	assert sum(int(row.rows or 0) for row in read) < 500, read


def test_an_order_is_sent_from_where_no_till_has_sold_the_goods(switches):
	switches(stock_lock=True, routing=True)
	frappe.db.sql("update `tabWarehouse Routing Rule` set enabled = 0")
	shop, depot = make_warehouses(2)
	make_routing_rule(shop, depot)
	item = stocked(3, shop, depot)
	pos_invoice(item, 3, shop).insert().submit()

	order = make_order(line(item, qty=2), warehouse=shop)

	assert order.items[0].warehouse == depot
	assert free_by_warehouse([item], order.company)[item] == {depot: 3}


def test_erpnexts_reserve_button_takes_nothing_that_a_till_has_sold(warehouse):
	item = make_item()
	order = make_order(line(item, qty=3), warehouse=warehouse, submit=True)
	receive(item, 3, warehouse)
	pos_invoice(item, 2, warehouse).insert().submit()

	asked = {"sales_order_item": order.items[0].name, "item_code": item, "warehouse": warehouse}
	order.create_stock_reservation_entries([{**asked, "qty_to_reserve": 3}])

	assert locked(order) == 1
	entry = frappe.get_doc("Stock Reservation Entry", {"voucher_no": order.name, "docstatus": 1})
	entry.reserved_qty = 3
	frappe.db.savepoint("raised")
	with pytest.raises(StockIsLocked):
		entry.save()
	frappe.db.rollback(save_point="raised")
	all_is_well()


def sold_on_closed_days(sales, item, warehouse):
	"""One of the item in each of so many sales, as a bundle's part too."""
	names = [unique("POS") for _ in range(sales)]
	bulk.insert(
		"POS Invoice", ("name", "docstatus", "consolidated_invoice"), [(name, 1, "Closed") for name in names]
	)
	fields = ("name", "parent", "parenttype", "docstatus", "item_code", "warehouse")
	rows = [(name, name, "POS Invoice", 1, item, warehouse, 1) for name in names]
	bulk.insert("POS Invoice Item", (*fields, "stock_qty"), rows)
	bulk.insert("Packed Item", (*fields, "qty"), rows)


def locked(order):
	return frappe.db.get_value("Sales Order Item", order.items[0].name, "stock_reserved_qty")


def closed(profile):
	opened = frappe.get_last_doc("POS Opening Entry", {"pos_profile": profile, "status": "Open"})
	closing = make_closing_entry_from_opening(opened)
	for row in closing.payment_reconciliation:
		row.closing_amount = row.expected_amount
	closing.insert().submit()
