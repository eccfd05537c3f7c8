"""Goods brought to one warehouse: requested, taken along with their locks, and taken back."""

import pytest

import frappe
from frappe.model import delete_doc

from erpnext.stock.doctype.material_request.material_request import (
	make_in_transit_stock_entry,
	make_stock_entry,
)
from erpnext.stock.doctype.stock_entry.stock_entry import make_stock_in_entry

from sales_wh_flow.order_board import api as order_board_api
from sales_wh_flow.picking import api as picking_api
from sales_wh_flow.reroute import api as reroute_api
from sales_wh_flow.reroute import bring_together
from sales_wh_flow.reroute import jobs as reroute_jobs
from sales_wh_flow.stock_lock.serving import jobs as serving_jobs
from tests.factories import (
	acting_as,
	line,
	make_address,
	make_customer,
	make_item,
	make_order,
	make_routing_rule,
	make_user,
	make_warehouse,
	make_warehouses,
	no_redis,
	receive,
	stocked,
)
from tests.site import all_is_well


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True, routing=True)
	frappe.db.set_single_value("Selling Settings", "allow_multiple_items", 1)


@pytest.fixture
def customer():
	return make_customer()


@pytest.fixture
def hub_and_shelf(customer):
	"""Two warehouses; a parcel from each costs more than a transfer to the first, for this customer alone."""
	hub, shelf = make_warehouses(2, swf_latitude=53.5, swf_longitude=10)
	rule = make_routing_rule(hub, shelf, consolidate=1, customer=customer, priority=1000)
	for row in rule.candidates:
		row.freight_per_km = 1
	rule.save()
	return hub, shelf


@pytest.fixture
def order(hub_and_shelf, customer, committed):
	"""A submitted order: 6 of its item lie in the hub, 4 on the shelf."""
	hub, shelf = hub_and_shelf
	item = stocked(6, hub)
	receive(item, 4, shelf)
	doc = make_order(
		line(item, qty=10),
		warehouse=hub,
		customer=customer,
		shipping_address_name=make_address(customer, 48.1, 11.6),
		submit=True,
	)
	committed()
	return doc


def rows_of(order):
	"""(warehouse, quantity, what is locked for it there, where it goes first) of each row."""
	held = {}
	for lock in frappe.get_all("Stock Reservation Entry", {"voucher_no": order.name, "docstatus": 1}, ["*"]):
		key = (lock.voucher_detail_no, lock.warehouse)
		held[key] = held.get(key, 0) + lock.reserved_qty - lock.delivered_qty
	doc = frappe.get_doc("Sales Order", order.name)
	return [
		(row.warehouse, row.qty, held.get((row.name, row.warehouse), 0), row.swf_brought_to)
		for row in doc.items
	]


def requested(order, submit=True):
	made = frappe.get_doc("Material Request", reroute_jobs.request_transfers(order.name))
	if submit:
		made.submit()
	frappe.db.commit()
	return made


def transfer(request, qty=None, **values):
	"""A submitted Stock Entry made from a request."""
	entry = make_stock_entry(request.name)
	entry.update(values)
	if qty:
		entry.items[0].qty = qty
	entry.insert().submit()
	frappe.db.commit()
	return entry


def test_just_what_lies_elsewhere_is_asked_for_and_stays_locked_there(order, hub_and_shelf):
	hub, shelf = hub_and_shelf
	assert rows_of(order) == [(hub, 6, 6, None), (shelf, 4, 4, hub)]
	made = requested(order, submit=False)
	(row,) = made.items
	assert (made.material_request_type, made.docstatus) == ("Material Transfer", 0)
	assert (row.from_warehouse, row.warehouse, row.stock_qty) == (shelf, hub, 4)
	assert (row.sales_order, row.sales_order_item) == (order.name, order.items[1].name)
	assert reroute_jobs.request_transfers(order.name) is None
	(told,) = order_board_api.order_overview(order.name)["transfers"]
	assert (told["source"], told["target"], told["qty"], told["request"]) == (shelf, hub, 4, made.name)


