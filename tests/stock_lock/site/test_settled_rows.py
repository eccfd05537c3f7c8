"""A row of a document that moved or locked stock comes and goes with its document, which gives all back."""

import pytest

import frappe
from frappe import client
from frappe.api import v1

from sales_wh_flow.audit import check
from tests import factories as make

pytestmark = pytest.mark.usefixtures("in_this_transaction")


@pytest.fixture(autouse=True)
def lock_is_on(rolled_back, switches):
	switches(stock_lock=True)


@pytest.fixture
def sent(warehouse):
	"""(item, a submitted Delivery Note of an order of four out of ten)"""
	item = make.stocked(10, warehouse)
	order = make.make_order(make.line(item, qty=4, warehouse=warehouse), submit=True)
	return item, note_of(order).submit()


def note_of(order):
	from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note

	return make_delivery_note(order.name).insert()


def another(row):
	values = frappe.copy_doc(row).as_dict(convert_dates_to_str=True, no_nulls=True)
	return {**values, **{field: row.get(field) for field in ("parent", "parenttype", "parentfield")}}


ROADS = {
	"DELETE": lambda row: v1.delete_doc(row.doctype, row.name),
	"cancel": lambda row: client.cancel(row.doctype, row.name),
	"POST": lambda row: frappe.get_doc(another(row)).insert(),
	"POST as submitted": lambda row: frappe.get_doc({**another(row), "docstatus": 1}).insert(),
}


@pytest.mark.parametrize("road", ROADS)
def test_a_note_that_was_sent_gives_everything_back_when_it_is_cancelled(road, sent, warehouse):
	item, note = sent
	with make.acting_as(make.make_user("Sales User", "Stock User")):
		with pytest.raises(frappe.PermissionError, match=note.name):
			ROADS[road](note.items[0])

	note.reload().cancel()

	assert frappe.db.get_value("Bin", {"item_code": item, "warehouse": warehouse}, "actual_qty") == 10
	assert not check.look(items=[item])


def test_a_draft_takes_no_row_of_a_note_that_was_sent(sent, warehouse):
	item, note = sent
	draft = note_of(make.make_order(make.line(item, qty=2, warehouse=warehouse), submit=True))
	draft.append("items", {**note.items[0].as_dict(), "docstatus": 0, "idx": 2})
	draft.items[-1].set("__islocal", None)
	with pytest.raises(frappe.PermissionError, match=note.name):
		draft.save()


def test_no_row_is_put_from_or_into_a_note_that_was_sent(sent, warehouse):
	item, note = sent
	draft = note_of(make.make_order(make.line(item, qty=2, warehouse=warehouse), submit=True))
	with make.acting_as(make.make_user("Sales User", "Stock User")):
		for row, goes_to in ((note.items[0], draft), (draft.items[0], note)):
			with pytest.raises(frappe.PermissionError, match=note.name):
				client.save({**row.as_dict(), "parent": goes_to.name})


def test_a_lock_keeps_the_serial_numbers_it_holds(warehouse):
	item = make.make_item(has_serial_no=1, serial_no_series=frappe.generate_hash(length=6) + ".####")
	make.receive(item, 2, warehouse)
	order = make.make_order(make.line(item, qty=2, warehouse=warehouse), submit=True)
	lock = frappe.get_last_doc("Stock Reservation Entry", {"voucher_no": order.name})
	with pytest.raises(frappe.PermissionError, match=lock.name):
		v1.delete_doc("Serial and Batch Entry", lock.sb_entries[0].name)
	assert not check.look(items=[item])


def scan_into(bundle, batch):
	"""ERPNext's call that adds one of a batch to a bundle, as a client reaches it."""
	name = "erpnext.stock.doctype.serial_and_batch_bundle.serial_and_batch_bundle.update_serial_or_batch"
	frappe.get_attr(frappe.get_hooks("override_whitelisted_methods")[name][-1])(bundle, batch_no=batch)


def test_nobody_scans_into_a_lock_or_into_what_was_moved(warehouse):
	item = make.make_item(has_batch_no=1)
	batch = frappe.get_doc({"doctype": "Batch", "item": item, "batch_id": make.unique("B")}).insert().name
	make.receive(item, 4, warehouse, batch_no=batch, use_serial_batch_fields=1)
	order = make.make_order(make.line(item, qty=2, warehouse=warehouse), submit=True)
	lock = frappe.db.get_value("Stock Reservation Entry", {"voucher_no": order.name})
	moved = frappe.get_last_doc("Serial and Batch Bundle", {"item_code": item})
	draft = frappe.copy_doc(moved)
	for it in (draft, *draft.entries):
		it.docstatus = 0  # which Frappe copies along in tests
	draft.insert()

	with make.acting_as(make.make_user("Stock User")):
		with pytest.raises(frappe.DoesNotExistError):
			scan_into(lock, batch)
		with pytest.raises(frappe.PermissionError, match=moved.name):
			scan_into(moved.name, batch)
		scan_into(draft.name, batch)
	with make.acting_as(make.make_user("Sales User")), pytest.raises(frappe.PermissionError):
		scan_into(draft.name, batch)

	assert [row.qty for row in draft.reload().entries] == [5]
	assert not check.look(items=[item])


def test_a_draft_gives_its_rows_away_as_in_erpnext(sent, warehouse):
	item, _note = sent
	draft = note_of(make.make_order(make.line(item, qty=2, warehouse=warehouse), submit=True))
	v1.delete_doc("Delivery Note Item", draft.items[0].name)
	assert not draft.reload().items
