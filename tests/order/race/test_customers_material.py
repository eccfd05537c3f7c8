"""What was made of a customer's material is sent while others are at work on the same order."""

import pytest

import frappe

from tests.customers_material import inward_order, needs_inward_orders, order_of_work, produced
from tests.order.race import side_by_side
from tests.racing.harness import call, call_of
from tests.racing.world import all_done, look_once_more

pytestmark = needs_inward_orders


@pytest.fixture(autouse=True, scope="module")
def flow_is_on(switches):
	switches(approval=True, stock_lock=True)


@pytest.fixture(scope="module")
def deliveries(flow_is_on):
	"""Drafts of one order, one for each of its two goods."""
	inward = produced(inward_order(order_of_work(goods=2)))
	drafts = []
	for row in inward.items:
		entry = frappe.get_doc(inward.make_subcontracting_delivery())
		entry.items = [it for it in entry.items if it.scio_detail == row.name]
		drafts.append(entry.insert())
	frappe.db.commit()
	return inward.sales_order, drafts


def status_of(order) -> str:
	frappe.db.rollback()
	return frappe.db.get_value("Sales Order", order, "swf_flow_status")


def test_an_order_is_delivered_by_two_deliveries_at_once_and_by_one_that_is_sent_again(deliveries, race):
	order, (first, second) = deliveries

	all_done(
		race(
			call_of(side_by_side.submit_slowly, first.doctype, first.name),
			call_of(side_by_side.submit, second.doctype, second.name),
		)
	)
	look_once_more(order)
	assert status_of(order) == "Delivered"

	row = first.items[0]
	holder = call_of(side_by_side.take_order_then_goods, order, row.item_code, row.s_warehouse)
	all_done(race(holder, call("cancel", first.doctype, first.name)))
	assert status_of(order) == "Approved"

	first = frappe.copy_doc(first).insert()
	frappe.db.commit()
	all_done(race(holder, call("submit", first.doctype, first.name)))
	assert status_of(order) == "Delivered"
