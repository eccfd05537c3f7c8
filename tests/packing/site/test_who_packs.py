"""A Stock User does every step of packing in his own warehouse, and none in another one's."""

import pytest

import frappe

from sales_wh_flow.packing import api
from sales_wh_flow.packing.open_box import PackedFrom
from sales_wh_flow.picking import pick
from tests.factories import acting_as, line, make_order, make_user
from tests.packing.box_world import World, key


@pytest.fixture(autouse=True)
def flow_is_on(switches, in_this_transaction):
	switches(stock_lock=True, fulfilment=True)


@pytest.fixture
def world():
	return World(4, 2, address=True)


def stock_user_of(warehouse: str) -> str:
	user = make_user("Stock User")
	frappe.get_doc(
		{"doctype": "User Permission", "user": user, "allow": "Warehouse", "for_value": warehouse}
	).insert()
	return user


def test_a_stock_user_does_every_step(world):
	_order, pick_list = world.picked_order()
	with acting_as(stock_user_of(world.place)):
		assert [it["name"] for it in api.lists_to_pack()] == [pick_list.name]
		assert api.to_pack(pick_list.name)["ship_tos"][0]["customer"] == world.customer
		box, pallet = (api.open_box(key(), pick_list=pick_list.name)["name"] for _ in range(2))
		row = api.put_in(key(), box, world.items[0], pick_list=pick_list.name, qty=2)["contents"][0]
		api.take_out(key(), box, row["name"])
		api.close_box(key(), box, weighed_kg=0.5)
		api.open_again(key(), box, "Wrong tape")
		api.close_box(key(), box)
		api.put_on_pallet(key(), box, pallet)
		assert api.find_list(box) == pick_list.name
		assert api.cancel_box(key(), pallet, "Not needed")["state"] == "Cancelled"
		assert frappe.db.get_value("Order Box", box, "parent_box") is None
	assert frappe.db.get_value("Order Box", box, "closed_by") != "Administrator"


def test_nobody_packs_in_a_warehouse_that_is_not_his(world):
	_order, pick_list = world.picked_order()
	box = api.open_box(key(), pick_list=pick_list.name)["name"]
	row = api.put_in(key(), box, world.items[0], pick_list=pick_list.name)["contents"][0]["name"]
	elsewhere = World(1)
	_other, theirs = elsewhere.picked_order()
	steps = (
		lambda: api.to_pack(pick_list.name),
		lambda: api.open_box(key(), pick_list=pick_list.name),
		lambda: api.put_in(key(), box, world.items[0], pick_list=theirs.name),
		lambda: api.put_in(key(), box, world.items[0], pick_list=pick_list.name),
		lambda: api.take_out(key(), box, row),
		lambda: api.close_box(key(), box),
		lambda: api.open_again(key(), box, "Mine"),
		lambda: api.cancel_box(key(), box, "Mine"),
		lambda: api.put_on_pallet(key(), box),
		lambda: api.make_delivery_note(key(), [box]),
	)
	with acting_as(stock_user_of(elsewhere.place)):
		assert [it["name"] for it in api.lists_to_pack()] == [theirs.name]
		assert api.find_list(box) is None
		for step in steps:
			with pytest.raises(frappe.PermissionError):
				step()


def test_of_an_order_everybody_packs_what_was_picked_in_his_own_warehouses(world):
	order, _pick_list = world.picked_order()
	source = PackedFrom(order=order.name)
	with acting_as(stock_user_of(world.place)):
		assert {row.warehouse for row in source.rows()} == {world.place}
	with acting_as(stock_user_of(World(1).place)):
		assert source.rows() == ()


def test_what_is_not_picked_yet_is_told_apart_from_what_is_packed(world):
	order, pick_list = world.picked_order()
	next_order = make_order(line(world.items[0], qty=2), submit=True, warehouse=world.place)
	(draft,) = pick.make_lists(frappe.get_doc("Sales Order", next_order.name))

	assert api.to_pack(draft)["is_picked"] is False
	assert api.to_pack(pick_list.name)["is_picked"] is True
	assert api.to_pack(sales_order=order.name)["is_picked"] is True


@pytest.mark.parametrize("photo", ["javascript:alert(1)", "data:text/html,x", "//elsewhere.example/x.png"])
def test_a_photo_is_a_file_and_no_script(world, photo):
	_order, pick_list = world.picked_order()
	box = api.open_box(key(), pick_list=pick_list.name)["name"]
	api.put_in(key(), box, world.items[0], pick_list=pick_list.name)
	with pytest.raises(frappe.ValidationError, match="no file of this site"):
		api.close_box(key(), box, photo=photo)


def test_who_may_not_change_pick_lists_does_not_pack(world):
	_order, pick_list = world.picked_order()
	box = api.open_box(key(), pick_list=pick_list.name)["name"]
	with acting_as(make_user("Sales User")):
		for step in (
			lambda: api.open_box(key(), pick_list=pick_list.name),
			lambda: api.close_box(key(), box),
		):
			with pytest.raises(frappe.PermissionError):
				step()


def test_a_scan_finds_everything_by_an_index(world):
	"""Whatever a scan reads or locks is found by a key: no statement walks a table of boxes or picks."""
	_order, pick_list = world.picked_order()
	box = api.open_box(key(), pick_list=pick_list.name)["name"]
	asked: list[tuple] = []
	original = frappe.db.sql

	def listening(query, values=(), *args, **more):
		if str(query).lstrip().lower().startswith(("select", "update")):
			asked.append((query, values))
		return original(query, values, *args, **more)

	frappe.db.sql = listening
	try:
		api.put_in(key(), box, world.items[0], pick_list=pick_list.name)
	finally:
		frappe.db.sql = original
	walked = []
	for query, values in asked:
		for row in original(f"explain {query}", values, as_dict=True):
			if row.type in ("ALL", "index") and not row.possible_keys and row.table:
				walked.append((row.table, row.type, str(query)[:80]))
	assert not walked, walked
