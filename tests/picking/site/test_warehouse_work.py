"""The warehouse's day, waves for many orders, what was not found, and who sees which orders."""

import pytest

import frappe
from frappe.utils import add_days, nowdate

from sales_wh_flow.base.said import worded
from sales_wh_flow.dispatch import api as dispatch_api
from sales_wh_flow.picking import api as picking_api
from sales_wh_flow.picking import jobs
from tests.factories import (
	acting_as,
	counted_statements,
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
from tests.site import all_is_well


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True, orders_seen_from_warehouses="0", serve_short_picks="0")


@pytest.fixture
def courier():
	doc = {"doctype": "Courier", "courier_name": unique("Courier"), "services": [{"service": "Express"}]}
	return frappe.get_doc(doc).insert().name


def order_of(item, qty, warehouse, days=0, **values):
	day = add_days(nowdate(), days)
	values.setdefault("transaction_date", min(day, nowdate()))
	return make_order(
		line(item, qty=qty, warehouse=warehouse, delivery_date=day), delivery_date=day, submit=True, **values
	)


def work_of(warehouse):
	found = [one for one in picking_api.warehouse_work()["warehouses"] if one["name"] == warehouse]
	return found[0] if found else None


def held(order):
	rows = frappe.get_all("Stock Reservation Entry", {"voucher_no": order.name, "docstatus": 1}, ["*"])
	return sum(row.reserved_qty - row.delivered_qty for row in rows)


def status_of(order):
	return frappe.db.get_value("Sales Order", order.name, "swf_flow_status")


def test_the_numbers_say_what_is_late_for_today_for_later_and_waiting():
	warehouse = make_warehouse()
	item = stocked_in((6, warehouse))
	order_of(item, 2, warehouse, -3)
	order_of(item, 2, warehouse, 0)
	order_of(item, 5, warehouse, 4)

	work = work_of(warehouse)

	assert work["lines"] == {
		"late": 1,
		"today": 1,
		"later": 1,
		"transfer": 0,
		"listed": 0,
		"picked": 0,
		"waiting": 1,
	}
	assert work["orders"] == 3
	(short,) = picking_api.warehouse_lines(warehouse, "waiting")
	assert (short["qty"], short["item_code"]) == (3, item)


def test_a_line_moves_on_as_it_is_picked_and_dispatched():
	warehouse = make_warehouse()
	item = stocked_in((6, warehouse))
	order = order_of(item, 4, warehouse)
	seen = []

	pick = frappe.get_doc("Pick List", picking_api.make_pick_lists(order.name)[0])
	seen.append([kind for kind, count in work_of(warehouse)["lines"].items() if count])
	pick.submit()
	seen.append([kind for kind, count in work_of(warehouse)["lines"].items() if count])
	frappe.get_doc("Delivery Note", dispatch_api.make_delivery_note(pick.name)).submit()

	assert seen == [["listed"], ["picked"]]
	assert work_of(warehouse) is None


def test_capacity_and_cut_off_are_the_warehouses():
	warehouse = make_warehouse(
		swf_has_cut_off=1, swf_cut_off="15:00:00", swf_limit_lines=1, swf_lines_per_day=4
	)
	item = stocked_in((6, warehouse))
	order_of(item, 2, warehouse)

	work = work_of(warehouse)

	assert (work["used_pct"], work["cut_off"]) == (25.0, "15:00")
	assert work["minutes_left"] is not None


def test_a_warehouse_has_no_cut_off_until_somebody_gives_it_one():
	warehouse = make_warehouse()
	order_of(stocked_in((6, warehouse)), 2, warehouse)

	work = work_of(warehouse)

	assert (work["cut_off"], work["minutes_left"]) == ("", None)


def test_the_page_costs_the_same_statements_whatever_the_lines():
	warehouse = make_warehouse()
	item = stocked_in((60, warehouse))

	def statements():
		picking_api.warehouse_work()
		with counted_statements() as seen:
			picking_api.warehouse_work()
		return len(seen)

	order_of(item, 2, warehouse)
	before = statements()
	for _ in range(4):
		order_of(item, 2, warehouse)

	assert statements() == before


def wave_world(courier=None, orders=3):
	"""Orders of different customers over two items in one warehouse, all for today."""
	warehouse = make_warehouse()
	items = sorted([stocked_in((50, warehouse)), stocked_in((50, warehouse))])
	made = [
		make_order(
			*[line(item, qty=2, warehouse=warehouse, delivery_date=nowdate()) for item in reversed(items)],
			delivery_date=nowdate(),
			submit=True,
			**({"swf_courier": courier, "swf_courier_service": "Express"} if courier else {}),
		)
		for _ in range(orders)
	]
	return warehouse, items, made


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


def permit(user, *warehouses):
	for warehouse in warehouses:
		frappe.get_doc(
			{"doctype": "User Permission", "user": user, "allow": "Warehouse", "for_value": warehouse}
		).insert()


