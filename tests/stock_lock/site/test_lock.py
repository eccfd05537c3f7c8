"""Submitting an order locks its stock: all lines in one pass, exactly what is there, as ERPNext would write
it.
"""

import pytest

import frappe
from frappe.utils import add_days, today

from sales_wh_flow.order_board import api as order_board_api
from tests.factories import (
	line,
	make_item,
	make_order,
	receive,
	stocked,
	unique,
)
from tests.stock_lock.lock_world import bin_of, locks_of, status_of


@pytest.fixture(autouse=True)
def lock_is_on(switches):
	switches(stock_lock=True)


def test_an_order_locks_what_it_needs(warehouse):
	item = stocked(10, warehouse)

	order = make_order(line(item, qty=4), warehouse=warehouse, submit=True)

	assert [lock.reserved_qty for lock in locks_of(order)] == [4]
	assert bin_of(item, warehouse) == {
		"actual_qty": 10,
		"reserved_qty": 4,
		"projected_qty": 6,
		"reserved_stock": 4,
	}
	assert frappe.db.get_value("Sales Order Item", order.items[0].name, "stock_reserved_qty") == 4
	assert order.items[0].stock_reserved_qty == 4
	assert status_of(order) == "Locked"


@pytest.mark.unchecked
def test_a_lock_cannot_be_told_from_one_of_erpnext(warehouse, switches):
	item = stocked(10, warehouse)
	switches()
	frappe.db.set_single_value("Stock Settings", "enable_stock_reservation", 1)
	native = locks_of(make_order(line(item, qty=3), warehouse=warehouse, reserve_stock=1, submit=True))[0]
	switches(stock_lock=True)

	ours = locks_of(make_order(line(item, qty=3), warehouse=warehouse, submit=True))[0]

	own = {"name", "creation", "modified", "voucher_no", "voucher_detail_no", "available_qty"}
	assert {key: value for key, value in ours.items() if key not in own} == {
		key: value for key, value in native.items() if key not in own
	}
	assert (native.available_qty, ours.available_qty) == (10, 7)
	assert int(ours.name.rsplit("-", 1)[1]) == int(native.name.rsplit("-", 1)[1]) + 1


def test_the_shortage_waits_and_is_shown_on_the_order(warehouse):
	item = stocked(3, warehouse)

	order = make_order(line(item, qty=5), warehouse=warehouse, submit=True)

	shown = order_board_api.order_overview(order.name)
	assert shown["flow_status"] == "Partly Locked"
	assert [(row["ordered"], row["locked"], row["waiting"]) for row in shown["lines"]] == [(5, 3, 2)]
	assert locks_of(order)[0].status == "Partially Reserved"


def test_an_order_without_any_stock_is_backordered(warehouse):
	order = make_order(line(make_item(), qty=5), warehouse=warehouse, submit=True)

	assert locks_of(order) == []
	assert status_of(order) == "Backordered"


def test_two_lines_of_one_item_never_lock_a_unit_twice(warehouse):
	item = stocked(10, warehouse)

	order = make_order(line(item, qty=7), line(item, qty=7), warehouse=warehouse, submit=True)

	assert [lock.reserved_qty for lock in locks_of(order)] == [7, 3]
	assert bin_of(item, warehouse).reserved_stock == 10


def test_the_second_order_gets_what_the_first_one_left(warehouse):
	item = stocked(10, warehouse)
	make_order(line(item, qty=8), warehouse=warehouse, submit=True)

	second = make_order(line(item, qty=8), warehouse=warehouse, submit=True)

	assert [lock.reserved_qty for lock in locks_of(second)] == [2]
	assert bin_of(item, warehouse).reserved_stock == 10


@pytest.mark.parametrize(
	("policy", "locked"),
	[("What is there", {"A": 2, "B": 5}), ("Full lines only", {"B": 5}), ("Full order only", {})],
)
def test_the_policy_says_what_happens_when_stock_is_short(switches, warehouse, policy, locked):
	switches(stock_lock=True, partial_lock=policy)
	items = {"A": stocked(2, warehouse), "B": stocked(5, warehouse)}

	order = make_order(line(items["A"], qty=4), line(items["B"], qty=5), warehouse=warehouse, submit=True)

	names = {code: name for name, code in items.items()}
	assert {names[lock.item_code]: lock.reserved_qty for lock in locks_of(order)} == locked


def test_a_line_in_boxes_is_locked_in_whole_boxes(warehouse):
	item = stocked(30, warehouse, uoms=[{"uom": "Box", "conversion_factor": 12}])

	order = make_order(line(item, qty=3, uom="Box", conversion_factor=12), warehouse=warehouse, submit=True)

	assert [(lock.reserved_qty, lock.voucher_qty, lock.stock_uom) for lock in locks_of(order)] == [
		(24, 36, "Nos")
	]
	assert order_board_api.order_overview(order.name)["lines"][0]["waiting"] == 12


@pytest.mark.unchecked
def test_a_fraction_of_a_whole_unit_is_never_locked(warehouse):
	item = stocked(5, warehouse)
	frappe.db.set_value("Bin", {"item_code": item, "warehouse": warehouse}, "actual_qty", 4.5)

	order = make_order(line(item, qty=5), warehouse=warehouse, submit=True)

	assert [lock.reserved_qty for lock in locks_of(order)] == [4]


