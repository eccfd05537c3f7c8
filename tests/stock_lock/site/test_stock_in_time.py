"""Stock and time: what comes next week is not there today, what goes bad under a lock is not sent."""

import pytest

import frappe
from frappe.utils import add_days, nowdate

from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note

from sales_wh_flow.audit import check
from sales_wh_flow.base import jobs
from sales_wh_flow.dispatch import api as dispatch_api
from sales_wh_flow.picking import api as picking_api
from sales_wh_flow.stock_lock import jobs as stock_lock_jobs
from sales_wh_flow.stock_lock import leave_bad_lots
from sales_wh_flow.stock_lock.refusals import StockIsLocked
from sales_wh_flow.stock_lock.serving import api as serving_api
from sales_wh_flow.stock_lock.serving import jobs as serving_jobs
from tests.factories import (
	company,
	line,
	make_item,
	make_order,
	make_warehouse,
	receive,
)
from tests.stock_documents import delivery, new_doc


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True)


def moved_later(item, qty, days, **row):
	"""A submitted Stock Entry of a later day: in with ``t_warehouse``, out with ``s_warehouse``."""
	purpose = "Material Receipt" if "t_warehouse" in row else "Material Issue"
	rows = [{"item_code": item, "qty": qty, "basic_rate": 10, "use_serial_batch_fields": 1, **row}]
	doc = new_doc(
		"Stock Entry",
		stock_entry_type=purpose,
		purpose=purpose,
		company=company().name,
		set_posting_time=1,
		posting_date=add_days(nowdate(), days),
		posting_time="10:00:00",
		items=rows,
	)
	return doc.insert().submit()


def locked(order):
	return sum(frappe.get_all("Stock Reservation Entry", {"voucher_no": order.name}, pluck="reserved_qty"))


def status(order):
	return frappe.db.get_value("Sales Order", order.name, "swf_flow_status")


def test_stock_of_a_later_day_is_on_its_way(warehouse):
	item = make_item()
	receipt = moved_later(item, 5, 7, t_warehouse=warehouse)
	order = make_order(line(item, qty=3), warehouse=warehouse, submit=True)

	said = serving_api.who_has_it(item, warehouse, order.name)

	assert (locked(order), said["on_hand"]) == (0, 0)
	assert [(it["document"], it["document_type"], it["qty"]) for it in said["incoming"]] == [
		(receipt.name, "Stock Entry", 5)
	]
	assert str(said["you"]["expected"]) == add_days(nowdate(), 7)


def test_what_comes_next_week_is_not_locked_today(warehouse):
	item = make_item()
	moved_later(item, 100, 3, t_warehouse=warehouse)
	receive(item, 1, warehouse)

	order = make_order(line(item, qty=5), warehouse=warehouse, submit=True)

	assert (locked(order), status(order)) == (1, "Partly Locked")
	assert not check.look(items=[item])


def test_what_comes_next_week_is_not_served_today(warehouse, committed):
	item = make_item()
	order = make_order(line(item, qty=5), warehouse=warehouse, submit=True)
	moved_later(item, 100, 3, t_warehouse=warehouse)
	receive(item, 2, warehouse)
	committed()

	serving_jobs.serve_waiting_demand()

	assert locked(order) == 2


def test_what_leaves_next_week_is_not_free_today(warehouse):
	item = make_item()
	receive(item, 10, warehouse)
	moved_later(item, 8, 3, s_warehouse=warehouse)
	moved_later(item, 50, 5, t_warehouse=warehouse)

	order = make_order(line(item, qty=5), warehouse=warehouse, submit=True)

	assert locked(order) == 2


@pytest.mark.parametrize("kept_by", ["batch", "serial number"])
def test_no_batch_or_serial_number_of_next_week_is_locked_today(kept_by, warehouse):
	series = frappe.generate_hash()[:6] + ".###"
	if kept_by == "batch":
		item = make_item(has_batch_no=1, create_new_batch=1, batch_number_series=series)
	else:
		item = make_item(has_serial_no=1, serial_no_series=series)
	moved_later(item, 5, 3, t_warehouse=warehouse)
	receive(item, 2, warehouse)

	order = make_order(line(item, qty=5), warehouse=warehouse, submit=True)

	entries = frappe.get_all(
		"Serial and Batch Entry",
		{"parenttype": "Stock Reservation Entry", "parent": ("in", _entries(order))},
		["batch_no", "serial_no"],
	)
	later = frappe.get_all(
		"Serial and Batch Entry",
		{"parenttype": "Serial and Batch Bundle", "parent": ("in", _bundles(item, ">"))},
		["batch_no", "serial_no"],
	)
	assert locked(order) == 2
	assert not {(row.batch_no, row.serial_no) for row in entries} & {
		(row.batch_no, row.serial_no) for row in later
	}


