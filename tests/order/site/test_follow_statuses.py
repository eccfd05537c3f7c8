"""What an order shows follows its facts, also where two documents of it were submitted side by side."""

import frappe

from sales_wh_flow.order import jobs
from tests.factories import line, make_order, stocked


def shown(order):
	return frappe.db.get_value("Sales Order", order.name, "swf_flow_status")


def test_an_order_that_shows_what_one_of_two_documents_saw_is_put_right(switches, place, committed):
	switches(stock_lock=True)
	order = make_order(line(stocked(5, place), qty=2), warehouse=place, submit=True)
	right = shown(order)
	committed()
	jobs.follow_statuses()
	frappe.db.set_value("Sales Order", order.name, "swf_flow_status", "Picking")
	frappe.db.commit()

	assert jobs.follow_statuses() == 1

	assert shown(order) == right
	assert jobs.follow_statuses() == 0
	order.reload().cancel()
	frappe.db.commit()
