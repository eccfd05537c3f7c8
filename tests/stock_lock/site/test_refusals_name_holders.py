"""Whoever is refused what is locked reads for whom: ERPNext's own refusal names nobody."""

import pytest

import frappe

from erpnext.controllers.sales_and_purchase_return import make_return_doc

from sales_wh_flow.stock_lock.refusals import StockIsLocked
from tests.factories import line, make_item, make_order, receive, unique
from tests.stock_documents import delivery, new_doc, subcontracting_receipt


@pytest.fixture(autouse=True)
def lock_is_on(switches):
	switches(stock_lock=True)


def with_a_lock(warehouse, kind):
	"""(item, order that has some of it, {field of a row that names what is locked})"""
	if kind == "quantity":
		item, named = make_item(), {}
		receive(item, 10, warehouse)
	elif kind == "batch":
		item = make_item(has_batch_no=1, create_new_batch=0)
		batch = frappe.get_doc({"doctype": "Batch", "item": item, "batch_id": unique("B").replace(" ", "-")})
		named = {"batch_no": batch.insert().name}
		receive(item, 10, warehouse, use_serial_batch_fields=1, **named)
	else:
		item = make_item(has_serial_no=1, serial_no_series=frappe.generate_hash(length=6) + ".####")
		receive(item, 10, warehouse)
		named = {"serial_no": min(frappe.get_all("Serial No", {"item_code": item}, pluck="name"))}
	order = make_order(line(item, qty=8), warehouse=warehouse, submit=True)
	return item, order, {"use_serial_batch_fields": 1, **named}


def issue(item, qty, warehouse):
	rows = [{"item_code": item, "qty": qty, "s_warehouse": warehouse, "basic_rate": 10}]
	return new_doc("Stock Entry", stock_entry_type="Material Issue", purpose="Material Issue", items=rows)


@pytest.mark.parametrize("document", [delivery, issue])
@pytest.mark.parametrize(("kind", "qty"), [("quantity", 3), ("batch", 3), ("serial number", 1)])
def test_the_order_that_has_it_is_named(document, kind, qty, warehouse):
	item, order, named = with_a_lock(warehouse, kind)
	doc = document(item, qty, warehouse)
	doc.items[0].update(named)
	frappe.db.savepoint("taken")

	with pytest.raises(StockIsLocked, match=order.name):
		doc.insert().submit()

	frappe.db.rollback(save_point="taken")


def test_the_order_that_has_what_a_supplier_would_use_up_is_named(warehouse):
	item, order, _named = with_a_lock(warehouse, "quantity")
	doc = subcontracting_receipt(item, 3, warehouse).insert()
	frappe.db.savepoint("taken")

	with pytest.raises(StockIsLocked, match=order.name):
		doc.submit()

	frappe.db.rollback(save_point="taken")


def test_the_order_that_has_what_goes_back_to_a_subcontractor_is_named(warehouse):
	raw = make_item()
	receive(raw, 10, warehouse)
	made = subcontracting_receipt(raw, 1, warehouse).insert().submit()
	row = made.items[0]
	order = make_order(line(row.item_code, qty=1), warehouse=row.warehouse, submit=True)
	back = make_return_doc("Subcontracting Receipt", made.name).insert()
	frappe.db.savepoint("taken")

	with pytest.raises(StockIsLocked, match=order.name):
		back.submit()

	frappe.db.rollback(save_point="taken")


def test_whoever_cancels_a_receipt_of_a_locked_batch_reads_for_whom(warehouse):
	"""Some of the batch is left, and others lie there too."""
	item, order, named = with_a_lock(warehouse, "batch")
	first = frappe.get_last_doc("Stock Entry", {"stock_entry_type": "Material Receipt"})
	other = frappe.get_doc({"doctype": "Batch", "item": item, "batch_id": unique("B").replace(" ", "-")})
	receive(item, 5, warehouse, **named)
	receive(item, 10, warehouse, use_serial_batch_fields=1, batch_no=other.insert().name)
	frappe.db.savepoint("cancelled")

	with pytest.raises(StockIsLocked, match=order.name):
		first.cancel()

	frappe.db.rollback(save_point="cancelled")


def test_who_asks_for_more_than_there_is_reads_that(warehouse):
	item, order, _named = with_a_lock(warehouse, "quantity")
	doc = delivery(item, 11, warehouse).insert()
	frappe.db.savepoint("taken")

	with pytest.raises(frappe.ValidationError) as refused:
		doc.submit()

	frappe.db.rollback(save_point="taken")
	assert order.name not in str(refused.value)
