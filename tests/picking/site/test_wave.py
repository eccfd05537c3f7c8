"""One wave picks many orders, and what it does not find is served from elsewhere."""

import pytest

import frappe
from frappe.utils import nowdate

from sales_wh_flow.base.said import worded
from sales_wh_flow.picking import api as picking_api
from sales_wh_flow.picking import jobs
from tests.factories import (
	acting_as,
	line,
	make_bundle,
	make_customer,
	make_item,
	make_order,
	make_user,
	make_warehouse,
	make_warehouses,
	receive,
	stocked_in,
	unique,
)
from tests.picking.wave_world import order_of, wave_world
from tests.site import all_is_well


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True, orders_seen_from_warehouses="0", serve_short_picks="0")


@pytest.fixture
def courier():
	doc = {"doctype": "Courier", "courier_name": unique("Courier"), "services": [{"service": "Express"}]}
	return frappe.get_doc(doc).insert().name


def held(order):
	rows = frappe.get_all("Stock Reservation Entry", {"voucher_no": order.name, "docstatus": 1}, ["*"])
	return sum(row.reserved_qty - row.delivered_qty for row in rows)


def status_of(order):
	return frappe.db.get_value("Sales Order", order.name, "swf_flow_status")


def test_one_wave_picks_many_orders_bin_by_bin(committed):
	warehouse, items, orders = wave_world()
	committed()

	wave = frappe.get_doc("Pick List", picking_api.make_wave(warehouse, "Day", nowdate()))
	frappe.db.commit()

	rows = [(row.item_code, row.sales_order, row.stock_qty) for row in wave.locations]
	assert rows == [(item, order.name, 2) for item in items for order in orders]
	assert wave.swf_wave.startswith("Due")
	assert {status_of(order) for order in orders} == {"Picking"}
	with pytest.raises(frappe.ValidationError, match="nothing to pick"):
		picking_api.make_wave(warehouse, "Day", nowdate())


def test_a_wave_of_a_courier_takes_its_orders_only(committed, courier):
	warehouse, items, theirs = wave_world(courier, orders=2)
	make_order(line(items[0], warehouse=warehouse, delivery_date=nowdate()), submit=True)
	committed()

	wave = frappe.get_doc("Pick List", picking_api.make_wave(warehouse, "Courier", f"{courier} · Express"))

	assert {row.sales_order for row in wave.locations} == {order.name for order in theirs}
	assert (wave.swf_courier, wave.swf_courier_service) == (courier, "Express")


def test_each_order_of_a_wave_gets_a_delivery_note_of_its_own(committed):
	warehouse, _items, orders = wave_world()
	committed()
	wave = frappe.get_doc("Pick List", picking_api.make_wave(warehouse, "All", "")).submit()
	frappe.db.commit()

	names = picking_api.make_wave_delivery_notes(wave.name)
	again = picking_api.make_wave_delivery_notes(wave.name)
	notes = [frappe.get_doc("Delivery Note", name) for name in names]
	for note in notes:
		note.submit()

	assert again == names
	assert [note.customer for note in notes] == [
		order.customer for order in sorted(orders, key=lambda order: order.name)
	]
	in_turn = sorted(orders, key=lambda order: order.name)
	assert [{row.against_sales_order for row in note.items} for note in notes] == [
		{order.name} for order in in_turn
	]
	assert {status_of(order) for order in orders} == {"Dispatched"}
	assert sum(held(order) for order in orders) == 0
	all_is_well()


def test_one_customers_orders_are_not_mixed_in_a_note(committed):
	warehouse = make_warehouse()
	item, customer = stocked_in((9, warehouse)), make_customer()
	orders = [order_of(item, 2, warehouse, customer=customer) for _ in range(2)]
	committed()
	wave = frappe.get_doc("Pick List", picking_api.make_wave(warehouse, "All", "")).submit()

	notes = [
		frappe.get_doc("Delivery Note", name) for name in picking_api.make_wave_delivery_notes(wave.name)
	]

	assert [{row.against_sales_order for row in note.items} for note in notes] == [
		{order.name} for order in sorted(orders, key=lambda it: it.name)
	]


def test_batches_and_serial_numbers_go_through_a_wave(committed):
	warehouse = make_warehouse()
	series = unique("W").replace(" ", "")
	serial = make_item(has_serial_no=1, serial_no_series=f"{series}.####")
	receive(serial, 4, warehouse)
	orders = [order_of(serial, 2, warehouse) for _ in range(2)]
	committed()
	wave = frappe.get_doc("Pick List", picking_api.make_wave(warehouse, "All", "")).submit()

	for name in picking_api.make_wave_delivery_notes(wave.name):
		frappe.get_doc("Delivery Note", name).submit()

	assert [held(order) for order in orders] == [0, 0]
	all_is_well()


