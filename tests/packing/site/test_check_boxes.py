"""The check finds what is wrong with boxes, and nothing after a day of packing."""

import pytest

import frappe

from sales_wh_flow.audit import check
from sales_wh_flow.packing import api
from tests.packing.box_world import World, key


@pytest.fixture
def packed(switches, in_this_transaction):
	"""(world, box) with three of four in it."""
	switches(stock_lock=True, fulfilment=True)
	world = World(4)
	_order, pick_list = world.picked_order()
	box = api.open_box(key(), pick_list=pick_list.name)["name"]
	api.put_in(key(), box, world.items[0], pick_list=pick_list.name, qty=3)
	return world, box


def found() -> set[str]:
	return {it.code for it in check.look()}


def test_after_packing_all_is_well(packed):
	_world, box = packed
	api.close_box(key(), box)
	api.open_again(key(), box, "Wrong item")
	assert found() == set()


@pytest.mark.unchecked
def test_a_row_that_came_into_a_box_by_no_scan_is_found(packed):
	_world, box = packed
	frappe.db.sql("update `tabOrder Box Item` set qty_stock = 5 where parent = %s", box)
	assert found() == {"packed_too_much", "packed_count_differs"}


@pytest.mark.unchecked
def test_a_state_that_no_event_tells_of_is_found(packed):
	_world, box = packed
	frappe.db.sql("update `tabOrder Box` set state = 'Closed' where name = %s", box)
	assert found() == {"box_state_differs"}
