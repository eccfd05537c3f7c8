"""The people of the way may do their step for any customer, where the company switches it on."""

import pytest

import frappe
from frappe.permissions import setup_custom_perms

from sales_wh_flow.dispatch import api as dispatch
from sales_wh_flow.picking import api as picking
from sales_wh_flow.setup import rights_of_the_way
from tests import factories as make
from tests.factories import acting_as, make_user

STEPS = [
	("Stock User", "Address", "read"),
	("Stock User", "Contact", "read"),
	("Stock User", "Driver", "read"),
	("Stock User", "Vehicle", "read"),
	("Stock User", "Shipment", "create"),
	("Stock User", "Shipment", "submit"),
	("Stock Manager", "Address", "read"),
	("Stock Manager", "Driver", "read"),
	("Delivery User", "Address", "read"),
	("Delivery User", "Contact", "read"),
]
NOT_GIVEN = [
	("Stock User", "Address", "write"),
	("Stock User", "Contact", "create"),
	("Delivery User", "Customer", "read"),
	("Delivery User", "Customer", "export"),
	("Delivery User", "Shipment", "create"),
	("HR User", "Address", "read"),
]


@pytest.fixture(autouse=True)
def as_before(rolled_back):
	yield
	frappe.db.rollback()
	for doctype in rights_of_the_way.RIGHTS:
		frappe.clear_cache(doctype=doctype)


def switch(is_on: bool) -> None:
	settings = frappe.get_doc("Sales Flow Settings")
	settings.rights_of_the_way = int(is_on)
	settings.save()


def may(role, doctype, right) -> bool:
	with acting_as(make_user(role)):
		return frappe.has_permission(doctype, right)


@pytest.mark.parametrize(("role", "doctype", "right"), STEPS)
def test_a_right_of_the_way_comes_and_goes_with_the_switch(role, doctype, right):
	before = may(role, doctype, right)
	switch(True)
	assert may(role, doctype, right)
	switch(False)
	assert may(role, doctype, right) == before


@pytest.mark.parametrize(("role", "doctype", "right"), NOT_GIVEN)
def test_nothing_is_given_beside_the_way(role, doctype, right):
	before = may(role, doctype, right)
	switch(True)
	assert may(role, doctype, right) == before


def test_nobody_loses_a_right_by_it():
	kept = [
		("Sales User", "Address", "write"),
		("Sales User", "Contact", "create"),
		("Delivery User", "Driver", "read"),
	]
	before = [may(*right) for right in kept]
	switch(True)
	assert [may(*right) for right in kept] == before == [True, True, True]


def test_who_may_read_no_address_is_told_who_gives_the_right_to_send_to_one(switches):
	switches(stock_lock=True, fulfilment=True, rights_of_the_way=0)
	place, customer = make.make_warehouse(), make.make_customer()
	row = make.line(make.stocked(5, place), warehouse=place)
	address = make.make_address(customer)
	order = make.make_order(row, customer=customer, shipping_address_name=address, submit=True)
	(name,) = picking.make_pick_lists(order.name)
	frappe.get_doc("Pick List", name).submit()

	with acting_as(make_user("Stock User")):
		for make_note, source in (
			(dispatch.make_delivery_note, name),
			(dispatch.make_delivery_note_of_order, order.name),
		):
			with pytest.raises(frappe.PermissionError, match="Warehouse People May Do Their Step"):
				make_note(source)
			assert not frappe.flags.error_message


def test_what_an_admin_gave_stays():
	from frappe.permissions import add_permission

	add_permission("Vehicle", "Stock User", 0)
	switch(True)
	switch(False)
	assert may("Stock User", "Vehicle", "read")
	assert not frappe.db.count("Custom DocPerm", {"name": ("like", "swf-way-%")})


def test_a_right_that_is_given_no_more_is_taken_from_whoever_has_it():
	switch(True)
	setup_custom_perms("Customer")
	rights_of_the_way._add("swf-way-customer-delivery_user", "Customer", "Delivery User", ("read", "select"))
	rights_of_the_way.give_rights(True)
	assert not frappe.db.exists("Custom DocPerm", "swf-way-customer-delivery_user")
	assert not may("Delivery User", "Customer", "read")


def test_copies_of_the_standard_rows_go_with_ours():
	doctypes = list(rights_of_the_way.RIGHTS)
	frappe.db.delete("Custom DocPerm", {"parent": ("in", doctypes)})
	switch(True)
	assert frappe.get_all("Custom DocPerm", {"parent": "Driver"})
	frappe.db.delete("Custom DocPerm", {"parent": "Contact", "role": "Sales User"})
	switch(False)
	left = set(frappe.get_all("Custom DocPerm", {"parent": ("in", doctypes)}, pluck="parent"))
	assert left == {"Contact"}, "what an admin changed meanwhile stays"
