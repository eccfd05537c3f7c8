"""The warehouse's day, waves for many orders, what was not found, and who sees which orders."""

import pytest

import frappe
from frappe.utils import nowdate

from sales_wh_flow.base.gate_findings import write_findings
from sales_wh_flow.dispatch import api as dispatch_api
from sales_wh_flow.picking import api as picking_api
from tests.factories import (
	acting_as,
	counted_statements,
	line,
	make_bundle,
	make_order,
	make_user,
	make_warehouse,
	make_warehouses,
	stocked_in,
	unique,
)
from tests.picking.wave_world import order_of, wave_world


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True, orders_seen_from_warehouses="0", serve_short_picks="0")


@pytest.fixture
def courier():
	doc = {"doctype": "Courier", "courier_name": unique("Courier"), "services": [{"service": "Express"}]}
	return frappe.get_doc(doc).insert().name


def work_of(warehouse):
	found = [one for one in picking_api.warehouse_work()["warehouses"] if one["name"] == warehouse]
	return found[0] if found else None


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
		"held": 0,
		"count": 0,
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
	assert warehouse in picking_api.warehouse_work()["idle"]
	frappe.db.set_value("Warehouse", warehouse, "swf_is_sellable", 0)
	assert warehouse not in picking_api.warehouse_work()["idle"]


@pytest.mark.unchecked
@pytest.mark.parametrize("status", ["Pending Approval", "Rejected"])
def test_nobody_is_sent_for_an_order_whose_change_waits_for_approval(status):
	warehouse = make_warehouse()
	order = order_of(stocked_in((6, warehouse)), 8, warehouse)
	order.db_set("swf_flow_status", status)

	work = work_of(warehouse)

	assert {kind for kind, count in work["lines"].items() if count} == {"held"}
	assert work["waves"] == []
	assert [it["qty"] for it in picking_api.warehouse_lines(warehouse, "held")] == [8]
	with pytest.raises(frappe.ValidationError, match="waits for an approval"):
		picking_api.make_wave(warehouse, "All")


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


def test_what_gates_found_is_seen_by_who_sees_the_order(switches):
	switches(stock_lock=True, fulfilment=True, orders_seen_from_warehouses="1")
	_here, _there, shared, foreign, worker = shared_world()
	frappe.get_doc("User", worker).add_roles("Stock Manager", "Sales Manager")
	for order in (shared, foreign):
		write_findings("Unpacked Goods", "Warn", order, [(order.name, None, 1.0)])
	found = {"sales_order": ("in", (shared.name, foreign.name))}
	names = dict(frappe.get_all("Gate Finding", found, ["sales_order", "name"], as_list=True))

	with acting_as(worker):
		assert frappe.get_list("Gate Finding", found, pluck="sales_order") == [shared.name]
		assert frappe.has_permission("Gate Finding", "read", doc=names[shared.name])
		assert not frappe.has_permission("Gate Finding", "read", doc=names[foreign.name])


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