def test_the_lines_and_their_locks_arrive_with_the_goods(order, hub_and_shelf):
	hub, _shelf = hub_and_shelf
	transfer(requested(order))
	assert rows_of(order) == [(hub, 6, 6, None), (hub, 4, 4, None)]
	assert order_board_api.order_overview(order.name)["transfers"] == []
	all_is_well()


def test_nobody_who_waits_in_the_hub_gets_what_was_brought_for_another(order, hub_and_shelf, committed):
	hub, _shelf = hub_and_shelf
	first = make_order(
		line(order.items[0].item_code, qty=3, warehouse=hub, swf_keep_warehouse=1), warehouse=hub
	)
	frappe.db.set_value("Sales Order", first.name, "creation", "2020-01-01")
	first.reload()
	first.submit()
	committed()
	transfer(requested(order))
	serving_jobs.serve_waiting_demand()
	assert [row[2] for row in rows_of(order)] == [6, 4]
	assert rows_of(first)[0][2] == 0


def test_a_part_that_is_brought_takes_its_part_of_the_lock(order, hub_and_shelf):
	hub, shelf = hub_and_shelf
	transfer(requested(order), qty=3)
	assert sorted(rows_of(order)) == sorted([(hub, 6, 6, None), (shelf, 1, 1, hub), (hub, 3, 3, None)])
	all_is_well()


def test_who_may_not_change_orders_brings_whole_rows_and_cuts_none(order, hub_and_shelf):
	hub, shelf = hub_and_shelf
	made = requested(order)
	with acting_as(make_user("Stock User")):
		with pytest.raises(frappe.PermissionError, match="which cuts the row"):
			entry = make_stock_entry(made.name)
			entry.items[0].qty = 3
			entry.insert().submit()
		frappe.db.rollback()
		assert rows_of(order)[1] == (shelf, 4, 4, hub)
		entry = make_stock_entry(made.name)
		entry.insert().submit()
	assert rows_of(order)[1] == (hub, 4, 4, None)


def test_a_transfer_that_is_cancelled_takes_lines_and_locks_back(order, hub_and_shelf):
	hub, shelf = hub_and_shelf
	transfer(requested(order)).cancel()
	frappe.db.commit()
	assert rows_of(order) == [(hub, 6, 6, None), (shelf, 4, 4, hub)]
	all_is_well()


def by_transit(order):
	"""Two submitted Stock Entries: what is requested for an order goes into transit, and arrives."""
	transit = make_warehouse(warehouse_type="Transit")
	frappe.db.commit()
	sent = make_in_transit_stock_entry(requested(order).name, transit)
	sent.insert().submit()
	frappe.db.commit()
	between = rows_of(order)
	arrived = make_stock_in_entry(sent.name)
	arrived.insert().submit()
	frappe.db.commit()
	return sent, between, arrived


def test_goods_in_transit_are_on_nobodys_shelf_and_are_locked_when_they_arrive(order, hub_and_shelf):
	hub, _shelf = hub_and_shelf
	_sent, between, _arrived = by_transit(order)
	assert between == [(hub, 6, 6, None), (hub, 4, 0, None)]
	assert rows_of(order) == [(hub, 6, 6, None), (hub, 4, 4, None)]
	all_is_well()


def test_an_arrival_is_not_taken_back_while_an_order_holds_it(order, hub_and_shelf):
	hub, _shelf = hub_and_shelf
	_sent, _between, arrived = by_transit(order)
	with pytest.raises(frappe.ValidationError, match=r"which holds .* Release or re-route them first"):
		arrived.cancel()
	frappe.db.rollback()
	assert rows_of(order) == [(hub, 6, 6, None), (hub, 4, 4, None)]
	all_is_well()