def shared_world():
	"""An order over two warehouses, one that lies elsewhere, and somebody who works in the first."""
	here, there = make_warehouses(2)
	item = stocked_in((9, here), (9, there))
	shared = make_order(
		line(item, qty=2, warehouse=here, delivery_date=nowdate()),
		line(item, qty=3, warehouse=there, delivery_date=nowdate()),
		submit=True,
	)
	foreign = order_of(item, 1, there)
	worker = make_user("Stock User", "Sales User")
	permit(worker, here)
	return here, there, shared, foreign, worker


def test_an_order_is_seen_from_each_of_its_warehouses_and_no_other(switches):
	switches(stock_lock=True, fulfilment=True, orders_seen_from_warehouses="1")
	here, _there, shared, foreign, worker = shared_world()

	with acting_as(worker):
		listed = frappe.get_list("Sales Order", {"name": ("in", (shared.name, foreign.name))}, pluck="name")
		assert listed == [shared.name]
		frappe.get_doc("Sales Order", shared.name).check_permission("read")
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc("Sales Order", foreign.name).check_permission("read")
		work = picking_api.warehouse_work()["warehouses"]
		assert [(one["name"], one["lines"]["today"]) for one in work] == [(here, 1)]


def test_without_that_setting_erpnext_hides_it_as_before():
	_here, _there, shared, _foreign, worker = shared_world()

	with acting_as(worker), pytest.raises(frappe.PermissionError):
		frappe.get_doc("Sales Order", shared.name).check_permission("read")


def test_the_setting_leaves_nothing_behind_when_it_is_cleared(switches):
	ours = {"module": "Sales WH Flow", "property": "ignore_user_permissions"}
	switches(orders_seen_from_warehouses="1")
	made = frappe.db.count("Property Setter", ours)
	switches(orders_seen_from_warehouses="0")

	assert (made, frappe.db.count("Property Setter", ours)) == (5, 0)


def test_a_worker_sees_no_lines_of_a_warehouse_that_is_not_theirs(switches):
	switches(stock_lock=True, fulfilment=True, orders_seen_from_warehouses="1")
	_here, there, _shared, _foreign, worker = shared_world()

	with acting_as(worker):
		for call in (
			lambda: picking_api.warehouse_lines(there, "today"),
			lambda: picking_api.make_wave(there, "All"),
		):
			with pytest.raises(frappe.PermissionError):
				call()


def test_a_wave_leaves_out_orders_the_user_may_not_read(committed):
	warehouse, _items, orders = wave_world()
	worker = make_user("Stock User", "Sales User")
	frappe.get_doc(
		{"doctype": "User Permission", "user": worker, "allow": "Customer", "for_value": orders[1].customer}
	).insert()
	committed()

	with acting_as(worker):
		wave = frappe.get_doc("Pick List", picking_api.make_wave(warehouse, "All", ""))

	assert {row.sales_order for row in wave.locations} == {orders[1].name}


@pytest.mark.parametrize(
	"call",
	[
		lambda warehouse: picking_api.warehouse_work(),
		lambda warehouse: picking_api.warehouse_lines(warehouse, "today"),
		lambda warehouse: picking_api.make_wave(warehouse, "All", ""),
	],
	ids=["work", "lines", "wave"],
)
def test_a_stranger_sees_no_warehouse(call):
	warehouse = make_warehouse()

	with acting_as(make_user("HR User")), pytest.raises(frappe.PermissionError):
		call(warehouse)


def test_a_stranger_makes_no_notes_and_shortens_no_pick():
	here = make_warehouse()
	order = order_of(stocked_in((6, here)), 6, here)
	(name,) = picking_api.make_pick_lists(order.name)
	row = frappe.get_doc("Pick List", name).locations[0].name

	with acting_as(make_user("HR User")):
		with pytest.raises(frappe.PermissionError):
			picking_api.make_wave_delivery_notes(name)
		with pytest.raises(frappe.PermissionError):
			picking_api.short_pick(name, row, 1, "damaged")


def test_the_components_of_a_bundle_are_the_warehouses_work():
	warehouse = make_warehouse()
	pump, hose = stocked_in((2, warehouse)), stocked_in((3, warehouse))
	order = make_order(line(make_bundle({pump: 1, hose: 3}), qty=2, warehouse=warehouse), submit=True)

	def work(kind):
		return {row["item_code"]: row["qty"] for row in picking_api.warehouse_lines(warehouse, kind)}

	assert work("later") == work("waiting") == {pump: 1, hose: 3}
	(name,) = picking_api.make_pick_lists(order.name)
	assert work("listed") == {pump: 1, hose: 3}
	frappe.get_doc("Pick List", name).submit()
	assert work("picked") == {pump: 1, hose: 3}
	note = frappe.get_doc("Delivery Note", dispatch_api.make_delivery_note(name))
	note.submit()
	assert work("picked") == {}
	assert work("waiting") == {pump: 1, hose: 3}
