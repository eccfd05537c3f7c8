"""A tote holds the goods of one order, on a walk for many orders and between walks."""

import pytest

import frappe

from sales_wh_flow.picking import api
from tests.factories import make_warehouse, unique
from tests.packing.box_world import make_box
from tests.picking.site.test_walk import new_list, refused, row_of, scan
from tests.picking.wave_world import wave_world

pytestmark = pytest.mark.usefixtures("in_this_transaction")


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True)


def test_the_totes_of_a_wave_keep_its_orders_apart():
	warehouse, _items, orders = wave_world(orders=2)
	wave = api.make_wave(warehouse, "All")
	rows = api.list_to_pick(wave)["rows"]
	first, second = (next(row["row"] for row in rows if row["order"] == order.name) for order in orders)
	scan(wave, "TOTE-1", row=first)
	with refused(f"TOTE-1.* holds goods of Sales Order .*{orders[0].name}"):
		scan(wave, "tote-1", row=second)
	shown = scan(wave, "TOTE-2", row=second)["rows"]
	assert {(row["order"], row["tote"]) for row in shown} == {
		(orders[0].name, "TOTE-1"),
		(orders[1].name, "TOTE-2"),
	}


def test_a_tote_that_another_picker_fills_is_not_taken():
	name, (item,), order = new_list(2)
	scan(name, "TOTE-9", row=row_of(api.list_to_pick(name), item)["row"])
	other, (theirs,), _order = new_list(2)
	row = row_of(api.list_to_pick(other), theirs)["row"]
	assert row_of(scan(other, "TOTE-9", row=row), theirs)["tote"] == "TOTE-9", "nothing lies in it yet"
	scan(name, item)
	with refused(f"TOTE-9.* holds goods of Sales Order .*{order.name}"):
		scan(other, "TOTE-9", row=row)


def test_the_tote_of_the_last_order_is_scanned_when_everything_is_found():
	warehouse, _items, orders = wave_world(orders=2)
	wave = api.make_wave(warehouse, "All")
	with refused("Which order goes into .*TOTE-3"):
		scan(wave, "TOTE-3")
	rows = api.list_to_pick(wave)["rows"]
	scan(wave, "TOTE-1", row=next(row["row"] for row in rows if row["order"] == orders[0].name))
	shown = scan(wave, "TOTE-3")["rows"]
	assert {row["tote"] for row in shown if row["order"] == orders[1].name} == {"TOTE-3"}


def test_lists_come_by_the_day_and_hour_that_they_leave():
	"""A courier that comes at noon before a warehouse that closes in the evening."""
	names = []
	for hour in ("18:30", "12:00"):
		courier = frappe.get_doc({"doctype": "Courier", "courier_name": unique("Courier"), "cut_off": hour})
		name, _items, _order = new_list(1, swf_courier=courier.insert().name)
		names.append(name)
	shown = [row for row in api.lists_to_pick() if row["name"] in names]
	assert [(row["name"], row["cut_off"]) for row in shown] == [(names[1], "12:00"), (names[0], "18:30")]


@pytest.mark.parametrize("kind", ["a box", "a list"])
def test_the_number_of_a_box_or_a_list_is_said_to_be_no_goods(kind):
	name, (item,), _order = new_list(1)
	number = make_box(warehouse=make_warehouse()) if kind == "a box" else new_list(1)[0]
	with refused(f"{number}.* not of goods"):
		scan(name, number)
	assert row_of(api.list_to_pick(name), item)["found"] == 0
