"""Other warehouses for a submitted order: lines and locks move together, picks and approvals stay."""

import pytest

import frappe

from sales_wh_flow.approval import api as approval_api
from sales_wh_flow.base.said import worded
from sales_wh_flow.dispatch import api as dispatch_api
from sales_wh_flow.picking import api as picking_api
from sales_wh_flow.reroute import api as reroute_api
from sales_wh_flow.stock_lock.serving import api as serving_api
from sales_wh_flow.stock_lock.store import reservations
from tests.factories import (
	acting_as,
	line,
	make_bundle,
	make_customer,
	make_customer_group,
	make_item,
	make_order,
	make_routing_rule,
	make_rule,
	make_user,
	make_warehouse,
	make_warehouses,
	receive,
	stocked,
	stocked_in,
)
from tests.site import all_is_well


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True, routing=True)


def rows_of(order):
	"""(warehouse, quantity, what is locked there) of each row."""
	held = {}
	for lock in frappe.get_all("Stock Reservation Entry", {"voucher_no": order.name, "docstatus": 1}, ["*"]):
		assert lock.warehouse == frappe.db.get_value("Sales Order Item", lock.voucher_detail_no, "warehouse")
		held[lock.voucher_detail_no] = (
			held.get(lock.voucher_detail_no, 0) + lock.reserved_qty - lock.delivered_qty
		)
	doc = frappe.get_doc("Sales Order", order.name)
	return [(row.warehouse, row.qty, held.get(row.name, 0)) for row in doc.items]


def move(order, *moves):
	wanted = [
		{"row": order.items[at].name, "warehouse": warehouse, "qty": qty} for at, warehouse, qty in moves
	]
	answer = reroute_api.reroute(order.name, wanted, "truck is late")
	frappe.db.commit()
	return answer


def demand(item, *warehouses):
	return [
		frappe.db.get_value("Bin", {"item_code": item, "warehouse": warehouse}, "reserved_qty") or 0
		for warehouse in warehouses
	]


def test_a_waiting_line_goes_to_where_the_stock_is_and_is_locked_there(committed):
	north, south = make_warehouses(2)
	item = stocked_in((9, south))
	order = make_order(line(item, qty=5, warehouse=north), submit=True)
	committed()

	(moved,) = move(order, (0, south, 5))

	assert rows_of(order) == [(south, 5, 5)]
	assert (moved["row"], moved["warehouse"], moved["locked"]) == (order.items[0].name, south, 5)
	assert demand(item, north, south) == [0, 5]
	assert frappe.db.get_value("Sales Order", order.name, "swf_flow_status") == "Locked"
	assert "truck is late" in worded(
		frappe.db.get_value("Sales Order Item", order.items[0].name, "swf_route_reason")
	)
	all_is_well()


def test_a_locked_line_moves_with_its_lock_and_frees_the_old_stock(committed):
	north, south = make_warehouses(2)
	item = stocked_in((5, north), (5, south))
	order = make_order(line(item, qty=5, warehouse=north), submit=True)
	rival = make_order(line(item, qty=5, warehouse=north), submit=True)
	committed()

	move(order, (0, south, 5))
	serving_api.lock_waiting(rival.name)

	assert rows_of(order) == [(south, 5, 5)]
	assert rows_of(rival) == [(north, 5, 5)]
	events = frappe.get_all(
		"Stock Lock Event",
		{"sales_order": order.name},
		["event", "warehouse", "qty_stock"],
		order_by="happened_on, creation",
	)
	assert sorted((it.event, it.warehouse, it.qty_stock) for it in events[1:]) == sorted(
		[("Moved", north, -5), ("Locked", south, 5)]
	)
	all_is_well()


def test_a_part_becomes_a_line_of_its_own_at_the_same_price(committed):
	north, south = make_warehouses(2)
	item = stocked_in((3, north), (9, south))
	order = make_order(
		line(item, qty=8, warehouse=north, rate=90, price_list_rate=100, discount_percentage=10), submit=True
	)
	total = order.grand_total
	committed()

	move(order, (0, south, 5))

	assert rows_of(order) == [(north, 3, 3), (south, 5, 5)]
	doc = frappe.get_doc("Sales Order", order.name)
	assert [(row.rate, row.price_list_rate, row.discount_percentage) for row in doc.items] == [
		(90, 100, 10)
	] * 2
	assert doc.grand_total == total
	assert demand(item, north, south) == [3, 5]
	all_is_well()


