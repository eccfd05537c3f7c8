"""Product bundles: components are locked, guarded, picked, delivered and given back like other stock."""

import pytest

import frappe
from frappe.model import mapper

from sales_wh_flow.dispatch import api as dispatch_api
from sales_wh_flow.order_board import api as order_board_api
from sales_wh_flow.picking import api as picking_api
from sales_wh_flow.stock_lock import api as stock_lock_api
from sales_wh_flow.stock_lock import repair
from sales_wh_flow.stock_lock.serving import jobs
from tests.factories import (
	line,
	make_bundle,
	make_item,
	make_order,
	make_warehouse,
	receive,
	unique,
)
from tests.stock_lock.bundle_world import _names, delivery_of, events_sum, locked, written


@pytest.fixture(autouse=True)
def lock_is_on(switches):
	switches(stock_lock=True, fulfilment=True)


def status_of(order):
	return frappe.db.get_value("Sales Order", order.name, "swf_flow_status")


def test_an_order_of_bundles_locks_their_components(warehouse, kit, pump, hose):
	receive(pump, 10, warehouse)
	receive(hose, 10, warehouse)

	order = make_order(line(kit, qty=2), warehouse=warehouse, submit=True)

	assert locked(order) == {pump: 2, hose: 6}
	assert (written(pump, warehouse), written(hose, warehouse)) == (2, 6)
	assert frappe.db.get_value("Sales Order Item", order.items[0].name, "stock_reserved_qty") == 0
	assert status_of(order) == "Locked"
	shown = order_board_api.order_overview(order.name)["lines"]
	assert [(row["item_code"], row["locked"], row["waiting"]) for row in shown] == [
		(pump, 2, 0),
		(hose, 6, 0),
	]
	assert repair.look_for_drift().is_clean


def test_only_whole_bundles_are_locked_and_the_rest_waits(warehouse, kit, pump, hose):
	receive(pump, 10, warehouse)
	receive(hose, 5, warehouse)

	order = make_order(line(kit, qty=2), warehouse=warehouse, submit=True)

	assert locked(order) == {pump: 1, hose: 3}
	assert status_of(order) == "Partly Locked"


def test_waiting_components_are_served_when_they_come_in(warehouse, kit, pump, hose, committed):
	receive(pump, 10, warehouse)
	order = make_order(line(kit, qty=2), warehouse=warehouse, submit=True)
	receive(hose, 6, warehouse)
	committed()

	jobs.serve_waiting_demand()

	assert locked(order) == {pump: 2, hose: 6}
	assert status_of(order) == "Locked"


@pytest.mark.unchecked
def test_nobody_else_takes_a_locked_component(warehouse, kit, pump, hose):
	receive(pump, 2, warehouse)
	receive(hose, 6, warehouse)
	make_order(line(kit, qty=2), warehouse=warehouse, submit=True)
	other = make_order(line(hose, qty=1), warehouse=warehouse, submit=True)

	assert locked(other) == {}
	with pytest.raises(frappe.ValidationError):
		delivery_of(other).submit()


def test_a_delivery_takes_exactly_its_components_and_its_cancel_locks_them_again(warehouse, kit, pump, hose):
	receive(pump, 3, warehouse)
	receive(hose, 9, warehouse)
	order = make_order(line(kit, qty=3), warehouse=warehouse, submit=True)

	note = delivery_of(order, qty=1).submit()

	assert locked(order) == {pump: 2, hose: 6}
	assert (written(pump, warehouse), written(hose, warehouse)) == (2, 6)
	assert events_sum(order) == {pump: 2, hose: 6}
	note.reload()
	note.cancel()
	assert locked(order) == {pump: 3, hose: 9}
	assert (written(pump, warehouse), written(hose, warehouse)) == (3, 9)
	assert events_sum(order) == {pump: 3, hose: 9}
	assert repair.look_for_drift().is_clean


def test_all_of_a_locked_bundle_can_be_delivered_down_to_the_last_unit(warehouse, kit, pump, hose):
	receive(pump, 2, warehouse)
	receive(hose, 6, warehouse)
	order = make_order(line(kit, qty=2), warehouse=warehouse, submit=True)

	delivery_of(order).submit()

	assert locked(order) == {}
	statuses = frappe.get_all("Stock Reservation Entry", {"voucher_no": order.name}, pluck="status")
	assert statuses == ["Delivered", "Delivered"]
	assert repair.look_for_drift().is_clean


def test_a_sales_invoice_that_updates_stock_delivers_bundles_too(warehouse, kit, pump, hose):
	from erpnext.selling.doctype.sales_order.sales_order import make_sales_invoice

	receive(pump, 2, warehouse)
	receive(hose, 6, warehouse)
	order = make_order(line(kit, qty=2), warehouse=warehouse, submit=True)
	invoice = make_sales_invoice(order.name)
	invoice.update_stock = 1

	invoice.insert().submit()

	assert locked(order) == {}
	assert repair.look_for_drift().is_clean


def test_components_by_batch_and_serial_number_leave_as_the_delivery_names_them(warehouse):
	code = unique("S").replace(" ", "-")
	serial = make_item(item_code=code, has_serial_no=1, serial_no_series=f"{code}-.###")
	batch = make_item(has_batch_no=1, create_new_batch=1, batch_number_series=unique("B") + ".###")
	receive(serial, 2, warehouse)
	receive(batch, 4, warehouse)
	order = make_order(line(make_bundle({serial: 1, batch: 2}), qty=2), warehouse=warehouse, submit=True)
	held = _lots(order)
	note = delivery_of(order, qty=1)
	for row in note.packed_items:
		row.use_serial_batch_fields = 1
		row.serial_no, row.batch_no = (
			(held[serial][1], None) if row.item_code == serial else (None, held[batch][0])
		)

	note.save().submit()

	left = frappe.get_all(
		"Serial and Batch Entry",
		{"parenttype": "Stock Reservation Entry", "parent": ("in", _names(order)), "delivered_qty": 0},
		pluck="serial_no",
	)
	assert held[serial][0] in left
	assert held[serial][1] not in left
	assert repair.look_for_drift().is_clean


