"""The check finds what was dispatched and not handed over, and the other way round."""

import pytest

import frappe

from sales_wh_flow.audit import check
from tests.delivery import delivery_world as world

pytestmark = [pytest.mark.usefixtures("in_this_transaction"), pytest.mark.unchecked]


@pytest.fixture
def left(switches):
	"""(order, box) of a box that was handed over."""
	switches(stock_lock=True, fulfilment=True)
	order, pick = world.picked_order(3)
	(box,) = world.boxes_of(pick)
	world.handed_over(box)
	return order, box


def found(order):
	return {it.code for it in check.look(orders=[order.name])}


def test_all_is_well_after_a_hand_over_and_after_its_proof(left):
	order, box = left
	assert not found(order)

	world.prove(box)

	assert not found(order)


def test_a_note_that_says_more_than_its_boxes_is_found(left):
	order, box = left
	frappe.db.set_value("Order Box Item", {"parent": box}, "qty_stock", 2)

	assert "dispatched_differs" in found(order)


def test_a_box_that_left_without_its_note_is_found(left):
	order, box = left
	frappe.db.set_value("Order Box", box, "delivery_note", None)

	assert "left_without_note" in found(order)


def test_a_box_that_came_back_unseen_is_found(left):
	order, box = left
	frappe.db.set_value("Order Box", box, "state", "Closed")

	assert "handed_over_but_here" in found(order)