def test_one_line_can_go_several_ways_at_once(committed):
	north, south, west = make_warehouses(3)
	item = stocked_in((4, south), (6, west))
	order = make_order(line(item, qty=10, warehouse=north), submit=True)
	committed()

	move(order, (0, south, 4), (0, west, 6))

	assert sorted(rows_of(order)) == sorted([(west, 6, 6), (south, 4, 4)])
	assert frappe.db.get_value("Sales Order Item", order.items[0].name, "warehouse") == west
	all_is_well()


def test_what_is_on_a_pick_list_stays(committed):
	north, south = make_warehouses(2)
	item = stocked_in((4, north), (9, south))
	order = make_order(line(item, qty=6, warehouse=north), submit=True)
	committed()
	(pick,) = picking_api.make_pick_lists(order.name)
	frappe.db.commit()

	with pytest.raises(frappe.ValidationError, match="on a Pick List"):
		move(order, (0, south, 6))
	move(order, (0, south, 2))

	assert rows_of(order) == [(north, 4, 4), (south, 2, 2)]
	frappe.get_doc("Pick List", pick).submit()
	all_is_well()


def test_what_is_delivered_stays_delivered(committed):
	north, south = make_warehouses(2)
	item = stocked_in((4, north), (9, south))
	order = make_order(line(item, qty=6, warehouse=north), submit=True)
	pick = frappe.get_doc("Pick List", picking_api.make_pick_lists(order.name)[0]).submit()
	frappe.get_doc("Delivery Note", dispatch_api.make_delivery_note(pick.name)).submit()
	committed()

	move(order, (0, south, 2))

	assert rows_of(order) == [(north, 4, 0), (south, 2, 2)]
	assert frappe.db.get_value("Sales Order Item", order.items[0].name, "delivered_qty") == 4


def test_the_order_keeps_its_place_among_those_that_wait(committed):
	north, south = make_warehouses(2)
	item = make_item()
	first = make_order(line(item, qty=5, warehouse=north), submit=True)
	second = make_order(line(item, qty=5, warehouse=south), submit=True)
	committed()

	move(first, (0, south, 5))
	receive(item, 5, south)
	frappe.db.commit()
	from sales_wh_flow.stock_lock.serving import jobs

	jobs.serve_waiting_demand()

	assert (rows_of(first), rows_of(second)) == ([(south, 5, 5)], [(south, 5, 0)])


def test_approvals_are_not_asked_again_for_another_warehouse(committed, switches):
	switches(stock_lock=True, approval=True, routing=True)
	group = make_customer_group()
	make_rule("Discount", 10, allow_own_order=1, approver_role="System Manager", customer_group=group)
	north, south = make_warehouses(2)
	item = stocked_in((3, north), (9, south))
	customer = make_customer(group=group)
	order = make_order(line(item, qty=8, warehouse=north, rate=80), customer=customer)
	committed()
	(asked,) = approval_api.ask_for_approval(order.name)["asked"]
	frappe.db.commit()
	approval_api.approve(asked)
	frappe.db.commit()
	order.reload()

	move(order, (0, south, 5))

	states = frappe.get_all("Order Approval", {"sales_order": order.name}, pluck="state")
	assert (states, rows_of(order)) == (["Approved"], [(north, 3, 3), (south, 5, 5)])


def test_the_rules_propose_where_the_stock_is_now(committed):
	north, south = make_warehouses(2)
	item = make_item()
	group = make_customer_group()
	make_routing_rule(north, south, of_customer_group=group)
	kept = line(item, qty=5, warehouse=north, swf_keep_warehouse=1)
	order = make_order(kept, customer=make_customer(group=group), submit=True)
	receive(item, 5, south)
	committed()

	(found,) = reroute_api.reroute_choices(order.name)["lines"]

	assert (found["open"], found["locked"], found["waiting"]) == (5, 0, 5)
	assert found["choices"] == [{"warehouse": south, "free": 5}]
	assert found["proposal"] == [{"warehouse": south, "qty": 5, "locked": 5}]


@pytest.mark.parametrize(
	("change", "said"),
	[({"disabled": 1}, "disabled"), ({"is_group": 1}, "group")],
)
def test_a_warehouse_that_can_not_be_used_is_refused_by_row(committed, change, said):
	north, south = make_warehouses(2)
	order = make_order(line(make_item(), qty=5, warehouse=north), submit=True)
	frappe.db.set_value("Warehouse", south, change)
	committed()

	with pytest.raises(frappe.ValidationError, match=said):
		move(order, (0, south, 5))


def test_a_closed_order_is_not_re_routed(committed):
	order = make_order(line(make_item(), warehouse=make_warehouse()), submit=True)
	order.update_status("Closed")
	committed()

	with pytest.raises(frappe.ValidationError, match="Re-open it"):
		move(order, (0, make_warehouse(), 1))


