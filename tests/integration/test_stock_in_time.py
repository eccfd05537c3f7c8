"""Stock and time: what comes next week is not there today, what goes bad under a lock is not sent."""

import pytest

import frappe
from frappe.utils import add_days, nowdate

from sales_wh_flow import jobs
from sales_wh_flow.flow import check
from sales_wh_flow.messages import StockIsLocked

from .factories import company, line, make_item, make_order, make_warehouse, receive
from .stock_documents import new_doc


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True)


@pytest.fixture
def warehouse():
	return make_warehouse()


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

	jobs.serve_waiting_demand()

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
