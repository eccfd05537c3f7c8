"""Two people deal with the same missing stock at once: it is asked for, split off or given up just once."""

import pytest

import frappe

from tests.racing import drafts, world
from tests.racing.harness import call


@pytest.fixture(autouse=True, scope="module")
def flow_is_on(switches):
	switches(stock_lock=True)


def short_order():
	items = world.stocked_items(2, 3)
	order = world.draft_order(dict.fromkeys(items, 8))
	world.submit(order)
	return order, items


def once(outcomes):
	assert sum(it.is_done for it in outcomes) == 1, [it.text for it in outcomes]
	assert all(it.is_done or world.is_refusal(it) for it in outcomes), [it.text for it in outcomes]


def test_one_request_is_made_however_many_ask(race, round):
	order, items = short_order()

	outcomes = race(*(call("request_stock", order) for _ in range(3)))

	once(outcomes)
	frappe.db.rollback()
	asked = frappe.get_all("Material Request Item", {"sales_order": order}, ["item_code", "qty"])
	assert {row.item_code: row.qty for row in asked} == dict.fromkeys(items, 5)
	assert len(asked) == 2


def test_a_request_and_a_purchase_order_do_not_both_cover_it(race, round):
	supplier = drafts.supplier()
	default = [{"company": world.company(), "default_supplier": supplier}]
	items = world.stocked_items(2, 3, item_defaults=default)
	order = world.draft_order(dict.fromkeys(items, 8))
	world.submit(order)

	outcomes = race(call("request_stock", order), call("order_from_suppliers", order))

	once(outcomes)


def test_one_backorder_is_split_off_however_many_press(race, round):
	order, items = short_order()

	outcomes = race(*(call("split_backorder", order, start_within_s=0.05) for _ in range(2)))

	once(outcomes)
	frappe.db.rollback()
	made = frappe.get_all("Sales Order", {"swf_backorder_of": order}, pluck="name")
	assert len(made) == 1
	assert [row.qty for row in frappe.get_doc("Sales Order", made[0]).items] == [5, 5]
	assert {item: world.locked_by(item)[order] for item in items} == dict.fromkeys(items, 3)


def test_nothing_is_given_up_that_comes_in_at_the_same_moment(race, round):
	order, items = short_order()

	outcomes = race(call("close_short", order), call("receive_and_serve", items, 5.0))

	assert all(it.is_done or world.is_refusal(it) for it in outcomes), [it.text for it in outcomes]
	world.serve_all()
	frappe.db.rollback()
	ordered = {row.item_code: row.qty for row in frappe.get_doc("Sales Order", order).items}
	assert {item: world.locked_by(item)[order] for item in items} == ordered


def test_a_receipt_and_what_is_closed_short_meanwhile_never_wait_for_each_other(race, round):
	"""Nothing is tried again on the receipt's side: it must not be needed."""
	order, items = short_order()
	receipt = world.draft_receipt(items, 5)

	closer, receiver = race(call("close_short", order), call("submit", "Stock Entry", receipt))

	world.all_done([receiver])
	assert closer.is_done or world.is_refusal(closer), closer.text
