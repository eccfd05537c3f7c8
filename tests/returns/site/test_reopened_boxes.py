"""Boxes of an order that is opened again are in the plan and emptied by its job; those that left stay."""

import pytest

import frappe

from sales_wh_flow.audit import check
from sales_wh_flow.packing import api as packing
from sales_wh_flow.patches.v0_4 import undone_by_hand
from sales_wh_flow.returns import api, jobs, reopen
from sales_wh_flow.returns.store import reopenings
from tests import factories as make
from tests.delivery import delivery_world as delivery
from tests.packing.box_world import World, key
from tests.returns.returns_world import told_of


@pytest.fixture(autouse=True)
def returns_are_on(switches, in_this_transaction):
	switches(stock_lock=True, fulfilment=True, returns=True)


@pytest.fixture
def world():
	return World(4, 2)


def packed(world, box=None):
	"""(order, Pick List, closed box of everything)."""
	order, pick_list = world.picked_order()
	name = packing.open_box(key(), pick_list=pick_list.name)["name"] if box is None else box
	for item, qty in zip(world.items, world.qtys, strict=True):
		packing.put_in(key(), name, item, pick_list=pick_list.name, qty=qty)
	return order, pick_list, name


def planned(order):
	return [(it["action"], it["document_name"]) for it in api.plan_reopening(order.name)["steps"]]


def reopened(order):
	name = api.reopen_order(order.name, "To Pick", "the customer changed his mind")
	jobs.reopen_order(name)
	return frappe.get_doc("Order Reopening", name)


def state_of(box):
	return frappe.db.get_value("Order Box", box, "state")


def test_boxes_are_emptied_between_their_note_and_their_pick_list(world):
	order, pick_list, box = packed(world)
	packing.close_box(key(), box)
	note = packing.make_delivery_note(key(), [box])
	frappe.get_doc("Delivery Note", note).submit()
	assert planned(order) == [("Cancel", note), ("Empty", box), ("Cancel", pick_list.name)]
	record = reopened(order)
	assert (record.state, state_of(box)) == ("Done", "Cancelled")
	assert frappe.get_last_doc("Box Event", {"box": box}).reason == "the customer changed his mind"
	assert frappe.db.get_value("Sales Order", order.name, "swf_flow_status") == "Locked"
	assert not check.look(orders=[order.name])


def test_a_box_of_several_orders_is_opened_and_keeps_the_goods_of_the_others(world):
	order, _list, box = packed(world)
	other, _other_list, _box = packed(world, box)
	packing.close_box(key(), box)
	assert reopened(order).state == "Done"
	rows = frappe.get_all("Order Box Item", {"parent": box}, ["sales_order", "qty_stock"], order_by="idx")
	assert [(it.sales_order, it.qty_stock) for it in rows] == [(other.name, 4), (other.name, 2)]
	assert state_of(box) == "Open"
	assert not check.look(orders=[order.name, other.name])


def test_a_box_in_an_open_hand_over_is_named_with_what_to_do(world):
	order, _list, box = packed(world)
	packing.close_box(key(), box)
	handover = delivery.begin(delivery.make_courier(), world.place)
	delivery.scan(handover, box)
	plan = api.plan_reopening(order.name)
	assert not plan["may_start"]
	assert any(handover in text for step in plan["steps"] for text in step["blocks"])
	with pytest.raises(frappe.ValidationError, match="Take it out there first"):
		api.reopen_order(order.name, "To Pick", "mistake")


def test_a_job_that_is_killed_after_a_box_was_emptied_goes_on(world):
	from sales_wh_flow.returns import reopen

	order, _list, box = packed(world)
	name = api.reopen_order(order.name, "To Pick", "mistake")
	reopen.do_next(name, order.name)
	assert state_of(box) == "Cancelled"
	jobs.reopen_order(name)
	assert frappe.db.get_value("Order Reopening", name, "state") == "Done"


def test_a_box_of_an_order_that_is_opened_again_goes_into_no_hand_over_from_the_press_on(world):
	order, _list, box = packed(world)
	packing.close_box(key(), box)
	handover = delivery.begin(delivery.make_courier(), world.place)
	name = api.reopen_order(order.name, "Cancelled", "the customer changed his mind")
	with pytest.raises(frappe.ValidationError, match="is being opened again"):
		delivery.scan(handover, box)
	jobs.reopen_order(name)
	assert frappe.db.get_value("Order Reopening", name, "state") == "Done"
	assert not check.look(orders=[order.name])


def test_one_that_stopped_says_why_on_its_order_and_keeps_the_boxes_until_it_is_given_up(world):
	order, _list, box = packed(world)
	packing.close_box(key(), box)
	courier = delivery.make_courier()
	handover = delivery.begin(courier, world.place)
	name = api.reopen_order(order.name, "Cancelled", "the customer changed his mind")
	# Somebody who held the order first was quicker.
	frappe.db.set_value("Order Box", box, {"handover": handover, "courier": courier})
	jobs.reopen_order(name)
	plan = api.plan_reopening(order.name)
	assert (plan["state"], plan["unfinished"], plan["back_to"]) == ("Stopped", name, "Cancelled")
	assert handover in plan["stopped_by"]
	frappe.db.set_value("Order Box", box, "handover", None)
	with pytest.raises(frappe.ValidationError, match="is being opened again"):
		delivery.scan(handover, box)
	assert api.give_up_reopening(order.name) == name
	delivery.scan(handover, box)
	assert frappe.db.get_value("Order Box", box, "handover") == handover
	with pytest.raises(frappe.ValidationError, match="nothing to give up"):
		api.give_up_reopening(order.name)


def test_one_that_runs_is_not_given_up(world):
	order, _list, _box = packed(world)
	api.reopen_order(order.name, "To Pick", "mistake")
	with pytest.raises(frappe.ValidationError, match="nothing to give up"):
		api.give_up_reopening(order.name)


def test_a_job_that_comes_late_does_not_stop_what_was_given_up(world):
	order, _list, _box = packed(world)
	name = api.reopen_order(order.name, "To Pick", "mistake")
	reopenings.stop(name, "refused before")
	reopenings.give_up_stopped(name)
	before = told_of(order.name)
	reopen.stop_and_tell(name, "refused late")
	assert frappe.db.get_value("Order Reopening", name, ["state", "stopped_by"]) == (
		"Given Up",
		"refused before",
	)
	assert told_of(order.name) == before


def test_what_stopped_and_was_undone_by_hand_keeps_no_new_boxes(world, monkeypatch):
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	order, pick_list = world.picked_order()
	name = api.reopen_order(order.name, "To Pick", "mistake")
	reopenings.stop(name, "refused")
	undone_by_hand.execute()
	assert frappe.db.get_value("Order Reopening", name, "state") == "Stopped"
	pick_list.reload().cancel()
	delivery.picked_list(order)
	for _again in range(2):
		undone_by_hand.execute()
		assert frappe.db.get_value("Order Reopening", name, "state") == "Given Up"
	assert not reopenings.orders_of_unfinished([order.name])


def test_whoever_may_not_cancel_the_order_gives_nothing_up(world):
	order, _list, _box = packed(world)
	with make.acting_as(make.make_user("Stock User")), pytest.raises(frappe.PermissionError):
		api.give_up_reopening(order.name)