def test_what_is_to_be_brought_is_not_picked_before(order, hub_and_shelf):
	hub, shelf = hub_and_shelf
	(name,) = picking_api.make_pick_lists(order.name)
	pick_list = frappe.get_doc("Pick List", name)
	assert {row.warehouse for row in pick_list.locations} == {hub}
	with pytest.raises(frappe.ValidationError, match="Send Directly"):
		picking_api.make_pick_lists(order.name)
	(mine,) = [it for it in picking_api.warehouse_work()["warehouses"] if it["name"] == shelf]
	assert (mine["lines"]["transfer"], mine["lines"]["today"], mine["waves"]) == (1, 0, [])


@pytest.mark.parametrize("is_submitted", [False, True])
@pytest.mark.parametrize("end", ["cancel", "close", "send directly"])
def test_an_order_that_ends_leaves_no_request_behind(order, end, is_submitted):
	made = requested(order, submit=is_submitted)
	order.reload()
	if end == "cancel":
		order.cancel()
	elif end == "close":
		order.update_status("Closed")
	else:
		reroute_api.send_directly(order.name)
	left = frappe.db.get_value("Material Request", made.name, "docstatus")
	assert left == (2 if is_submitted else None)


def test_goods_sent_directly_are_picked_where_they_lie(order, hub_and_shelf):
	requested(order, submit=False)
	reroute_api.send_directly(order.name)
	assert [row[3] for row in rows_of(order)] == [None, None]
	assert len(picking_api.make_pick_lists(order.name)) == 2
	with pytest.raises(frappe.ValidationError, match="nothing is locked that still"):
		reroute_api.request_transfers(order.name)


@pytest.mark.parametrize("end", ["sent directly", "cancelled", "deleted"])
def test_what_was_done_about_a_shortage_names_no_draft_that_is_gone(order, end):
	"""Newer Frappe deletes no document that another one names."""
	made = requested(order, submit=False)
	if end == "sent directly":
		reroute_api.send_directly(order.name)
	elif end == "cancelled":
		frappe.get_doc("Sales Order", order.name).cancel()
	else:
		delete_doc.check_if_doc_is_dynamically_linked(made)
		return
	named = frappe.get_all("Shortage Action", {"sales_order": order.name}, pluck="reference_name")
	assert named and not any(named)


def test_by_hand_nothing_is_asked_for_by_itself(order, switches, monkeypatch):
	asked = []
	monkeypatch.setattr(frappe, "enqueue", lambda method, **values: asked.append(method))
	for choice, count in (("By Hand", 0), ("When an Order Is Submitted", 1)):
		frappe.db.set_single_value("Sales Flow Settings", "transfer_requests", choice)
		frappe.clear_document_cache("Sales Flow Settings", "Sales Flow Settings")
		asked.clear()
		bring_together.bring_together_soon(frappe.get_doc("Sales Order", order.name))
		frappe.db.commit()
		assert len(asked) == count


def test_without_redis_the_order_goes_on_and_people_ask_for_the_transfers(order, monkeypatch):
	monkeypatch.setattr(frappe, "enqueue", no_redis)
	bring_together.bring_together_soon(frappe.get_doc("Sales Order", order.name))
	frappe.db.commit()
	assert [
		one["request"] for one in bring_together.bringing_state(frappe.get_doc("Sales Order", order.name))
	] == [""]


def test_a_draft_that_other_orders_share_keeps_their_rows(order, hub_and_shelf):
	hub, _shelf = hub_and_shelf
	made = requested(order, submit=False)
	made.append(
		"items", {"item_code": make_item(), "qty": 1, "warehouse": hub, "schedule_date": made.schedule_date}
	)
	made.save()
	order.reload()
	order.cancel()
	made.reload()
	assert [row.sales_order for row in made.items] == [None]


def test_who_may_not_ask_or_change_is_refused(order):
	with acting_as(make_user("Accounts User")):
		with pytest.raises(frappe.PermissionError):
			reroute_api.request_transfers(order.name)
		with pytest.raises(frappe.PermissionError):
			reroute_api.send_directly(order.name)
