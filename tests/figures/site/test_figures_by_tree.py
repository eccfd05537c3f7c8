"""A group of warehouses, items, customers or territories counts what lies in it; so does what came back."""

import pytest

import frappe

from sales_wh_flow.figures import api
from sales_wh_flow.packing.rules import states
from sales_wh_flow.sales_wh_flow.report.order_figures import order_figures
from tests.billing.billing_world import confirm, ship
from tests.factories import (
	company,
	line,
	make_customer,
	make_customer_group,
	make_item,
	make_order,
	make_warehouse,
	receive,
)
from tests.packing.box_world import make_box


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(stock_lock=True, serving="By Itself", fulfilment=True, forecast=True, returns=True)
	# Orders that other tests left are looked past; undone with this one.
	frappe.db.sql("update `tabSales Order` set transaction_date = '2001-01-01'")


@pytest.fixture
def places():
	"""A group of warehouses with two in it, and a third beside it."""
	group = make_warehouse("North", is_group=1)
	return (
		group,
		make_warehouse(parent_warehouse=group),
		make_warehouse(parent_warehouse=group),
		make_warehouse(),
	)


def sent(place, there=True, **values):
	item = make_item()
	receive(item, 5, place)
	order = make_order(line(item, qty=2, warehouse=place), submit=True, **values)
	note = ship(order)
	return order, confirm(note) if there else note


def report(**filters):
	return order_figures.execute({"company": company().name, **filters})[1]


def test_a_group_counts_what_lies_in_it_and_stands_before_it(places):
	group, one, two, beside = places
	for place in (one, one, two, beside):
		sent(place)
	rows = report(show="By Warehouse")
	counted = {row["key"]: row["orders"] for row in rows}
	assert (counted[group], counted[one], counted[two], counted[beside]) == (3, 2, 1, 1)
	keys = [row["key"] for row in rows]
	assert keys.index(group) < min(keys.index(one), keys.index(two))
	at = {row["key"]: row["indent"] for row in rows}
	assert at[one] == at[two] == at[group] + 1
	assert len(report(show="Each Order", warehouse=group)) == 3


def test_an_order_from_two_warehouses_of_a_group_is_one_order_of_the_group(places):
	group, one, two, _beside = places
	item = make_item()
	for place in (one, two):
		receive(item, 5, place)
	order = make_order(line(item, qty=1, warehouse=one), line(item, qty=1, warehouse=two), submit=True)
	confirm(ship(order))
	counted = {row["key"]: row["orders"] for row in report(show="By Warehouse")}
	assert (counted[group], counted[one], counted[two]) == (1, 1, 1)


def test_the_chart_draws_the_warehouses_and_not_their_groups_once_more(places):
	group, one, *_others = places
	sent(one)
	chart = order_figures.execute({"company": company().name, "show": "By Warehouse"})[3]
	assert chart["data"]["labels"] == [one]
	assert group not in chart["data"]["labels"]


def test_groups_of_customers_count_theirs(places):
	group = make_customer_group(is_group=1)
	inner = make_customer_group(group)
	sent(places[1], customer=make_customer(group=inner), customer_group=inner)
	sent(places[1])
	counted = {row["key"]: row["orders"] for row in report(show="By Customer Group")}
	assert (counted[group], counted[inner]) == (1, 1)
	assert len(report(show="Each Order", customer_group=group)) == 1


@pytest.mark.unchecked
def test_what_was_refused_or_returned_is_a_share_of_what_left(places):
	_group, one, *_others = places
	(refused, _), (returned, _), _fine = sent(one), sent(one), sent(one)
	make_order(line(make_item(), qty=2, warehouse=one), submit=True)  # nothing has left
	row = refused.items[0]
	content = {"sales_order": refused.name, "sales_order_item": row.name, "item_code": row.item_code}
	make_box({**content, "qty_stock": 2, "refused_qty": 1, "stock_uom": "Nos"}, state=states.PARTLY_ACCEPTED)
	frappe.db.set_value("Sales Order Item", returned.items[0].name, "swf_returned_qty", 1)
	told = api.came_back()
	assert told["value"] == pytest.approx(66.67)
	assert len(report(**told["route_options"])) == 3
	said = {it["sales_order"]: it["came_back"] for it in report(show="Each Order")}
	assert (said[refused.name], said[returned.name]) == ("Yes", "Yes")
	assert sorted(said.values()) == ["", "No", "Yes", "Yes"]
