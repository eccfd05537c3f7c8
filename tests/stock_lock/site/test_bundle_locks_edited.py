"""Locks of components follow when an order of bundles is edited."""

import pytest

import frappe

from sales_wh_flow.audit import check
from sales_wh_flow.dispatch import api as dispatch_api
from sales_wh_flow.order_changes import api as order_changes_api
from sales_wh_flow.stock_lock import repair
from tests.factories import (
	line,
	make_bundle,
	make_item,
	make_order,
	receive,
	unique,
)
from tests.stock_lock.bundle_world import _names, delivery_of, events_sum, locked, written


@pytest.fixture(autouse=True)
def lock_is_on(switches):
	switches(stock_lock=True, fulfilment=True)


def test_update_items_locks_the_components_of_the_new_quantity(warehouse, kit, pump, hose, committed):
	receive(pump, 9, warehouse)
	receive(hose, 9, warehouse)
	order = make_order(line(kit, qty=1), warehouse=warehouse, submit=True)
	committed()
	row = order.items[0]
	changed = {"docname": row.name, "item_code": kit, "qty": 2, "rate": row.rate, "uom": row.uom}

	order_changes_api.update_items(
		"Sales Order", frappe.as_json([{**changed, "conversion_factor": 1}]), order.name
	)

	assert locked(order) == {pump: 2, hose: 6}
	assert repair.look_for_drift().is_clean


@pytest.mark.parametrize("is_held", [False, True])
def test_components_of_a_bundle_that_is_taken_off_are_asked_for_no_more(
	warehouse, kit, pump, hose, committed, is_held
):
	receive(pump, 9, warehouse)
	receive(hose, 9, warehouse)
	other = make_order(line(kit, qty=1), warehouse=warehouse, submit=True)
	order = make_order(
		line(kit, qty=2), line(pump, qty=1), line(make_item()), warehouse=warehouse, submit=True
	)
	if is_held:
		order.update_status("On Hold")
	committed()
	rest = [
		{"docname": row.name, "item_code": row.item_code, "qty": row.qty, "rate": row.rate}
		for row in order.items
		if row.item_code != kit
	]

	order_changes_api.update_items("Sales Order", frappe.as_json(rest), order.name)

	def asked(item):
		bin_ = {"item_code": item, "warehouse": warehouse}
		return frappe.db.get_value("Bin", bin_, ["reserved_qty", "projected_qty"])

	own = 0 if is_held else 1
	assert asked(hose) == (3, 6), "what the other order asks"
	assert asked(pump) == (1 + own, 8 - own)
	assert locked(other) == {pump: 1, hose: 3}
	assert hose not in locked(order)
	make_order(line(kit, qty=1), warehouse=warehouse, submit=True)
	assert repair.look_for_drift().is_clean, (
		"ERPNext made a Bin of the bundle itself, and never asks it again"
	)
	assert not check.look(items=[kit])


def test_the_quantity_of_a_components_entry_cannot_be_changed_by_hand(warehouse, kit, pump, hose):
	receive(pump, 3, warehouse)
	receive(hose, 9, warehouse)
	order = make_order(line(kit, qty=1), warehouse=warehouse, submit=True)
	entry = frappe.get_doc("Stock Reservation Entry", _names(order)[0])
	entry.reserved_qty = 2

	with pytest.raises(frappe.ValidationError, match="product bundle"):
		entry.save()


def test_components_are_given_back_when_the_lock_is_switched_off(warehouse, kit, pump, hose, switches):
	"""ERPNext alone would never deliver what is locked for a component."""
	receive(pump, 1, warehouse)
	receive(hose, 3, warehouse)
	order = make_order(line(kit, qty=1), warehouse=warehouse, submit=True)

	switches()

	assert locked(order) == {}
	assert (written(pump, warehouse), written(hose, warehouse)) == (0, 0)
	delivery_of(order).submit()


def test_the_button_for_reserved_stock_delivers_an_order_with_bundles(warehouse, kit, pump, hose):
	receive(pump, 3, warehouse)
	receive(hose, 9, warehouse)
	order = make_order(line(kit, qty=1), line(pump, qty=1), warehouse=warehouse, submit=True)

	note = dispatch_api.make_delivery_note_of_order(order.name, kwargs={"for_reserved_stock": True})

	assert [(row.item_code, row.qty) for row in note.items] == [(kit, 1), (pump, 1)]


def update_items(order, qty):
	row = order.items[0]
	order_changes_api.update_items(
		"Sales Order",
		frappe.as_json([{"docname": row.name, "item_code": row.item_code, "qty": qty, "rate": row.rate}]),
		order.name,
	)


def entries(order):
	"""{component: (entry, reserved, delivered)} of an order with one submitted entry for each."""
	rows = frappe.get_all(
		"Stock Reservation Entry",
		{"voucher_no": order.name, "docstatus": 1},
		["name", "item_code", "reserved_qty", "delivered_qty", "voucher_detail_no"],
	)
	for row in rows:
		assert frappe.db.get_value("Packed Item", row.voucher_detail_no, "parent") == order.name
	return {row.item_code: (row.name, row.reserved_qty, row.delivered_qty) for row in rows}


@pytest.mark.parametrize(("qty", "left"), [(3, 3), (4, 4), (6, 5)])
def test_locks_are_exact_when_a_delivery_is_cancelled_after_an_edit(
	warehouse, kit, pump, hose, committed, qty, left
):
	receive(pump, 5, warehouse)
	receive(hose, 15, warehouse)
	order = make_order(line(kit, qty=4), warehouse=warehouse, submit=True)
	note = delivery_of(order, 1)
	note.submit()
	committed()

	update_items(order, qty)
	assert locked(order) == {pump: left - 1, hose: 3 * (left - 1)}
	frappe.get_doc("Delivery Note", note.name).cancel()

	assert locked(order) == {pump: left, hose: 3 * left}
	assert (written(pump, warehouse), written(hose, warehouse)) == (left, 3 * left)
	assert events_sum(order) == {pump: left, hose: 3 * left}
	assert repair.look_for_drift().is_clean


def test_an_edit_keeps_the_entries_of_components_and_their_age(warehouse, kit, pump, hose, committed):
	receive(pump, 4, warehouse)
	receive(hose, 12, warehouse)
	order = make_order(line(kit, qty=4), warehouse=warehouse, submit=True)
	before = entries(order)
	committed()

	update_items(order, 2)

	assert entries(order) == {pump: (before[pump][0], 2, 0), hose: (before[hose][0], 6, 0)}


def test_batches_of_a_component_are_exact_when_a_delivery_is_cancelled_after_an_edit(warehouse, committed):
	oil = make_item(has_batch_no=1, create_new_batch=1, batch_number_series=unique("B") + "-.####")
	kit = make_bundle({oil: 2})
	receive(oil, 10, warehouse)
	order = make_order(line(kit, qty=4), warehouse=warehouse, submit=True)
	note = delivery_of(order, 1)
	note.submit()
	committed()

	update_items(order, 3)
	frappe.get_doc("Delivery Note", note.name).cancel()

	rows = frappe.get_all(
		"Stock Reservation Entry",
		{"voucher_no": order.name, "docstatus": 1, "status": ("!=", "Delivered")},
		["reserved_qty", "delivered_qty"],
	)
	assert sum(row.reserved_qty - row.delivered_qty for row in rows) == 6
	assert written(oil, warehouse) == 6
