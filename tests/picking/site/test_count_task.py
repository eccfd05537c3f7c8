"""A short pick asks for a count, once a place; until then nobody is sent for the same row again."""

import pytest

import frappe
from frappe.permissions import add_user_permission

from sales_wh_flow.picking import api
from sales_wh_flow.stock_lock.serving import serve
from tests.factories import (
	acting_as,
	line,
	make_bundle,
	make_order,
	make_user,
	make_warehouse,
	receive,
	stocked,
)
from tests.picking.site.test_walk import key
from tests.stock_documents import counted


@pytest.fixture(autouse=True)
def counts_are_posted(switches, in_this_transaction):
	on = {"post_counts_of_locked_stock": "1", "serve_short_picks": "0"}
	switches(stock_lock=True, fulfilment=True, **on)


@pytest.fixture
def place():
	return make_warehouse()


@pytest.fixture
def counter(place):
	"""The Stock Manager of the warehouse; another one is of elsewhere."""
	mine, other = make_user("Stock Manager", "Stock User"), make_user("Stock Manager")
	for user, warehouse in ((mine, place), (other, make_warehouse())):
		add_user_permission("Warehouse", warehouse, user, ignore_permissions=True)
	return mine


def picked_short(place, asked=5, found=3, stock=5):
	item = stocked(stock, place)
	order = make_order(line(item, qty=asked, warehouse=place), warehouse=place).submit()
	shorten(order, found)
	return item, order


def shorten(order, found):
	(name,) = api.make_pick_lists(order.name)
	row = api.list_to_pick(name)["rows"][0]["row"]
	with acting_as(make_user("Stock User")):
		return api.found_less(pick_list=name, row=row, found=found, reason="Fewer <b>there</b>", key=key())


def tasks(item, place, **filters):
	bin_name = frappe.db.get_value("Bin", {"item_code": item, "warehouse": place})
	filters = {"reference_type": "Bin", "reference_name": bin_name, **filters}
	return frappe.get_all("ToDo", filters, ["allocated_to", "description", "status"])


def open_tasks(item, place):
	return [task.allocated_to for task in tasks(item, place, status="Open")]


def test_a_short_pick_asks_the_stock_people_of_the_warehouse_to_count_there_once(place, counter):
	item, _order = picked_short(place, asked=4, found=3, stock=9)
	asked = open_tasks(item, place)
	assert counter in asked and len(asked) == len(set(asked))
	others = {user for user in asked if user != counter}
	assert not others & set(frappe.get_all("User Permission", {"allow": "Warehouse"}, pluck="user"))
	(text,) = {task.description for task in tasks(item, place, allocated_to=counter)}
	assert "<b>there</b>" not in text and item in text and "3" in text
	another = make_order(line(item, qty=2, warehouse=place), warehouse=place).submit()
	shorten(another, 1)
	assert open_tasks(item, place) == asked


def test_nobody_is_sent_for_it_again_before_it_was_counted(place, counter):
	_item, order = picked_short(place)
	with pytest.raises(frappe.ValidationError, match=r"2.* were not found .*counted"):
		api.make_pick_lists(order.name)
	with pytest.raises(frappe.ValidationError):
		api.make_wave(place, "All")
	assert_only_to_be_counted(place, order, 2)


def test_a_component_that_was_not_found_is_to_be_counted_first(place, counter):
	pump, hose = stocked(4, place), stocked(12, place)
	order = make_order(line(make_bundle({pump: 1, hose: 3}), qty=4, warehouse=place)).submit()
	(name,) = api.make_pick_lists(order.name)
	(row,) = (it["row"] for it in api.list_to_pick(name)["rows"] if it["item_code"] == hose)
	api.found_less(pick_list=name, row=row, found=9, reason="Fewer there", key=key())
	assert_only_to_be_counted(place, order, 3)


def assert_only_to_be_counted(place, order, qty):
	"""Warehouse Work sends nobody for it, and offers no wave that would have nothing to pick."""
	(work,) = (it for it in api.warehouse_work()["warehouses"] if it["name"] == place)
	assert (work["lines"]["count"], work["lines"]["today"], work["waves"]) == (1, 0, [])
	(missing,) = api.warehouse_lines(place, "count")
	assert (missing["sales_order"], missing["qty"]) == (order.name, qty)


def test_the_whole_way_of_a_short_pick_to_its_count(place, counter):
	"""Five are asked for, three are there: three leave, two wait for supply, the books say the truth."""
	item, order = picked_short(place)
	(name,) = frappe.get_all("Pick List Item", {"sales_order": order.name}, pluck="parent")
	with acting_as(frappe.db.get_value("Pick List", name, "swf_picker")):
		api.finish_list(pick_list=name, key=key())
	with acting_as(counter):
		doc = counted(item, place, 3)
		doc.insert()
		doc.submit()
	assert open_tasks(item, place) == []
	assert locked(order) == 3
	receive(item, 2, place)
	for share in serve.shares(serve.plan_serving().plan):
		serve.carry_out(share)
	assert locked(order) == 5
	(again,) = api.make_pick_lists(order.name)
	assert [row["asked"] for row in api.list_to_pick(again)["rows"]] == [2]


def test_who_finds_that_all_is_there_closes_the_task_for_all_and_it_is_picked(place, counter):
	item, order = picked_short(place)
	other = frappe.copy_doc(frappe.get_doc("ToDo", {"allocated_to": counter, "status": "Open"}))
	other.allocated_to = make_user("Stock Manager")
	other.insert()
	with acting_as(counter):
		todo = frappe.get_doc("ToDo", {"allocated_to": counter, "status": "Open"})
		todo.status = "Closed"
		todo.save()
	assert open_tasks(item, place) == []
	(again,) = api.make_pick_lists(order.name)
	assert [row["asked"] for row in api.list_to_pick(again)["rows"]] == [2]


def locked(order):
	return sum(
		frappe.get_all(
			"Stock Reservation Entry", {"voucher_no": order.name, "docstatus": 1}, pluck="reserved_qty"
		)
	)
