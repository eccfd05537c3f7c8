"""What is done for many orders of the board at once: each by itself, and by who may do it to that order."""

import pytest

import frappe
from frappe.utils import add_days, nowdate

from sales_wh_flow.order_board import api
from tests.billing.billing_world import make_billing_policy
from tests.factories import (
	acting_as,
	line,
	make_customer,
	make_item,
	make_order,
	make_user,
	make_warehouse,
	receive,
)


@pytest.fixture(autouse=True)
def flow_is_on(switches, in_this_transaction):
	switches(stock_lock=True, fulfilment=True, forecast=True, lead_transit_days=2, billing="On")


@pytest.fixture
def place():
	return make_warehouse("Place")


@pytest.fixture
def orders(place):
	"""Two whose goods are locked, one whose goods are missing."""
	item = make_item()
	receive(item, 20, place)
	fine = [make_order(line(item, qty=2, warehouse=place), submit=True) for _ in range(2)]
	return [*fine, make_order(line(make_item(), qty=2, warehouse=place), submit=True)]


def done(orders, deed, **values):
	return api.do_for_many([it.name for it in orders], deed, **values)


def limited_to(doctype, name, *roles):
	user = make_user(*roles)
	frappe.get_doc({"doctype": "User Permission", "user": user, "allow": doctype, "for_value": name}).insert(
		ignore_permissions=True
	)
	return user


def test_pick_lists_are_made_for_each_and_the_refused_one_says_why(orders):
	came = done([*orders, orders[0]], "make_pick_lists")
	assert [it["sales_order"] for it in came] == [it.name for it in orders]
	assert [it["is_done"] for it in came] == [True, True, False]
	assert (
		frappe.db.get_value("Pick List Item", {"parent": came[0]["made"][0]}, "sales_order") == orders[0].name
	)
	assert came[2]["message"] and "<" not in came[2]["message"]
	assert not frappe.local.message_log


def test_many_are_promised_for_another_day_with_one_reason(orders):
	day = add_days(nowdate(), 30)
	assert all(it["is_done"] for it in done(orders, "promise", day=day, reason="The supplier is late"))
	promised = frappe.get_all(
		"Sales Order", {"name": ("in", [it.name for it in orders])}, pluck="swf_last_promised_on"
	)
	assert {str(it) for it in promised} == {day}
	without = done(orders, "promise", day=day)
	assert {it["is_done"] for it in without} == {False}
	past = done(orders, "promise", day=add_days(nowdate(), -1), reason="Typed wrongly")
	assert {it["is_done"] for it in past} == {False}


def test_invoices_are_drafted_for_what_may_be_invoiced(orders):
	make_billing_policy("On Order")
	came = done(orders, "draft_invoice")
	assert all(it["is_done"] for it in came), came
	assert {frappe.db.get_value("Sales Invoice", it["made"][0], "docstatus") for it in came} == {0}
	assert {it["is_done"] for it in done(orders, "draft_invoice")} == {False}


def test_each_order_is_asked_whether_its_user_may(orders):
	stranger = limited_to("Customer", make_customer(), "Stock User", "Sales User", "Accounts User")
	with acting_as(stranger):
		for deed in ("make_pick_lists", "draft_invoice"):
			came = done(orders, deed)
			assert {(it["is_done"], it["message"]) for it in came} == {
				(False, "You may not do that to this order.")
			}
		came = done(orders, "promise", day=add_days(nowdate(), 9), reason="x")
		assert {it["is_done"] for it in came} == {False}
	with acting_as(make_user("Stock User")):
		assert {it["is_done"] for it in done(orders, "promise", day=add_days(nowdate(), 9), reason="x")} == {
			False
		}
		with pytest.raises(frappe.PermissionError):
			done(orders, "draft_invoice")
	with acting_as(make_user("HR User")), pytest.raises(frappe.PermissionError):
		done(orders, "make_pick_lists")
	assert not frappe.db.exists("Pick List Item", {"sales_order": orders[0].name})


@pytest.mark.parametrize(
	("deed", "count", "values"), [("cancel", 1, {}), ("promise", 1, {}), ("make_pick_lists", 51, {})]
)
def test_what_cant_be_done_for_many_is_refused(deed, count, values):
	with pytest.raises(frappe.ValidationError):
		api.do_for_many([f"SO-{number}" for number in range(count)], deed, **values)


def test_an_order_that_is_not_there_is_said_and_stops_no_other(orders):
	came = api.do_for_many(["SO-NOBODY", orders[0].name], "make_pick_lists")
	assert [it["is_done"] for it in came] == [False, True]


def test_a_group_of_warehouses_shows_the_orders_of_those_in_it(place, orders):
	above = make_warehouse("Above", is_group=1)
	warehouse = frappe.get_doc("Warehouse", place)
	warehouse.parent_warehouse = above
	warehouse.save()
	assert api.board(warehouse=above)["whole"]["orders"] == 3
	assert api.board(warehouse=make_warehouse())["whole"]["orders"] == 0
