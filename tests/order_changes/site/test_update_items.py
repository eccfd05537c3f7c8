"""Update Items on a submitted order: its locks follow what changed, and nobody slips in between."""

from collections import defaultdict

import pytest

import frappe
from frappe.handler import execute_cmd

from sales_wh_flow.picking import api as picking_api
from sales_wh_flow.stock_lock import repair
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

UPDATE_ITEMS = "erpnext.controllers.accounts_controller.update_child_qty_rate"


@pytest.fixture(autouse=True)
def lock_is_on(switches):
	switches(stock_lock=True)


def update(order, committed, *changes):
	"""As the desk calls it: through ERPNext's own address."""
	rows = [
		{
			"docname": row.name,
			"name": row.name,
			"item_code": row.item_code,
			"qty": row.qty,
			"rate": row.rate,
			"conversion_factor": 1,
			"delivery_date": row.delivery_date,
			**(changes[at] if at < len(changes) else {}),
		}
		for at, row in enumerate(order.items)
	]
	committed()
	frappe.local.form_dict = frappe._dict(
		cmd=UPDATE_ITEMS,
		parent_doctype="Sales Order",
		parent_doctype_name=order.name,
		trans_items=frappe.as_json(rows),
		child_docname="items",
	)
	frappe.local.request = frappe._dict(method="POST")
	execute_cmd(UPDATE_ITEMS)
	frappe.db.commit()


def held(order):
	rows = frappe.get_all(
		"Stock Reservation Entry",
		filters={"voucher_no": order.name, "docstatus": 1},
		fields=["item_code", "reserved_qty", "delivered_qty"],
	)
	found = defaultdict(float)
	for row in rows:
		found[row.item_code] += row.reserved_qty - row.delivered_qty
	return dict(found)


def reserved(item, warehouse):
	return frappe.db.get_value("Bin", {"item_code": item, "warehouse": warehouse}, "reserved_stock")


def test_a_larger_quantity_locks_more(committed):
	warehouse = make_warehouse()
	item = stocked(10, warehouse)
	order = make_order(line(item, qty=4, warehouse=warehouse), submit=True)

	update(order, committed, {"qty": 7})

	assert held(order) == {item: 7}
	assert reserved(item, warehouse) == 7
	assert repair.look_for_drift().is_clean


def test_a_smaller_quantity_gives_the_rest_back_with_an_event(committed):
	warehouse = make_warehouse()
	item = stocked(10, warehouse)
	order = make_order(line(item, qty=8, warehouse=warehouse), submit=True)

	update(order, committed, {"qty": 3})

	assert held(order) == {item: 3}
	assert reserved(item, warehouse) == 3
	events = frappe.get_all(
		"Stock Lock Event",
		{"sales_order": order.name},
		["event", "qty_stock"],
		order_by="happened_on, creation",
	)
	assert [(event.event, event.qty_stock) for event in events] == [("Locked", 8), ("Released", -5)]


def test_a_line_that_did_not_change_keeps_its_lock(committed):
	warehouse = make_warehouse()
	changed, same = stocked(10, warehouse), stocked(10, warehouse)
	order = make_order(
		line(changed, qty=4, warehouse=warehouse), line(same, qty=6, warehouse=warehouse), submit=True
	)
	rival = make_order(line(same, qty=9, warehouse=warehouse), submit=True)

	update(order, committed, {"qty": 2})

	assert held(order) == {changed: 2, same: 6}
	assert held(rival) == {same: 4}
	assert repair.look_for_drift().is_clean


@pytest.mark.parametrize("status", ["Closed", "On Hold"])
def test_an_order_that_waits_for_nothing_locks_nothing_when_its_items_change(committed, switches, status):
	switches(stock_lock=True, release_on_hold="1")
	warehouse = make_warehouse()
	item = stocked(10, warehouse)
	order = make_order(line(item, qty=4, warehouse=warehouse), submit=True)
	order.update_status(status)

	update(order, committed, {"qty": 7})

	assert held(order) == {}
	assert reserved(item, warehouse) == 0


def test_a_stranger_updates_nothing(committed):
	order = make_order(line(make_item(), warehouse=make_warehouse()), submit=True)
	stranger = make_user("HR User")

	with acting_as(stranger), pytest.raises(frappe.PermissionError):
		update(order, committed, {"qty": 2})


def entries_of(order):
	return frappe.get_all(
		"Stock Reservation Entry",
		{"voucher_no": order.name, "docstatus": 1},
		["name", "creation", "reserved_qty", "delivered_qty", "voucher_qty", "status"],
		order_by="name",
	)