def test_who_may_only_read_an_order_moves_nothing(committed):
	order = make_order(line(make_item(), warehouse=make_warehouse()), submit=True)
	reader = make_user("Stock User")
	committed()

	for user in (reader, make_user("HR User")):
		with acting_as(user), pytest.raises(frappe.PermissionError):
			move(order, (0, "anywhere", 1))


def test_a_stranger_sees_no_choices():
	order = make_order(line(make_item(), warehouse=make_warehouse()), submit=True)

	with acting_as(make_user("HR User")), pytest.raises(frappe.PermissionError):
		reroute_api.reroute_choices(order.name)


def kit_in(*warehouses):
	"""(a bundle of one pump and three hoses, pump, hose); each warehouse has what makes two."""
	pump, hose = stocked(2, *warehouses), stocked(6, *warehouses)
	return make_bundle({pump: 1, hose: 3}), pump, hose


def parts_held(order):
	"""{(component, warehouse): what is locked of it}; each where its packed item says."""
	held = {}
	for lock in reservations.open_of_order(order.name):
		assert lock.warehouse == frappe.db.get_value("Packed Item", lock.sales_order_item, "warehouse")
		key = (lock.item_code, lock.warehouse)
		held[key] = held.get(key, 0) + lock.qty_stock
	return held


def test_a_bundle_moves_with_its_components_and_their_locks(committed):
	north, south = make_warehouses(2)
	kit, pump, hose = kit_in(north, south)
	order = make_order(line(kit, qty=2, warehouse=north), submit=True)
	rival = make_order(line(hose, qty=6, warehouse=north), submit=True)
	committed()
	(shown,) = reroute_api.reroute_choices(order.name)["lines"]
	assert (shown["open"], shown["locked"], shown["choices"]) == (2, 2, [{"warehouse": south, "free": 2}])

	(moved,) = move(order, (0, south, 2))
	serving_api.lock_waiting(rival.name)

	assert (moved["warehouse"], moved["qty"], moved["locked"]) == (south, 2, 2)
	assert parts_held(order) == {(pump, south): 2, (hose, south): 6}
	assert rows_of(rival) == [(north, 6, 6)]
	assert demand(pump, north, south) == [0, 2]
	all_is_well()


def test_some_of_a_bundle_become_a_line_of_their_own(committed):
	north, south = make_warehouses(2)
	kit, pump, hose = kit_in(north, south)
	order = make_order(line(kit, qty=2, warehouse=north), submit=True)
	committed()

	move(order, (0, south, 1))

	rows = frappe.get_doc("Sales Order", order.name).items
	assert [(row.warehouse, row.qty) for row in rows] == [(north, 1), (south, 1)]
	assert parts_held(order) == {(pump, north): 1, (hose, north): 3, (pump, south): 1, (hose, south): 3}
	assert demand(hose, north, south) == [3, 3]
	all_is_well()


def test_a_bundle_on_the_draft_of_a_delivery_stays(committed):
	from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note

	north, south = make_warehouses(2)
	kit, pump, hose = kit_in(north, south)
	order = make_order(line(kit, qty=2, warehouse=north), submit=True)
	draft = make_delivery_note(order.name)
	draft.items[0].qty = 1
	draft.insert()
	committed()

	with pytest.raises(frappe.ValidationError):
		reroute_api.reroute(
			order.name, [{"row": order.items[0].name, "warehouse": south, "qty": 2}], "truck is late"
		)
	frappe.db.rollback()
	move(order, (0, south, 1))

	assert parts_held(order) == {(pump, north): 1, (hose, north): 3, (pump, south): 1, (hose, south): 3}
	all_is_well()


def test_what_moves_is_sent_on_the_other_warehouses_day_and_promised_as_before(committed):
	north, south = make_warehouses(2)
	customer = make_customer()
	make_routing_rule(north, south, customer=customer, priority=1000)
	item = stocked_in((5, north), (9, south))
	order = make_order(line(item, qty=5, warehouse=north), customer=customer, submit=True)
	first = order.items[0].swf_promised_on
	frappe.db.set_value(
		"Warehouse", south, {"swf_has_cut_off": 1, "swf_cut_off": "00:00:01"}, update_modified=False
	)
	committed()
	move(order, (0, south, 2))
	stayed, moved = frappe.get_doc("Sales Order", order.name).items
	assert (stayed.swf_promised_on, moved.swf_promised_on) == (first, first)
	assert (moved.swf_ships_on - stayed.swf_ships_on).days == 1
	move(order, (0, south, 3))
	assert frappe.db.get_value("Sales Order Item", stayed.name, "swf_ships_on") == moved.swf_ships_on