def _entries(order):
	return frappe.get_all("Stock Reservation Entry", {"voucher_no": order.name}, pluck="name")


def _bundles(item, when):
	return frappe.get_all(
		"Stock Ledger Entry",
		{"item_code": item, "posting_date": (when, nowdate())},
		pluck="serial_and_batch_bundle",
	)


def test_nobody_takes_today_what_is_locked_because_more_comes_next_week(warehouse, monkeypatch):
	"""The guard alone is asked: ERPNext's own is blinded."""
	from erpnext.stock import stock_ledger

	item = make_item()
	receive(item, 5, warehouse)
	moved_later(item, 100, 3, t_warehouse=warehouse)
	order = make_order(line(item, qty=5), warehouse=warehouse, submit=True)
	monkeypatch.setattr(stock_ledger, "validate_reserved_stock", lambda *args: None)
	frappe.db.set_value("Stock Reservation Entry", {"item_code": item}, "creation", "2099-01-01")
	row = {"item_code": item, "qty": 3, "s_warehouse": warehouse}
	issue = new_doc(
		"Stock Entry", stock_entry_type="Material Issue", purpose="Material Issue", items=[row]
	).insert()
	frappe.db.savepoint("taken")

	with pytest.raises(StockIsLocked, match=order.name):
		issue.submit()

	frappe.db.rollback(save_point="taken")


def batch_of(item, days, **values):
	expiry = add_days(nowdate(), days)
	name = frappe.generate_hash(length=8)
	doc = {"doctype": "Batch", "item": item, "batch_id": name, "expiry_date": expiry, **values}
	return frappe.get_doc(doc).insert().name


@pytest.fixture
def old(warehouse):
	"""(item, batch that is locked first) of an item whose batches expire; ten on hand."""
	item = make_item(has_batch_no=1, create_new_batch=0, has_expiry_date=1, shelf_life_in_days=10)
	batch = batch_of(item, 3)
	receive(item, 10, warehouse, batch_no=batch, use_serial_batch_fields=1)
	return item, batch


def goes_bad(batch, how="expired", by_form=False):
	"""``by_form``: somebody says so; else it is found later."""
	values = {
		"expired": {"expiry_date": add_days(nowdate(), -1)},
		"disabled": {"disabled": 1},
		"on hold": {"swf_quality_hold": 1},
	}
	if by_form:
		frappe.get_doc("Batch", batch).update(values[how]).save()
	else:
		frappe.db.set_value("Batch", batch, values[how])


def batches_held(order):
	return frappe.get_all(
		"Serial and Batch Entry",
		{"parent": ("in", _open_entries(order)), "parenttype": "Stock Reservation Entry"},
		pluck="batch_no",
	)


def _open_entries(order):
	return frappe.get_all("Stock Reservation Entry", {"voucher_no": order.name, "docstatus": 1}, pluck="name")


@pytest.mark.parametrize("how", ["expired", "disabled", "on hold"])
def test_a_lock_leaves_a_batch_that_has_gone_bad_for_a_good_one(how, old, warehouse, committed):
	item, batch = old
	order = make_order(line(item, qty=4), warehouse=warehouse, submit=True)
	goes_bad(batch, how)
	found = [it.code for it in check.look(items=[item])]
	fresh = batch_of(item, 60)
	receive(item, 10, warehouse, batch_no=fresh, use_serial_batch_fields=1)
	committed()

	stock_lock_jobs.expire_locks()

	assert "lock_of_bad_lot" in found
	assert (batches_held(order), status(order)) == ([fresh], "Locked")
	assert not check.look(items=[item])


@pytest.mark.parametrize("how", ["expired", "disabled", "on hold"])
def test_whoever_says_that_a_batch_is_bad_has_its_locks_leave_it_at_once(how, old, warehouse, committed):
	item, batch = old
	order = make_order(line(item, qty=4), warehouse=warehouse, submit=True)
	goes_bad(batch, how, by_form=True)
	committed()

	jobs.do_owed("leave_bad_lots")

	assert (batches_held(order), status(order)) == ([], "Backordered")
	assert not frappe.db.exists("Owed Work", "leave_bad_lots")


