"""Items, warehouses, settings and receipts that change under a lock: each has one clear outcome."""

from contextlib import contextmanager

import pytest

import frappe
from frappe.utils import add_days, nowdate

from sales_wh_flow.audit import check
from sales_wh_flow.base import hold_rows
from sales_wh_flow.base.compat import NEGATIVE_STOCK
from sales_wh_flow.picking import api as picking_api
from sales_wh_flow.stock_lock import api as stock_lock_api
from sales_wh_flow.stock_lock import fix_stock_settings, repair
from sales_wh_flow.stock_lock.refusals import StockIsLocked
from tests.factories import (
	acting_as,
	line,
	make_item,
	make_order,
	make_user,
	make_warehouse,
	receive,
	stocked,
	unique,
)


@pytest.fixture(autouse=True)
def lock_is_on(switches):
	switches(stock_lock=True, fulfilment=True)


def locked_order(item, qty, warehouse):
	return make_order(line(item, qty=qty), warehouse=warehouse, submit=True)


def held(order):
	rows = frappe.get_all(
		"Stock Reservation Entry",
		{"voucher_no": order.name, "docstatus": 1},
		["item_code", "warehouse", "reserved_qty"],
	)
	return [tuple(row.values()) for row in rows]


def bin_of(item, warehouse, *fields):
	fields = fields or ("reserved_stock",)
	return frappe.db.get_value("Bin", {"item_code": item, "warehouse": warehouse}, fields)


@contextmanager
def refused(problem=frappe.ValidationError, match=None):
	"""What ERPNext had written before it was refused is undone, as the end of a request does."""
	frappe.db.savepoint("refused")
	with pytest.raises(problem, match=match):
		yield
	frappe.db.rollback(save_point="refused")


def deliver(order):
	from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note

	return make_delivery_note(order.name).insert().submit()


# masters


def test_a_renamed_item_keeps_its_locks(warehouse):
	item = stocked(5, warehouse)
	order = locked_order(item, 3, warehouse)
	new = unique("RENAMED").replace(" ", "-")

	frappe.rename_doc("Item", item, new, force=True)

	assert held(order) == [(new, warehouse, 3)]
	assert bin_of(new, warehouse) == 3
	assert not check.look(items=[new])
	deliver(order)
	assert bin_of(new, warehouse, "actual_qty", "reserved_stock") == (2, 0)


def test_a_renamed_warehouse_keeps_its_locks(warehouse):
	item = stocked(5, warehouse)
	order = locked_order(item, 3, warehouse)
	new = unique("Renamed")

	frappe.rename_doc("Warehouse", warehouse, new, force=True)

	assert held(order) == [(item, new, 3)]
	deliver(order)
	assert bin_of(item, new, "actual_qty", "reserved_stock") == (2, 0)
	assert not check.look(items=[item])


@pytest.mark.parametrize("locked_one", [0, 1], ids=["the merged one", "the one that stays"])
def test_items_are_not_merged_while_one_of_them_is_locked(warehouse, locked_one):
	items = [stocked(5, warehouse), stocked(5, warehouse)]
	order = locked_order(items[locked_one], 3, warehouse)

	with refused(match=order.name):
		frappe.rename_doc("Item", *items, merge=True, force=True)


def test_warehouses_are_not_merged_while_stock_in_one_is_locked(warehouse):
	item, other = stocked(5, warehouse), make_warehouse()
	order = locked_order(item, 3, warehouse)

	with refused(match=order.name):
		frappe.rename_doc("Warehouse", warehouse, other, merge=True, force=True)


def test_items_without_locks_are_merged_as_before(warehouse):
	old, new = stocked(5, warehouse), stocked(5, warehouse)

	frappe.rename_doc("Item", old, new, merge=True, force=True)

	assert not frappe.db.exists("Item", old)


def test_a_warehouse_is_not_disabled_while_stock_in_it_is_locked(warehouse):
	order = locked_order(stocked(5, warehouse), 3, warehouse)
	doc = frappe.get_doc("Warehouse", warehouse)
	doc.disabled = 1

	with pytest.raises(frappe.ValidationError, match=order.name):
		doc.save()

	frappe.get_doc("Sales Order", order.name).update_status("Closed")
	doc = frappe.get_doc("Warehouse", warehouse)
	doc.disabled = 1
	assert doc.save().disabled


def test_what_is_locked_in_a_warehouse_that_was_disabled_all_the_same_can_be_released(warehouse, committed):
	item = stocked(5, warehouse)
	order = locked_order(item, 3, warehouse)
	frappe.db.set_value("Warehouse", warehouse, "disabled", 1)
	committed()

	assert stock_lock_api.release_locks(order.name, "The warehouse is closed") == 3
	assert bin_of(item, warehouse) == 0


# settings


def test_settings_that_contradict_are_named_together_and_corrected_with_one_click(switches):
	switches()
	negative = [field for field in NEGATIVE_STOCK if frappe.get_meta("Stock Settings").has_field(field)]
	frappe.db.set_single_value(
		"Stock Settings", {**dict.fromkeys(negative, 1), "enable_stock_reservation": 0}
	)
	settings = frappe.get_doc("Sales Flow Settings")
	settings.stock_lock = "On"

	with pytest.raises(frappe.ValidationError) as refused:
		settings.save()

	assert all(f"'{NEGATIVE_STOCK[field]}'" in str(refused.value) for field in negative)
	assert "Enable Stock Reservation" in str(refused.value)
	action = frappe.local.message_log[-1]["primary_action"]["server_action"]
	frappe.get_attr(action)()
	settings.reload()
	settings.stock_lock = "On"
	settings.save()
	assert fix_stock_settings.contradictions() == []


