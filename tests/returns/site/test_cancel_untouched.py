"""An order is cancelled only while nothing was made from it, whichever road somebody takes."""

import pytest

import frappe

from sales_wh_flow import entrances
from sales_wh_flow.picking import api as picking_api
from sales_wh_flow.returns import api
from tests import factories as make

ROADS = {
	"the document": lambda name: frappe.get_doc("Sales Order", name).cancel(),
	"the button of the form": lambda name: entrances.cancel_form("Sales Order", name),
	"the client's call": lambda name: entrances.cancel("Sales Order", name),
	"saving it as cancelled": lambda name: entrances.savedocs(
		frappe.get_doc("Sales Order", name).as_json(), "Cancel"
	),
}


@pytest.fixture(autouse=True)
def returns_are_on(switches):
	switches(stock_lock=True, fulfilment=True, returns=True, return_documents="Submitted")


@pytest.fixture
def order(place):
	return make.make_order(make.line(make.stocked(5, place), qty=5), warehouse=place, submit=True)


def docstatus(order):
	return frappe.db.get_value("Sales Order", order.name, "docstatus")


@pytest.mark.parametrize("road", ROADS)
def test_what_was_touched_is_opened_again_and_not_cancelled(order, committed, road):
	(pick_list,) = picking_api.make_pick_lists(order.name)
	committed()
	with pytest.raises(frappe.ValidationError, match=f"{pick_list}.*press Re-open"):
		ROADS[road](order.name)
	assert docstatus(order) == 1
	assert api.plan_reopening(order.name)["touched"]


@pytest.mark.parametrize("road", ROADS)
def test_what_is_untouched_is_cancelled(order, committed, road):
	committed()
	ROADS[road](order.name)
	assert docstatus(order) == 2


def test_of_a_list_of_orders_only_the_untouched_are_cancelled(order, place, committed):
	other = make.make_order(make.line(make.stocked(5, place), qty=5), warehouse=place, submit=True)
	picking_api.make_pick_lists(order.name)
	committed()
	failed = entrances.submit_cancel_or_update_docs(
		"Sales Order", frappe.as_json([order.name, other.name]), action="cancel"
	)
	assert (failed, docstatus(order), docstatus(other)) == ([order.name], 1, 2)


def test_without_returns_an_order_is_cancelled_as_ever(order, switches):
	picking_api.make_pick_lists(order.name)
	switches(returns=False)
	frappe.get_doc("Sales Order", order.name).cancel()
	assert docstatus(order) == 2