def test_a_batch_that_is_good_until_today_is_picked_and_sent_today(warehouse):
	item = make_item(has_batch_no=1, create_new_batch=0, has_expiry_date=1, shelf_life_in_days=10)
	receive(item, 4, warehouse, batch_no=batch_of(item, 0), use_serial_batch_fields=1)
	order = make_order(line(item, qty=4), warehouse=warehouse, submit=True)
	pick = frappe.get_doc("Pick List", picking_api.make_pick_lists(order.name)[0])
	pick.locations[0].picked_qty = 4

	pick.save().submit()
	frappe.get_doc("Delivery Note", dispatch_api.make_delivery_note(pick.name)).submit()

	assert status(order) == "Dispatched"


def test_a_note_of_a_locked_batch_that_went_bad_says_which(old, warehouse):
	item, batch = old
	fresh = batch_of(item, 60)
	receive(item, 3, warehouse, batch_no=fresh, use_serial_batch_fields=1)
	order = make_order(line(item, qty=13), warehouse=warehouse, submit=True)
	goes_bad(batch)
	note = make_delivery_note(order.name)
	note.insert()
	frappe.db.savepoint("taken")

	with pytest.raises(frappe.ValidationError, match=batch) as refused:
		note.submit()

	frappe.db.rollback(save_point="taken")
	assert fresh not in str(refused.value)
	leave_bad_lots.leave_bad_lots(order.name)
	assert batches_held(order) == [fresh]


def test_an_order_whose_batch_has_gone_bad_waits_when_there_is_no_other(old, warehouse, committed):
	item, batch = old
	order = make_order(line(item, qty=4), warehouse=warehouse, submit=True)
	goes_bad(batch)
	committed()

	stock_lock_jobs.expire_locks()

	told = {"sales_order": order.name, "event": "Expired"}
	event = frappe.get_all("Stock Lock Event", told, pluck="reason")
	assert (batches_held(order), status(order)) == ([], "Backordered")
	assert batch in event[0]
	assert not check.look(items=[item])


def test_whoever_picks_is_given_a_good_batch(old, warehouse):
	item, batch = old
	order = make_order(line(item, qty=4), warehouse=warehouse, submit=True)
	goes_bad(batch)
	fresh = batch_of(item, 60)
	receive(item, 10, warehouse, batch_no=fresh, use_serial_batch_fields=1)

	pick = frappe.get_doc("Pick List", picking_api.make_pick_lists(order.name)[0])

	assert [row.batch_no for row in pick.locations] == [fresh]


def test_a_batch_that_goes_bad_on_a_pick_list_is_not_picked(old, warehouse):
	item, batch = old
	order = make_order(line(item, qty=4), warehouse=warehouse, submit=True)
	pick = frappe.get_doc("Pick List", picking_api.make_pick_lists(order.name)[0])
	goes_bad(batch)
	frappe.db.savepoint("picked")

	with pytest.raises(frappe.ValidationError, match=batch):
		pick.submit()

	frappe.db.rollback(save_point="picked")
	assert leave_bad_lots.leave_bad_lots(order.name) == 4


def test_an_expired_batch_leaves_by_no_note_of_its_order(old, warehouse):
	item, batch = old
	order = make_order(line(item, qty=4), warehouse=warehouse, submit=True)
	note = dispatch_api.make_delivery_note_of_order(order.name, None, {"for_reserved_stock": True})
	note.insert()
	goes_bad(batch)
	frappe.db.savepoint("taken")

	with pytest.raises(frappe.ValidationError, match=batch):
		note.submit()

	frappe.db.rollback(save_point="taken")
	assert leave_bad_lots.leave_bad_lots(order.name) == 4


def test_a_batch_on_hold_leaves_on_no_note_that_names_none(old, warehouse):
	"""ERPNext chooses a batch by itself, and knows nothing of the hold."""
	item, batch = old
	goes_bad(batch, "on hold")
	note = delivery(item, 2, warehouse).insert()
	frappe.db.savepoint("sent")

	with pytest.raises(frappe.ValidationError, match=batch):
		note.submit()

	frappe.db.rollback(save_point="sent")


def test_a_batch_on_hold_can_be_moved_to_quarantine(old, warehouse):
	item, batch = old
	goes_bad(batch, "on hold")
	row = {"item_code": item, "qty": 10, "s_warehouse": warehouse, "t_warehouse": make_warehouse()}
	row |= {"batch_no": batch, "use_serial_batch_fields": 1}
	entry = new_doc(
		"Stock Entry", stock_entry_type="Material Transfer", purpose="Material Transfer", items=[row]
	)

	assert entry.insert().submit().docstatus == 1
