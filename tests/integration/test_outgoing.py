"""The other side of the lock: whatever takes stock out is checked, and the check costs little."""

import pytest

import frappe
from frappe.utils import nowdate

from sales_wh_flow.flow import guard_stock, repair

from .factories import (
	counted_statements,
	line,
	make_item,
	make_items,
	make_order,
	make_warehouse,
	receive,
)
from .stock_documents import bill_of_materials, counted, delivery, invoice, new_doc, purchase


@pytest.fixture(autouse=True)
def lock_is_on(switches):
	switches(stock_lock=True)


@pytest.fixture
def warehouse():
	return make_warehouse()


@pytest.fixture
def item(warehouse):
	"""Ten on hand, eight of them locked for an order."""
	code = make_item()
	receive(code, 10, warehouse)
	make_order(line(code, qty=8), warehouse=warehouse, submit=True)
	return code


def delivery_of_an_order_that_locks_nothing(item, qty, warehouse):
	from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note

	order = make_order(line(item, qty=qty, reserve_stock=0), warehouse=warehouse, submit=True)
	return make_delivery_note(order.name)


def stock_entry(purpose, *, into=False):
	def make(item, qty, warehouse):
		row = {"item_code": item, "qty": qty, "s_warehouse": warehouse, "basic_rate": 10}
		rows = [{**row, **({"t_warehouse": make_warehouse()} if into else {})}]
		if purpose == "Repack":
			made = {"item_code": make_item(), "qty": 1, "t_warehouse": warehouse, "is_finished_item": 1}
			rows.append({**made, "basic_rate": 10})
		return new_doc("Stock Entry", stock_entry_type=purpose, purpose=purpose, items=rows)

	return make


def work_order_consumption(item, qty, warehouse):
	"""The Manufacture entry of a Work Order that takes its material straight from the warehouse."""
	from erpnext.manufacturing.doctype.work_order.work_order import make_stock_entry

	made = make_item()
	order = new_doc(
		"Work Order",
		production_item=made,
		bom_no=bill_of_materials(made, item, qty),
		qty=1,
		skip_transfer=1,
		wip_warehouse=warehouse,
		source_warehouse=warehouse,
		fg_warehouse=make_warehouse(),
		planned_start_date=nowdate(),
	)
	order.set_work_order_operations()
	order.get_items_and_operations_from_bom()
	for row in order.required_items:
		row.source_warehouse = warehouse
	order.insert().submit()
	return frappe.getnew_doc(make_stock_entry(order.name, "Manufacture", 1))


def purchase_return(item, qty, warehouse):
	from erpnext.controllers.sales_and_purchase_return import make_return_doc

	bought = purchase("Purchase Receipt", item, qty, warehouse).insert().submit()
	make_order(line(item, qty=qty), warehouse=warehouse, submit=True)
	return make_return_doc("Purchase Receipt", bought.name)


def purchase_invoice_return(item, qty, warehouse):
	from erpnext.controllers.sales_and_purchase_return import make_return_doc

	bought = purchase("Purchase Invoice", item, qty, warehouse, update_stock=1).insert().submit()
	make_order(line(item, qty=qty), warehouse=warehouse, submit=True)
	return make_return_doc("Purchase Invoice", bought.name)


def reconciliation(item, qty, warehouse):
	"""Counted: ``qty`` less than there are."""
	there = frappe.db.get_value("Bin", {"item_code": item, "warehouse": warehouse}, "actual_qty")
	return counted(item, warehouse, there - qty)


TAKERS = {
	"Delivery Note of no order": delivery,
	"Delivery Note of another order": delivery_of_an_order_that_locks_nothing,
	"Sales Invoice that updates stock": invoice,
	"Material Issue": stock_entry("Material Issue"),
	"Material Transfer": stock_entry("Material Transfer", into=True),
	"Material Transfer for Manufacture": stock_entry("Material Transfer for Manufacture", into=True),
	"Repack": stock_entry("Repack"),
	"Work Order": work_order_consumption,
	"Purchase Receipt returned": purchase_return,
	"Purchase Invoice returned": purchase_invoice_return,
	"Stock Reconciliation": reconciliation,
}


@pytest.mark.parametrize("taker", TAKERS)
def test_no_document_takes_a_unit_that_is_locked_for_somebody_else(taker, item, warehouse):
	"""Two of ten are free, three are asked for. The guard alone is asked: ERPNext's own is blinded."""
	doc = TAKERS[taker](item, 3, warehouse)
	if doc.is_new():
		doc.insert()
	frappe.db.set_value("Stock Reservation Entry", {"item_code": item}, "creation", "2099-01-01")
	frappe.db.savepoint("taken")

	with pytest.raises(frappe.ValidationError):
		doc.submit()

	frappe.db.rollback(save_point="taken")
	assert repair.look().is_clean


@pytest.mark.parametrize("taker", [name for name in TAKERS if "returned" not in name])
def test_every_document_may_take_what_is_free(taker, item, warehouse):
	if taker == "Stock Reconciliation":
		pytest.skip("ERPNext counts no Bin that holds reservations")
	doc = TAKERS[taker](item, 2, warehouse)
	if doc.is_new():
		doc.insert()

	doc.submit()

	assert frappe.db.get_value("Bin", {"item_code": item, "warehouse": warehouse}, "actual_qty") == 8
	assert repair.look().is_clean


@pytest.mark.parametrize("taker", ["Delivery Note of no order", "Material Issue", "Material Transfer"])
@pytest.mark.parametrize("lines", [1, 12])
def test_the_check_of_an_outgoing_document_costs_three_statements(taker, lines, warehouse, monkeypatch):
	items = make_items(lines)
	for code in items:
		receive(code, 10, warehouse)
	doc = TAKERS[taker](items[0], 2, warehouse)
	first = doc.items[0].as_dict()
	for code in items:
		if code != first.item_code:
			doc.append("items", {**first, "name": None, "idx": None, "item_code": code})
		if doc.items[0].get("t_warehouse"):
			receive(code, 1, doc.items[0].t_warehouse)
	doc.insert()
	counts = []
	for step in ("lock_stock", "settle"):
		monkeypatch.setattr(guard_stock, step, _counting(getattr(guard_stock, step), counts))

	doc.submit()

	assert sum(counts) == 3


def _counting(step, counts):
	def counted(doc):
		with counted_statements() as statements:
			step(doc)
		counts.append(len(statements))

	return counted


def test_the_check_of_a_delivery_of_a_locked_order_stays_small_whatever_the_lines(warehouse, monkeypatch):
	"""Orders and Bins, what was locked before, what is left, and the events of what was delivered."""
	from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note

	counts = []
	for step in ("lock_stock", "settle"):
		monkeypatch.setattr(guard_stock, step, _counting(getattr(guard_stock, step), counts))
	found = {}
	for lines in (1, 8):
		items = make_items(lines)
		for code in items:
			receive(code, 10, warehouse)
		order = make_order(*(line(code, qty=4) for code in items), warehouse=warehouse, submit=True)
		note = make_delivery_note(order.name).insert()
		counts.clear()
		note.submit()
		found[lines] = sum(counts)

	assert found == {1: 6, 8: 6}
