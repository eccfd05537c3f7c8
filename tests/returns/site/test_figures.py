"""What came back, is sent again and is credited stands on the order line, the order and its form."""

import pytest

import frappe

from sales_wh_flow.audit import check
from sales_wh_flow.dispatch.api import confirm_delivery
from sales_wh_flow.order_board import api as board
from sales_wh_flow.returns import api
from tests import factories as make
from tests.returns import returns_world as world


@pytest.fixture(autouse=True)
def returns_are_on(switches, in_this_transaction):
	switches(stock_lock=True, fulfilment=True, returns=True, return_documents="Submitted")
	world.name_places()


@pytest.fixture
def item(place):
	return make.stocked(5, place)


@pytest.fixture
def sent(item, place):
	return world.delivered(make.line(item, qty=5), warehouse=place)


def figures(order):
	fields = ["swf_returned_qty", "swf_replaced_qty", "swf_refunded_qty"]
	return frappe.db.get_value("Sales Order Item", order.items[0].name, fields)


def return_status(order):
	return frappe.db.get_value("Sales Order", order.name, "swf_return_status") or ""


def test_the_line_says_what_was_returned_replaced_and_credited(sent):
	order, note = sent
	world.invoiced(note)
	confirm_delivery(note.name)
	world.returned(note, 2, remedy="Refund")
	world.returned(note, 1, remedy="Replace")
	assert figures(order) == (3, 1, 2)
	(line,) = board.order_overview(order.name)["lines"]
	assert (line["delivered"], line["arrived"]) == (4, 4), "what is sent again has not arrived yet"


@pytest.mark.parametrize("qty, status", [(2, "Partly Returned"), (5, "Returned")])
def test_the_order_says_whether_all_came_back_beside_its_flow_status(sent, qty, status):
	order, note = sent
	assert return_status(order) == ""
	world.returned(note, qty)
	flow_status = frappe.db.get_value("Sales Order", order.name, "swf_flow_status")
	assert (return_status(order), flow_status) == (status, "Dispatched")


def test_an_order_of_which_all_is_sent_again_is_returned_in_part(sent):
	order, note = sent
	world.returned(note, 5, remedy="Replace")
	assert return_status(order) == "Partly Returned"


def test_a_cancelled_return_and_credit_note_take_their_figures_back(sent):
	order, note = sent
	world.invoiced(note)
	case = world.returned(note, 5, remedy="Refund")
	world.credits_of(case)[0].cancel()
	world.notes_of(case)[0].reload().cancel()
	assert (figures(order), return_status(order)) == ((0, 0, 0), "")


def test_the_form_tells_what_became_of_what_came_back(sent, item):
	order, note = sent
	world.invoiced(note)
	there = world.quarantine()
	case = world.opened(world.asked(note, 2), world.asked(note, 1))
	case.rows[0].update({"decision": "Restock", "remedy": "Refund"})
	case.rows[1].update({"decision": "Scrap", "remedy": "Refund", "warehouse": there})
	case.save()
	api.post_return(case.name)
	told = board.order_overview(order.name)["returns"]
	assert told["status"] == "Partly Returned"
	(line,) = told["lines"]
	shown = {key: line[key] for key in ("returned", "restocked", "quarantined", "scrapped", "refunded")}
	assert shown == {"returned": 3, "restocked": 2, "quarantined": 0, "scrapped": 1, "refunded": 3}
	assert told["cases"] == [{"name": case.name, "state": "Posted", "expected": 0, "is_of_box": False}]


def test_the_check_sees_figures_that_are_not_those_of_the_documents(sent, item):
	order, note = sent
	world.returned(note, 2)
	assert not check.look(orders=[order.name])
	row = order.items[0].name
	frappe.db.set_value("Sales Order Item", row, {"swf_returned_qty": 1, "swf_refunded_qty": 4})
	found = {it.code: (it.found, it.expected) for it in check.look(orders=[order.name])}
	assert found["returned_differs"] == (1, 2)
	assert found["refunded_differs"] == (4, 0)
	frappe.db.set_value("Sales Order Item", row, {"swf_returned_qty": 2, "swf_refunded_qty": 0})


@pytest.mark.unchecked
def test_the_check_sees_more_credited_than_invoiced(sent):
	order, note = sent
	invoice = world.invoiced(note)
	world.returned(note, 2, remedy="Refund")
	frappe.db.set_value("Sales Invoice Item", invoice.items[0].name, "qty", 1)
	found = [it for it in check.look(orders=[order.name]) if it.code == "credited_too_much"]
	assert [(it.found, it.expected) for it in found] == [(2, 1)]