def test_what_was_not_found_is_served_from_elsewhere(committed):
	here, there = make_warehouses(2)
	item = stocked_in((6, here), (9, there))
	order = order_of(item, 6, here)
	committed()
	(name,) = picking_api.make_pick_lists(order.name)
	frappe.db.commit()
	row = frappe.get_doc("Pick List", name).locations[0]

	rest = picking_api.short_pick(name, row.name, 4, "damaged")
	frappe.db.commit()

	assert (rest["missing"], rest["moved"], rest["left"]) == (2, [[there, 2]], 0)
	pick = frappe.get_doc("Pick List", name)
	assert [(it.stock_qty, it.swf_short_reason) for it in pick.locations] == [(4, "damaged")]
	rows = [(it.warehouse, it.qty) for it in frappe.get_doc("Sales Order", order.name).items]
	assert (rows, held(order)) == ([(here, 4), (there, 2)], 6)
	pick.submit()
	all_is_well()


def test_a_list_of_which_nothing_was_found_is_gone(committed):
	here, there = make_warehouses(2)
	item = stocked_in((3, here), (9, there))
	order = order_of(item, 3, here)
	committed()
	(name,) = picking_api.make_pick_lists(order.name)
	frappe.db.commit()

	rest = picking_api.short_pick(
		name, frappe.get_doc("Pick List", name).locations[0].name, 0, "not in its place"
	)

	assert rest["pick_list_is_gone"] and not frappe.db.exists("Pick List", name)
	assert [(it.warehouse, it.qty) for it in frappe.get_doc("Sales Order", order.name).items] == [(there, 3)]
	assert status_of(order) == "Locked"


def test_a_picker_who_may_not_change_the_order_says_it_and_moves_nothing(committed):
	here, there = make_warehouses(2)
	item = stocked_in((6, here), (9, there))
	order = order_of(item, 6, here)
	picker = make_user("Stock User")
	committed()
	with acting_as(picker):
		(name,) = picking_api.make_pick_lists(order.name)
		frappe.db.commit()
		rest = picking_api.short_pick(name, frappe.get_doc("Pick List", name).locations[0].name, 4, "damaged")
		frappe.db.commit()

	assert (rest["moved"], rest["left"], held(order)) == ([], 2, 6)
	said = [
		worded(it)
		for it in frappe.get_all(
			"Comment", {"reference_name": order.name, "comment_type": "Info"}, pluck="content"
		)
	]
	assert any("not found" in words and "damaged" in words for words in said)


def test_by_the_setting_the_flow_serves_a_short_pick_whoever_picked(committed, switches, monkeypatch):
	here, there = make_warehouses(2)
	item = stocked_in((6, here), (9, there))
	order = order_of(item, 6, here)
	switches(stock_lock=True, fulfilment=True, serve_short_picks="1")
	picker = make_user("Stock User")
	committed()
	asked = []
	monkeypatch.setattr(frappe, "enqueue", lambda method, **values: asked.append((method, values)))
	with acting_as(picker):
		(name,) = picking_api.make_pick_lists(order.name)
		frappe.db.commit()
		rest = picking_api.short_pick(name, frappe.get_doc("Pick List", name).locations[0].name, 4, "damaged")
		frappe.db.commit()
		(values,) = [values for _method, values in asked if "row_stock" in values]
		values = {key: values[key] for key in values if key not in ("queue", "owed")}
		moved = jobs.serve_short_pick(**values)
		frappe.db.commit()
		again = jobs.serve_short_pick(**values)
		assert frappe.session.user == picker

	assert (rest["moved"], rest["is_served_soon"], moved, again) == ([], True, [[there, 2]], [])
	rows = [(it.warehouse, it.qty) for it in frappe.get_doc("Sales Order", order.name).items]
	assert (rows, held(order)) == ([(here, 4), (there, 2)], 6)
	said = [
		worded(it)
		for it in frappe.get_all(
			"Comment", {"reference_name": order.name, "comment_type": "Info"}, pluck="content"
		)
	]
	assert any(there in words and "damaged" in words for words in said)
	all_is_well()
	switches(serve_short_picks="0")  # kept by what was committed
	frappe.db.commit()


def test_a_component_that_was_not_found_moves_no_bundle(committed):
	here, there = make_warehouses(2)
	pump, hose = stocked_in((4, here), (9, there)), stocked_in((12, here), (9, there))
	order = order_of(make_bundle({pump: 1, hose: 3}), 4, here)
	committed()
	(name,) = picking_api.make_pick_lists(order.name)
	frappe.db.commit()
	row = next(it for it in frappe.get_doc("Pick List", name).locations if it.item_code == hose)

	rest = picking_api.short_pick(name, row.name, 9, "damaged")
	frappe.db.commit()

	assert (rest["missing"], rest["moved"], rest["left"]) == (3, [], 3)
	rows = [(it.warehouse, it.qty) for it in frappe.get_doc("Sales Order", order.name).items]
	assert (rows, held(order)) == ([(here, 4)], 16)


@pytest.mark.parametrize(("found", "reason", "said"), [(6, "damaged", "were found"), (4, " ", "say why")])
def test_a_short_pick_needs_a_shortage_and_a_reason(committed, found, reason, said):
	here = make_warehouse()
	order = order_of(stocked_in((6, here)), 6, here)
	committed()
	(name,) = picking_api.make_pick_lists(order.name)
	frappe.db.commit()

	with pytest.raises(frappe.ValidationError, match=said):
		picking_api.short_pick(name, frappe.get_doc("Pick List", name).locations[0].name, found, reason)