def test_a_component_is_taken_only_from_where_it_is_locked(warehouse, kit, pump, hose):
	for item, qty in ((pump, 1), (hose, 3)):
		receive(item, qty, warehouse)
	order = make_order(line(kit, qty=1), warehouse=warehouse, submit=True)
	note, other = delivery_of(order), make_warehouse()
	receive(hose, 3, other)
	note.packed_items[1].warehouse = other
	note.save()

	with pytest.raises(frappe.ValidationError, match="Choose that warehouse"):
		note.submit()


def test_cancel_close_and_release_give_components_back(warehouse, kit, pump, hose, committed):
	receive(pump, 3, warehouse)
	receive(hose, 9, warehouse)
	cancelled, closed, released = (
		make_order(line(kit, qty=1), warehouse=warehouse, submit=True) for _ in range(3)
	)

	cancelled.reload()
	cancelled.cancel()
	frappe.get_doc("Sales Order", closed.name).update_status("Closed")
	committed()
	stock_lock_api.release_locks(released.name, "Customer asked to wait")
	committed()

	assert (written(pump, warehouse), written(hose, warehouse)) == (0, 0)
	jobs.serve_waiting_demand()
	assert locked(released) == {}
	assert repair.look_for_drift().is_clean


def test_a_pick_list_of_locked_components_becomes_a_delivery(warehouse, kit, pump, hose):
	receive(pump, 2, warehouse)
	receive(hose, 6, warehouse)
	order = make_order(line(kit, qty=2), warehouse=warehouse, submit=True)
	(name,) = picking_api.make_pick_lists(order.name)
	pick_list = frappe.get_doc("Pick List", name)
	assert {row.item_code: row.stock_qty for row in pick_list.locations} == {pump: 2, hose: 6}

	pick_list.submit()
	note = frappe.get_doc("Delivery Note", dispatch_api.make_delivery_note(name))
	note.submit()

	assert [(row.item_code, row.qty) for row in note.items] == [(kit, 2)]
	assert locked(order) == {}
	assert frappe.db.get_value("Sales Order", order.name, "per_delivered") == 100
	assert repair.look_for_drift().is_clean


def test_picked_bundles_leave_in_parts_and_only_once(warehouse, kit, pump, hose):
	receive(pump, 4, warehouse)
	receive(hose, 12, warehouse)
	order = make_order(line(kit, qty=4), warehouse=warehouse, submit=True)
	pick = frappe.get_doc("Pick List", picking_api.make_pick_lists(order.name)[0]).submit()
	first = frappe.get_doc("Delivery Note", dispatch_api.make_delivery_note(pick.name))
	again = dispatch_api.make_delivery_note(pick.name)
	first.items[0].qty = 3
	first.save().submit()

	own = "erpnext.stock.doctype.pick_list.pick_list.create_delivery_note"
	rest = mapper.make_mapped_doc(own, pick.name)  # as ERPNext's own button, and programs, ask for it
	part = frappe.db.get_value("Pick List", pick.name, "status")
	rest.submit()

	assert again == first.name
	assert [row.qty for row in rest.items] == [1]
	assert (part, frappe.db.get_value("Pick List", pick.name, "status")) == ("Partly Delivered", "Completed")
	with pytest.raises(frappe.ValidationError, match="has left"):
		dispatch_api.make_delivery_note(pick.name)
	rest.reload()
	rest.cancel()
	assert frappe.db.get_value("Pick List", pick.name, "status") == "Partly Delivered"


def _lots(order):
	found = {}
	for name in _names(order):
		entry = frappe.get_doc("Stock Reservation Entry", name)
		for row in entry.sb_entries:
			found.setdefault(entry.item_code, []).append(row.serial_no or row.batch_no)
	return found


def invoice_of(order):
	from erpnext.selling.doctype.sales_order.sales_order import make_sales_invoice

	invoice = make_sales_invoice(order.name)
	invoice.update_stock = 1
	return invoice.insert()


@pytest.mark.parametrize("paper", [delivery_of, invoice_of])
@pytest.mark.parametrize(
	("changed", "packs"), [({"disabled": 1}, "packs .*0.* of"), ({"items": "fewer hoses"}, "packs .*2.* of")]
)
def test_a_bundle_leaves_with_no_less_than_it_was_locked_with(
	warehouse, kit, pump, hose, paper, changed, packs
):
	"""ERPNext packs what the Product Bundle says on that day, and nothing where it is disabled."""
	receive(pump, 10, warehouse)
	receive(hose, 10, warehouse)
	order = make_order(line(kit, qty=2), warehouse=warehouse, submit=True)
	bundle = frappe.get_doc("Product Bundle", {"new_item_code": kit})
	if "items" in changed:
		bundle.items[1].qty = 1
	else:
		bundle.update(changed)
	bundle.save()
	note = paper(order)
	frappe.db.savepoint("half")

	with pytest.raises(frappe.ValidationError, match=packs):
		note.submit()

	frappe.db.rollback(save_point="half")
	assert locked(order) == {pump: 2, hose: 6}
