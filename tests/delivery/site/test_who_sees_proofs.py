"""Proofs hold signatures and names of receivers: who is permitted some customers alone sees theirs."""

import pytest

import frappe
from frappe.permissions import add_user_permission

from tests.delivery import delivery_world as world
from tests.factories import acting_as, make_customer, make_user

pytestmark = pytest.mark.usefixtures("in_this_transaction")


@pytest.mark.parametrize("role", ["Sales User", "Accounts User"])
@pytest.mark.parametrize("whose", ["theirs", "others"])
def test_a_reader_of_some_customers_sees_their_proofs_alone(place, switches, role, whose):
	switches(stock_lock=True, fulfilment=True)
	order, pick = world.picked_order(1, warehouse=place)
	(box,) = world.boxes_of(pick)
	world.handed_over(box)
	proof = world.prove(box)["proof"]
	user = make_user(role)
	customer = order.customer if whose == "theirs" else make_customer()
	add_user_permission("Customer", customer, user, ignore_permissions=True)
	with acting_as(user):
		listed = frappe.get_list("Delivery Proof", {"name": proof}, pluck="name")
		rows = frappe.get_list("Delivery Proof Item", {"parent": proof}, parent_doctype="Delivery Proof")
		may_read = frappe.has_permission("Delivery Proof", "read", doc=proof)
	assert (listed, len(rows), may_read) == (([proof], 1, True) if whose == "theirs" else ([], 0, False))
