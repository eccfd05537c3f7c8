"""A count is posted although orders hold the stock: who loses what is not there is decided by their class."""

import pytest

import frappe

from sales_wh_flow.picking import pick
from sales_wh_flow.stock_lock import repair
from sales_wh_flow.stock_lock.refusals import StockIsLocked
from tests.factories import (
	acting_as,
	counted_statements,
	line,
	make_bundle,
	make_customer,
	make_customer_group,
	make_item,
	make_order,
	make_serving_policy,
	make_user,
	receive,
	stocked,
)
from tests.stock_documents import counted
from tests.stock_lock.lock_world import bin_of, events_of, locks_of, status_of


@pytest.fixture(autouse=True)
def counts_are_posted(switches):
	switches(stock_lock=True, fulfilment=True, post_counts_of_locked_stock="1")


def order_of(item, qty, warehouse, **values):
	return make_order(line(item, qty=qty), warehouse=warehouse, submit=True, **values)


def count(item, warehouse, qty):
	doc = counted(item, warehouse, qty).insert()
	doc.submit()
	return doc


def held(order):
	return sum(lock.reserved_qty for lock in locks_of(order) if lock.status != "Cancelled")


def is_refused(item, warehouse, qty) -> str:
	doc = counted(item, warehouse, qty).insert()
	frappe.db.savepoint("counted")
	with pytest.raises(frappe.ValidationError) as refused:
		doc.submit()
	frappe.db.rollback(save_point="counted")
	return str(refused.value)


def test_a_count_that_finds_all_that_is_locked_costs_nobody_anything(warehouse):
	item = stocked(10, warehouse)
	order = order_of(item, 6, warehouse)

	count(item, warehouse, 8)

	assert held(order) == 6
	assert bin_of(item, warehouse).actual_qty == 8
	assert repair.look_for_drift().is_clean


def test_what_was_not_found_is_lost_by_the_order_that_came_last(warehouse):
	item = stocked(10, warehouse)
	first, last = order_of(item, 6, warehouse), order_of(item, 4, warehouse)

	doc = count(item, warehouse, 7)

	assert (held(first), held(last)) == (6, 1)
	assert bin_of(item, warehouse).actual_qty == 7
	assert bin_of(item, warehouse).reserved_stock == 7
	told = [it for it in events_of(last) if it.qty_stock < 0]
	assert [it.qty_stock for it in told] == [-3]
	assert doc.name in told[0].reason
	assert status_of(last) == "Partly Locked"
	assert repair.look_for_drift().is_clean


def test_who_must_be_served_loses_last_however_late_the_order_came(warehouse):
	must, can_wait = make_customer_group(), make_customer_group()
	make_serving_policy((must, "Must"), (can_wait, "Give Up"))
	item = stocked(10, warehouse)
	early = order_of(item, 5, warehouse, customer=make_customer(customer_group=can_wait))
	late = order_of(item, 5, warehouse, customer=make_customer(customer_group=must))

	count(item, warehouse, 5)

	assert (held(early), held(late)) == (0, 5)
	assert repair.look_for_drift().is_clean


def test_what_lies_on_a_pick_list_is_not_counted_away(warehouse):
	item = stocked(10, warehouse)
	first, last = order_of(item, 6, warehouse), order_of(item, 4, warehouse)
	pick.make_lists(last)

	count(item, warehouse, 4)

	assert (held(first), held(last)) == (0, 4)
	assert last.name in is_refused(item, warehouse, 2)
	assert repair.look_for_drift().is_clean


def test_an_empty_shelf_ends_all_that_was_locked_there(warehouse):
	item = stocked(10, warehouse)
	order = order_of(item, 6, warehouse)

	count(item, warehouse, 0)

	assert held(order) == 0
	assert bin_of(item, warehouse).reserved_stock == 0
	assert status_of(order) == "Backordered"
	assert repair.look_for_drift().is_clean


def test_a_bundle_that_lost_a_component_holds_no_more_of_the_others(warehouse):
	part, other = stocked(4, warehouse), stocked(4, warehouse)
	order = order_of(make_bundle({part: 1, other: 2}), 2, warehouse)
	assert held(order) == 6

	count(part, warehouse, 1)

	assert held(order) == 3
	assert repair.look_for_drift().is_clean


def test_a_count_of_what_is_locked_by_batch_says_whose_it_is(warehouse):
	series = f"{frappe.generate_hash()[:6]}.##"
	batched = make_item(has_batch_no=1, create_new_batch=1, batch_number_series=series)
	receive(batched, 5, warehouse)
	order = order_of(batched, 5, warehouse)
	batch = frappe.db.get_value("Batch", {"item": batched})
	doc = counted(batched, warehouse, 3)
	doc.items[0].update({"batch_no": batch, "use_serial_batch_fields": 1})
	doc.insert()
	frappe.db.savepoint("counted")

	with pytest.raises(StockIsLocked, match=order.name):
		doc.submit()

	frappe.db.rollback(save_point="counted")
	assert held(order) == 5


def test_a_count_of_another_day_is_refused_naming_whose_it_is(warehouse):
	item = stocked(10, warehouse)
	order = order_of(item, 6, warehouse)
	doc = counted(item, warehouse, 8)
	doc.update({"set_posting_time": 1, "posting_date": frappe.utils.today(), "posting_time": "23:59:59"})
	doc.insert()

	with pytest.raises(StockIsLocked, match=f"locked for .*{order.name}"):
		doc.submit()


def test_a_count_is_refused_naming_whose_it_is_while_the_company_does_not_want_it(warehouse, switches):
	switches(stock_lock=True, post_counts_of_locked_stock="0")
	item = stocked(10, warehouse)
	order = order_of(item, 6, warehouse)

	assert order.name in is_refused(item, warehouse, 8)
	assert held(order) == 6


def test_a_count_taken_back_leaves_the_rest_locked(warehouse):
	item = stocked(10, warehouse)
	order = order_of(item, 6, warehouse)
	doc = count(item, warehouse, 4)

	frappe.get_doc(doc.doctype, doc.name).cancel()

	assert bin_of(item, warehouse).actual_qty == 10
	assert held(order) == 4
	assert repair.look_for_drift().is_clean


def test_what_a_count_found_more_and_is_locked_since_is_not_taken_back(warehouse):
	item = stocked(2, warehouse)
	order_of(item, 2, warehouse)
	doc = count(item, warehouse, 5)
	since = order_of(item, 3, warehouse)
	found = frappe.get_doc(doc.doctype, doc.name)
	frappe.db.savepoint("taken_back")

	with pytest.raises(StockIsLocked, match=since.name):
		found.cancel()

	frappe.db.rollback(save_point="taken_back")


def test_a_stock_manager_who_may_read_no_order_posts_a_count(warehouse):
	item = stocked(10, warehouse)
	order = order_of(item, 6, warehouse)
	doc = counted(item, warehouse, 4).insert()

	with acting_as(make_user("Stock Manager")):
		frappe.get_doc(doc.doctype, doc.name).submit()

	assert held(order) == 4


def test_a_count_costs_no_more_statements_the_more_orders_lose(warehouse):
	few, many = stocked(10, warehouse), stocked(10, warehouse)
	for _ in range(2):
		order_of(few, 5, warehouse)
	for _ in range(10):
		order_of(many, 1, warehouse)
	count(stocked(1, warehouse), warehouse, 0)  # what is read once

	def statements(item):
		doc = counted(item, warehouse, 0).insert()
		with counted_statements() as asked:
			doc.submit()
		return asked

	few_asked, many_asked = statements(few), statements(many)
	assert len(many_asked) <= len(few_asked)