def test_who_may_not_change_stock_settings_cannot_correct_them(switches):
	with acting_as(make_user("Sales User")), pytest.raises(frappe.PermissionError):
		stock_lock_api.correct_stock_settings()


@pytest.mark.parametrize(
	"value",
	[{"enable_stock_reservation": 0}, *({field: 1} for field in NEGATIVE_STOCK)],
	ids=["reservation off", *NEGATIVE_STOCK],
)
def test_stock_settings_cannot_pull_the_ground_from_under_the_lock(value):
	stock = frappe.get_doc("Stock Settings")
	if not all(map(stock.meta.has_field, value)):
		pytest.skip("this ERPNext has no such setting")
	stock.update(value)

	with pytest.raises(frappe.ValidationError, match="switch Stock Lock off first"):
		stock.save()


def test_an_order_that_erpnext_ticks_for_reservation_is_locked_once(warehouse):
	stock = frappe.get_doc("Stock Settings")
	if not stock.meta.has_field("auto_reserve_stock"):
		pytest.skip("this ERPNext has no such setting")
	stock.update({"auto_reserve_stock": 1}).save()
	item = stocked(5, warehouse)

	order = locked_order(item, 3, warehouse)
	waiting = locked_order(item, 4, warehouse)

	assert order.reserve_stock
	assert [[qty for *_place, qty in held(each)] for each in (order, waiting)] == [[3], [2]]
	assert bin_of(item, warehouse, "reserved_stock") == 5


def test_the_installation_says_what_contradicts(capsys):
	from sales_wh_flow.setup import install

	frappe.db.set_single_value("Stock Settings", "enable_stock_reservation", 0)

	install._say_contradictions()

	assert "Enable Stock Reservation" in capsys.readouterr().out


# stock below zero


def test_an_item_that_may_go_below_zero_never_takes_a_locked_unit_with_it(warehouse):
	item = stocked(5, warehouse, allow_negative_stock=1)
	order = locked_order(item, 3, warehouse)

	with refused(StockIsLocked, match=order.name):
		issue(item, 4, warehouse).submit()


def test_an_item_that_may_go_below_zero_does_so_where_nothing_is_locked(warehouse):
	item = stocked(5, warehouse, allow_negative_stock=1)

	issue(item, 7, warehouse).submit()

	assert bin_of(item, warehouse, "actual_qty", "reserved_stock") == (-2, 0)
	assert held(locked_order(item, 3, warehouse)) == []
	assert repair.look_for_drift().is_clean


# documents of the past


def test_a_back_dated_issue_takes_no_unit_that_was_locked_since(warehouse):
	item = make_item()
	backdated(receive_draft(item, 10, warehouse), 5).submit()
	order = locked_order(item, 8, warehouse)

	with refused():
		backdated(issue(item, 5, warehouse), 3).submit()

	assert held(order) == [(item, warehouse, 8)]


def test_a_back_dated_receipt_can_be_locked(warehouse):
	item = make_item()
	backdated(receive_draft(item, 10, warehouse), 5).submit()

	order = locked_order(item, 8, warehouse)

	assert held(order) == [(item, warehouse, 8)]
	assert bin_of(item, warehouse, "actual_qty", "reserved_stock", "projected_qty") == (10, 8, 2)


def test_a_receipt_whose_stock_was_locked_and_picked_cannot_be_cancelled(warehouse):
	item = make_item()
	receipt = receive(item, 10, warehouse)
	order = locked_order(item, 8, warehouse)
	(name,) = picking_api.make_pick_lists(order.name)
	frappe.get_doc("Pick List", name).submit()
	frappe.db.set_value("Stock Reservation Entry", {"item_code": item}, "creation", "2099-01-01")
	receipt.reload()

	with refused():
		receipt.cancel()


def test_a_bin_that_is_missing_is_made(warehouse):
	item = stocked(5, warehouse)
	frappe.db.delete("Bin", {"item_code": item})

	rows = hold_rows.hold_bins([(item, warehouse)])

	assert list(rows) == [(item, warehouse)]


# the projected quantity


def test_a_stale_bin_adds_up_its_projected_quantity_from_what_is_there_now(warehouse):
	item = stocked(10, warehouse)
	stale = frappe.get_doc("Bin", {"item_code": item, "warehouse": warehouse})
	frappe.db.set_value("Bin", stale.name, {"planned_qty": 3, "projected_qty": 13})

	stale.ordered_qty = 7
	stale.set_projected_qty()
	stale.db_update()

	assert bin_of(item, warehouse, "ordered_qty", "planned_qty", "projected_qty") == (7, 3, 20)


def test_a_projected_quantity_set_alone_is_added_up_too(warehouse):
	item = stocked(10, warehouse)
	stale = frappe.get_doc("Bin", {"item_code": item, "warehouse": warehouse})
	frappe.db.set_value("Bin", stale.name, {"planned_qty": 3})

	stale.db_set("projected_qty", 10)

	assert bin_of(item, warehouse, "projected_qty") == 13


def issue(item, qty, warehouse):
	return entry("Material Issue", {"item_code": item, "qty": qty, "s_warehouse": warehouse})


def receive_draft(item, qty, warehouse):
	return entry(
		"Material Receipt", {"item_code": item, "qty": qty, "t_warehouse": warehouse, "basic_rate": 10}
	)


def entry(purpose, row):
	where = row.get("s_warehouse") or row.get("t_warehouse")
	return frappe.get_doc(
		{
			"doctype": "Stock Entry",
			"stock_entry_type": purpose,
			"purpose": purpose,
			"company": frappe.get_cached_value("Warehouse", where, "company"),
			"items": [row],
		}
	).insert()


def backdated(doc, days):
	doc.update({"set_posting_time": 1, "posting_date": add_days(nowdate(), -days)})
	return doc.save()
