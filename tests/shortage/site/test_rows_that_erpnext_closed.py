"""Later ERPNext closes single rows of an order: the flow gives their stock back and waits for them no more.

No version of those at hand has that column; another box of the row, that may change after submit, stands in.
"""

import pytest

import frappe

from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note

from sales_wh_flow.audit import check
from sales_wh_flow.base import compat
from sales_wh_flow.picking.store import warehouse_work
from sales_wh_flow.shortage import api
from sales_wh_flow.stock_lock.serving import api as serving_api
from sales_wh_flow.stock_lock.store import waiting_lines
from tests import factories as make
from tests.shortage.shortage_world import held


@pytest.fixture(autouse=True)
def erpnext_closes_rows(switches, in_this_transaction, monkeypatch):
	switches(stock_lock=True, fulfilment=True)
	if not compat.knows_closed_rows():
		monkeypatch.setattr(compat, "ROW_CLOSED", "page_break")


def by_saving(order, row, value):
	order.reload().items[row].set(compat.ROW_CLOSED, value)
	order.save()


def by_bare_writes(order, row, value):
	frappe.db.set_value("Sales Order Item", order.items[row].name, compat.ROW_CLOSED, value)
	order.reload().db_set("per_billed", 0)


def ordered(place, *rows):
	return make.make_order(*rows, warehouse=place, submit=True)


def waiting(order):
	return {line.row: line.qty_stock for line in waiting_lines.lines_of(order.name)}


def to_do(place, order):
	return {work.line.row for work in warehouse_work.open_lines([place]) if work.line.order == order.name}


@pytest.mark.parametrize("close", [by_saving, by_bare_writes])
def test_a_closed_row_gives_its_stock_to_whoever_waits(place, close):
	item, other = make.stocked(10, place), make.stocked(10, place)
	order = ordered(place, make.line(item, qty=10), make.line(other, qty=10))
	next_one = ordered(place, make.line(item, qty=4))
	assert (held(order.name), held(next_one.name)) == (20, 0)
	close(order, 0, 1)
	serving_api.lock_waiting(next_one.name)
	assert (held(order.name), held(next_one.name)) == (10, 4)
	assert to_do(place, order) == {order.items[1].name}
	assert not check.look(items=[item, other])


def test_a_closed_row_waits_for_nothing_and_opened_again_has_its_turn(place):
	item, other = make.stocked(2, place), make.stocked(1, place)
	order = ordered(place, make.line(item, qty=10), make.line(other, qty=1))
	by_bare_writes(order, 0, 1)
	assert (waiting(order), held(order.name)) == ({}, 1)
	make.receive(item, 8, place)
	serving_api.lock_waiting(order.name)
	assert held(order.name) == 1
	by_bare_writes(order, 0, 0)
	assert waiting(order) == {order.items[0].name: 10}
	serving_api.lock_waiting(order.name)
	assert held(order.name) == 11
	assert not check.look(items=[item, other])


def test_the_components_of_a_closed_bundle_are_given_back(place):
	part = make.stocked(6, place)
	bundle, other = make.make_bundle({part: 2}), make.stocked(1, place)
	order = ordered(place, make.line(bundle, qty=3), make.line(other, qty=1))
	assert held(order.name) == 7
	by_saving(order, 0, 1)
	assert (held(order.name), waiting(order)) == (1, {})
	assert not check.look(items=[part, other])


def test_what_was_delivered_of_a_closed_row_stays_delivered_and_the_order_ends(place):
	item = make.stocked(10, place)
	order = ordered(place, make.line(item, qty=10))
	note = make_delivery_note(order.name)
	note.items[0].qty = 6
	note.insert().submit()
	by_saving(order, 0, 1)
	assert (held(order.name), api.closable_lines(order.name)["open"]) == (0, [])
	assert order.reload().swf_flow_status == "Dispatched"
	assert not check.look(items=[item])
