"""The map of the dashboard: what it draws, of whom, and for whom."""

import pytest

import frappe
from frappe.utils import add_months, nowdate

from sales_wh_flow.figures import api
from tests import factories as make


@pytest.fixture(autouse=True)
def undone(in_this_transaction):
	frappe.db.sql("update `tabSales Order` set transaction_date = %s", add_months(nowdate(), -12))


@pytest.fixture
def order():
	"""Two lines from a warehouse in Hamburg, one from one that nobody knows the place of, to Berlin."""
	place, blind = make.make_warehouse(swf_latitude=53.55, swf_longitude=9.99), make.make_warehouse()
	customer = make.make_customer()
	address = make.make_address(customer, 52.52, 13.40)
	lines = [make.line(qty=2, warehouse=place), make.line(qty=3, warehouse=place), make.line(warehouse=blind)]
	return make.make_order(*lines, customer=customer, shipping_address_name=address, submit=True)


def test_the_map_draws_lines_by_warehouse_and_where_they_go(order):
	drawn = api.order_map()
	(place,) = drawn["warehouses"]
	assert (place["warehouse"], place["lines"], place["units"]) == (order.items[0].warehouse, 2, 5)
	assert (place["latitude"], place["longitude"]) == (53.55, 9.99)
	(to,) = drawn["ship_tos"]
	assert (to["latitude"], to["longitude"], to["lines"], to["by"]) == (52.52, 13.4, 2, [0])
	assert drawn["without_place"] == 1


def test_a_postcode_says_where_it_is_when_nothing_else_does(order):
	blind = order.items[2].warehouse
	land = frappe.db.get_value("Company", order.company, "country")
	frappe.get_doc(
		{"doctype": "Postcode Place", "country": land, "postcode": "80", "latitude": 48.1, "longitude": 11.6}
	).insert(ignore_if_duplicate=True)
	frappe.db.set_value("Warehouse", blind, "pin", "80331")
	drawn = {it["warehouse"]: it["latitude"] for it in api.order_map()["warehouses"]}
	assert drawn[blind] == 48.1


def test_a_sales_manager_whose_role_reads_no_warehouse_sees_the_map(order):
	with make.acting_as(make.make_user("Sales Manager")):
		assert [it["lines"] for it in api.order_map()["warehouses"]] == [2]


def test_who_reads_no_order_or_no_warehouse_of_it_sees_nothing_of_it(order):
	with make.acting_as(make.make_user("HR User")), pytest.raises(frappe.PermissionError):
		api.order_map()
	seller = make.make_user("Sales User")
	elsewhere = make.make_warehouse()
	frappe.get_doc(
		{"doctype": "User Permission", "user": seller, "allow": "Warehouse", "for_value": elsewhere}
	).insert(ignore_permissions=True)
	with make.acting_as(seller):
		assert api.order_map()["warehouses"] == []


def test_the_map_costs_the_same_statements_however_many_orders_there_are(order):
	api.order_map()
	with make.counted_statements() as few:
		api.order_map()
	make.make_order(make.line(warehouse=make.make_warehouse(swf_latitude=50, swf_longitude=8)), submit=True)
	with make.counted_statements() as many:
		assert len(api.order_map()["warehouses"]) == 2
	assert len(many) == len(few) <= 8


def test_the_block_of_the_workspace_is_there_for_whoever_opens_it():
	from frappe.desk.desktop import Workspace

	seller = make.make_user("Sales User")
	with make.acting_as(seller):
		page = Workspace({"name": "Order Flow", "title": "Order Flow", "public": 1})
		assert [it.custom_block_name for it in page.get_custom_blocks()] == ["Where the Orders Went"]