def test_an_order_keeps_its_entries_and_its_place_when_it_is_edited(committed):
	warehouse = make_warehouse()
	item = stocked(10, warehouse)
	order = make_order(line(item, qty=4, warehouse=warehouse), submit=True)
	(before,) = entries_of(order)

	update(order, committed, {"qty": 6})

	first, second = entries_of(order)
	assert (first.name, first.creation, first.reserved_qty) == (before.name, before.creation, 4)
	assert (first.voucher_qty, first.status, second.reserved_qty) == (6, "Partially Reserved", 2)
	update(order, committed, {"qty": 3})
	(left,) = entries_of(order)
	assert (left.name, left.reserved_qty, left.voucher_qty, left.status) == (before.name, 3, 3, "Reserved")
	assert repair.look_for_drift().is_clean


def test_a_delivery_made_before_an_edit_can_still_be_cancelled_exactly(committed):
	from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note

	warehouse = make_warehouse()
	item, other = stocked(10, warehouse), stocked(10, warehouse)
	order = make_order(line(item, qty=4), line(other, qty=4), warehouse=warehouse, submit=True)
	note = make_delivery_note(order.name)
	note.items = [row for row in note.items if row.item_code == item]
	note.insert().submit()

	order.reload()
	update(order, committed, {}, {"qty": 2})
	note.reload()
	note.cancel()

	assert held(order) == {item: 4, other: 2}
	assert reserved(item, warehouse) == 4
	assert repair.look_for_drift().is_clean


def test_a_removed_line_gives_its_stock_back(committed):
	warehouse = make_warehouse()
	kept, gone = stocked(10, warehouse), stocked(10, warehouse)
	order = make_order(line(kept, qty=4), line(gone, qty=4), warehouse=warehouse, submit=True)
	order.items = order.items[:1]

	update(order, committed)

	assert held(order) == {kept: 4}
	assert reserved(gone, warehouse) == 0
	assert repair.look_for_drift().is_clean


def test_a_smaller_quantity_of_a_batch_item_keeps_whole_batches_right(committed):
	warehouse = make_warehouse()
	item = make_item(has_batch_no=1, create_new_batch=1, batch_number_series=unique("B") + ".###")
	receive(item, 4, warehouse)
	receive(item, 6, warehouse)
	order = make_order(line(item, qty=7, warehouse=warehouse), submit=True)

	update(order, committed, {"qty": 5})

	assert held(order) == {item: 5}
	names = [entry.name for entry in entries_of(order)]
	lots = frappe.get_all("Serial and Batch Entry", {"parent": ("in", names)}, pluck="qty", order_by="idx")
	assert sum(lots) == 5
	assert repair.look_for_drift().is_clean


def picked(order, committed, submit=True):
	committed()
	name = picking_api.make_pick_lists(order.name)[0]
	pick = frappe.get_doc("Pick List", name)
	if submit:
		pick.submit()
	frappe.db.commit()
	return pick


@pytest.mark.parametrize("is_submitted", [True, False])
def test_a_line_is_not_lowered_below_what_lies_in_the_crate(switches, committed, is_submitted):
	switches(stock_lock=True, fulfilment=True)
	warehouse = make_warehouse()
	item = stocked(6, warehouse)
	order = make_order(line(item, qty=6, warehouse=warehouse), submit=True)
	waits = make_order(line(item, qty=6, warehouse=warehouse), submit=True)
	pick = picked(order, committed, is_submitted)

	with pytest.raises(frappe.ValidationError, match=pick.name):
		update(order, committed, {"qty": 2})
	frappe.db.rollback()

	assert held(order) == {item: 6}
	assert held(waits) == {}


def test_update_items_of_one_order_changes_no_row_of_another(committed):
	warehouse = make_warehouse()
	item = stocked(10, warehouse)
	order, other = (make_order(line(item, qty=4, warehouse=warehouse), submit=True) for _ in range(2))

	with pytest.raises(frappe.PermissionError, match=other.name):
		update(order, committed, {"docname": other.items[0].name, "qty": 9})
	frappe.db.rollback()

	assert frappe.db.get_value("Sales Order Item", other.items[0].name, "qty") == 4
	assert (held(order), held(other)) == ({item: 4}, {item: 4})


def test_a_line_is_lowered_to_what_lies_in_the_crate(switches, committed):
	switches(stock_lock=True, fulfilment=True)
	warehouse = make_warehouse()
	item = stocked(4, warehouse)
	order = make_order(line(item, qty=6, warehouse=warehouse), submit=True)
	picked(order, committed)

	update(order, committed, {"qty": 4})

	assert held(order) == {item: 4}


def test_an_order_that_was_picked_whole_is_picked_further_when_it_grows(switches, committed):
	switches(stock_lock=True, fulfilment=True)
	warehouse = make_warehouse()
	item = stocked(6, warehouse)
	order = make_order(line(item, qty=4, warehouse=warehouse), submit=True)
	picked(order, committed)
	assert frappe.db.get_value("Sales Order", order.name, "per_picked") == 100

	update(order, committed, {"qty": 6})
	frappe.db.value_cache.clear()  # as in a request of its own
	more = picked(order, committed)

	assert [row.picked_qty for row in more.locations] == [2]
	assert frappe.db.get_value("Sales Order", order.name, "per_picked") == 100
