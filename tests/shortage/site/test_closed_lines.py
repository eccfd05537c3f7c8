"""One line of an order, or a part of it, is closed short and opened again."""

import pytest

import frappe

from sales_wh_flow.audit import check
from sales_wh_flow.dispatch import api as dispatch_api
from sales_wh_flow.picking import api as picking_api
from sales_wh_flow.shortage import api
from sales_wh_flow.stock_lock.serving import api as serving_api
from tests import factories as make
from tests.shortage.shortage_world import deeds, held, short_order


@pytest.fixture(autouse=True)
def lock_is_on(switches, in_this_transaction):
	switches(stock_lock=True, fulfilment=True)


@pytest.fixture
def item(place):
	return make.stocked(10, place)


@pytest.fixture
def order(item, place):
	"""Ten locked pieces of one item and ten of another."""
	other = make.stocked(10, place)
	return make.make_order(make.line(item, qty=10), make.line(other, qty=10), warehouse=place, submit=True)


def line_of(order, row=0):
	return frappe.get_doc("Sales Order", order.name).items[row]


def close(order, qty, reason="the customer wants no more", row=None):
	api.close_line_short(order.name, row or order.items[0].name, qty, reason)


def test_a_part_of_a_locked_line_is_closed_and_all_figures_follow(order):
	close(order, 4)
	doc = frappe.get_doc("Sales Order", order.name)
	row = doc.items[0]
	assert (row.qty, row.swf_closed_short, held(order.name)) == (6, 4, 16)
	assert (doc.total_qty, doc.grand_total) == (16, 1600)
	reserved = frappe.db.get_value(
		"Bin", {"item_code": row.item_code, "warehouse": row.warehouse}, "reserved_qty"
	)
	assert reserved == 6
	assert not check.look(orders=[order.name])


def test_what_is_delivered_and_closed_makes_the_order_complete(order, item):
	close(order, 10, row=order.items[1].name)
	close(order, 4)
	(pick_list,) = picking_api.make_pick_lists(order.name)
	frappe.get_doc("Pick List", pick_list).submit()
	frappe.get_doc("Delivery Note", dispatch_api.make_delivery_note(pick_list)).submit()
	doc = frappe.get_doc("Sales Order", order.name)
	assert (doc.per_delivered, doc.status, doc.swf_flow_status) == (100, "To Bill", "Dispatched")


def test_a_line_that_went_altogether_comes_back_at_its_price(order):
	gone = order.items[0]
	close(order, 10)
	assert len(frappe.get_doc("Sales Order", order.name).items) == 1
	(closed,) = api.closable_lines(order.name)["closed"]
	assert (closed["row"], closed["qty"], closed["item_code"]) == (gone.name, 10, gone.item_code)
	new = api.open_line_again(order.name, gone.name, 10, "he does want them")
	row = frappe.get_doc("Sales Order Item", new)
	assert (row.item_code, row.qty, row.rate, row.warehouse) == (gone.item_code, 10, 100, gone.warehouse)
	assert held(order.name) == 20
	assert not api.closable_lines(order.name)["closed"]
	assert {it.action for it in deeds(order.name)} == {"Close Short", "Open Again"}


def test_a_line_that_is_opened_again_has_its_turn_before_later_orders(place):
	item = make.stocked(2, place)
	first = make.make_order(make.line(item, qty=10), warehouse=place, submit=True)
	close(first, 8)
	later = make.make_order(make.line(item, qty=8), warehouse=place, submit=True)
	api.open_line_again(first.name, first.items[0].name, 8, "he does want them")
	make.receive(item, 8, place)
	serving_api.lock_waiting(first.name)
	assert (held(first.name), held(later.name)) == (10, 0)
	assert line_of(first).swf_closed_short == 0


def test_what_is_closed_as_missing_is_opened_again_too():
	order = short_order()
	api.close_short(order.name, "no more comes")
	api.open_line_again(order.name, order.items[0].name, 2, "it comes after all")
	assert (line_of(order).qty, line_of(order).swf_closed_short) == (5, 3)


@pytest.mark.parametrize(
	("qty", "reason", "match"),
	[
		(11, "why", "10"),
		(1e-9, "why", "whole"),
		(0.5, "why", "whole"),
		(0, "why", "can't be closed"),
		(-1, "why", "can't be closed"),
		(2, "", "Say why"),
	],
)
def test_no_more_than_is_open_is_closed_and_never_without_a_reason(order, qty, reason, match):
	with pytest.raises(frappe.ValidationError, match=match):
		close(order, qty, reason)
	assert line_of(order).qty == 10


def test_no_more_is_opened_than_was_closed(order):
	close(order, 4)
	row = order.items[0].name
	api.open_line_again(order.name, row, 4, "again")
	for qty in (1, 0, -4):
		with pytest.raises(frappe.ValidationError, match="can't be opened again"):
			api.open_line_again(order.name, row, qty, "again")


def test_what_is_picked_is_not_closed(order):
	(pick_list,) = picking_api.make_pick_lists(order.name)
	frappe.get_doc("Pick List", pick_list).submit()
	frappe.db.savepoint("as_it_was")
	with pytest.raises(frappe.ValidationError, match="Pick List"):
		close(order, 4)
	frappe.db.rollback(save_point="as_it_was")


def test_the_last_line_is_not_closed_away(item, place):
	order = make.make_order(make.line(item, qty=3), warehouse=place, submit=True)
	with pytest.raises(frappe.ValidationError, match=r"would stay|nothing"):
		close(order, 3)


def test_who_may_not_change_the_order_closes_nothing(order):
	with make.acting_as(make.make_user("Stock User")), pytest.raises(frappe.PermissionError):
		close(order, 1)
