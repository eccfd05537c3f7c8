"""A refusal names a document only to who may read it."""

import pytest

import frappe
from frappe.permissions import add_user_permission

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import text_of
from tests.factories import acting_as, line, make_order, make_user, make_warehouse, stocked
from tests.packing.box_world import make_box

pytestmark = pytest.mark.usefixtures("in_this_transaction")

HIDDEN = "(hidden from you)"


@pytest.fixture
def orders():
	"""Two, of different customers."""
	place = make_warehouse()
	return [make_order(line(stocked(1, place), qty=1, warehouse=place)) for _turn in range(2)]


def said_to(user, code, **data):
	with acting_as(user):
		return text_of(RuleViolation(code, **data))


def limited_to(order):
	user = make_user("Sales User")
	add_user_permission("Customer", order.customer, user, ignore_permissions=True)
	return user


def test_an_order_is_named_to_who_may_read_it_and_hidden_from_all_others(orders):
	mine, other = orders
	user = limited_to(mine)
	assert mine.name in said_to(user, "order_is_cancelled", idx=1, order=mine.name, item="A")
	text = said_to(user, "order_is_cancelled", idx=1, order=other.name, item="A")
	assert other.name not in text and HIDDEN in text and "Row #" in text
	driver = make_user("Delivery User")
	assert mine.name not in said_to(driver, "order_is_cancelled", idx=1, order=mine.name, item="A")


def test_of_several_documents_the_readers_own_are_named(orders):
	mine, other = orders
	found = {"idx": 1, "orders": (mine.name, other.name), "doctype": "Delivery Note", "name": "DN-1"}
	text = said_to(limited_to(mine), "paper_of_other_orders", **found)
	assert mine.name in text and other.name not in text and HIDDEN in text and "DN-1" in text


def test_the_kind_of_a_document_is_said_in_the_readers_language(orders, monkeypatch):
	mine, _other = orders
	user = limited_to(mine)
	monkeypatch.setattr(frappe.local, "lang", "de")
	for kind, said in (("Sales Invoice", "Ausgangsrechnung"), ("Delivery Note", "Lieferschein")):
		assert said in said_to(user, "not_submitted", doctype=kind, name="X-1")


def test_what_somebody_typed_is_said_back_to_him():
	assert "BOX-9999999" in said_to(make_user("Stock User"), "no_such_box", box="BOX-9999999")


def test_a_box_of_another_warehouse_is_not_named():
	user = make_user("Stock User")
	add_user_permission("Warehouse", make_warehouse(), user, ignore_permissions=True)
	box = make_box(warehouse=make_warehouse())
	assert box not in said_to(user, "serial_packed_already", serial="S1", box=box)


def test_whoever_reads_all_is_told_all_and_it_costs_nothing(orders):
	assert orders[0].name in text_of(
		RuleViolation("order_is_cancelled", idx=1, order=orders[0].name, item="A")
	)
	assert frappe.session.user == "Administrator"