def test_a_line_that_opted_out_and_a_service_are_left_alone(warehouse):
	item, service = stocked(10, warehouse), make_item(is_stock_item=0)

	order = make_order(
		line(item, qty=2, reserve_stock=0),
		line(service, qty=1, warehouse=None),
		warehouse=warehouse,
		submit=True,
	)

	assert locks_of(order) == []


def test_batches_are_locked_first_in_first_out(warehouse):
	item = make_item(
		has_batch_no=1, create_new_batch=1, batch_number_series=unique("B").replace(" ", "") + ".###"
	)
	receive(item, 4, warehouse)
	receive(item, 6, warehouse)

	order = make_order(line(item, qty=7), warehouse=warehouse, submit=True)

	(lock,) = locks_of(order)
	entries = frappe.get_all(
		"Serial and Batch Entry",
		filters={"parent": lock.name},
		fields=["batch_no", "qty", "delivered_qty", "warehouse"],
		order_by="idx",
	)
	assert lock.reservation_based_on == "Serial and Batch"
	assert [(entry.qty, entry.delivered_qty, entry.warehouse) for entry in entries] == [
		(4, 0, warehouse),
		(3, 0, warehouse),
	]
	assert entries[0].batch_no < entries[1].batch_no


@pytest.mark.parametrize(
	("picked_by", "taken"), [("FIFO", "first third"), ("LIFO", "second third"), ("Expiry", "third second")]
)
def test_batches_are_locked_in_the_order_in_which_erpnext_picks_them(warehouse, picked_by, taken):
	"""Made in the order first, third, second; the third expires soonest, the first last."""
	frappe.db.set_single_value("Stock Settings", "pick_serial_and_batch_based_on", picked_by)
	item, names = make_item(has_batch_no=1), {}
	for title, days in (("first", 90), ("third", 30), ("second", 60)):
		batch = {
			"doctype": "Batch",
			"item": item,
			"batch_id": unique(title),
			"expiry_date": add_days(today(), days),
		}
		names[frappe.get_doc(batch).insert().name] = title
	for batch_no in names:
		receive(item, 4, warehouse, batch_no=batch_no, use_serial_batch_fields=1)

	order = make_order(line(item, qty=6), warehouse=warehouse, submit=True)

	(lock,) = locks_of(order)
	held = frappe.get_doc("Stock Reservation Entry", lock.name).sb_entries
	assert " ".join(names[entry.batch_no] for entry in held) == taken
	assert [entry.qty for entry in held] == [4, 2]


def test_a_batch_locked_for_one_order_is_not_given_to_the_next(warehouse):
	item = make_item(
		has_batch_no=1, create_new_batch=1, batch_number_series=unique("B").replace(" ", "") + ".###"
	)
	receive(item, 4, warehouse)
	receive(item, 6, warehouse)
	make_order(line(item, qty=5), warehouse=warehouse, submit=True)

	second = make_order(line(item, qty=9), warehouse=warehouse, submit=True)

	(lock,) = locks_of(second)
	assert lock.reserved_qty == 5
	assert [entry.qty for entry in frappe.get_doc("Stock Reservation Entry", lock.name).sb_entries] == [5]


def test_a_batch_that_the_ledger_names_without_a_bundle_is_locked_too(warehouse):
	"""As on a site that has come from an older ERPNext."""
	item = make_item(
		has_batch_no=1, create_new_batch=1, batch_number_series=unique("B").replace(" ", "") + ".###"
	)
	receive(item, 4, warehouse)
	batch = frappe.db.get_value("Batch", {"item": item})
	frappe.db.set_value(
		"Stock Ledger Entry", {"item_code": item}, {"serial_and_batch_bundle": None, "batch_no": batch}
	)

	order = make_order(line(item, qty=3), warehouse=warehouse, submit=True)

	(lock,) = locks_of(order)
	held = frappe.get_all("Serial and Batch Entry", {"parent": lock.name}, ["batch_no", "qty"])
	assert [(entry.batch_no, entry.qty) for entry in held] == [(batch, 3)]


def test_an_expired_batch_is_not_locked(warehouse):
	item = make_item(
		has_batch_no=1, create_new_batch=1, has_expiry_date=1, shelf_life_in_days=30,
		batch_number_series=unique("B").replace(" ", "") + ".###",
	)  # fmt: skip
	receive(item, 4, warehouse)
	frappe.db.set_value("Batch", {"item": item}, "expiry_date", "2020-01-01")

	order = make_order(line(item, qty=4), warehouse=warehouse, submit=True)

	assert locks_of(order) == []


def test_no_serial_number_is_locked_twice(warehouse):
	item = make_item(has_serial_no=1, serial_no_series=unique("S").replace(" ", "") + ".####")
	receive(item, 3, warehouse)

	first = make_order(line(item, qty=2), warehouse=warehouse, submit=True)
	second = make_order(line(item, qty=2), warehouse=warehouse, submit=True)

	serials = [
		row.serial_no
		for order in (first, second)
		for lock in locks_of(order)
		for row in frappe.get_doc("Stock Reservation Entry", lock.name).sb_entries
	]
	assert len(serials) == len(set(serials)) == 3
	assert status_of(second) == "Partly Locked"
