"""What the gate kept on the orders themselves moves out of their reach with bench migrate."""

import frappe

from sales_wh_flow.approval.store import gate
from sales_wh_flow.patches.v0_3 import gate_out_of_orders_reach as patch
from tests import factories as make


def test_what_the_gate_let_through_is_carried_over(site, rolled_back):
	order = make.make_order(submit=True)
	other = make.make_order()
	gate.forget_gate(order.name)
	# Columns of the order stand in for the two that are gone: a table can't be altered and rolled back.
	frappe.db.set_value("Sales Order", order.name, {"po_no": "digest", "customer_name": "Discount\nMargin"})
	frappe.db.set_value("Sales Order", other.name, {"po_no": "", "customer_name": "Discount"})
	for _twice in range(2):
		gate.take_over_passed("po_no", "customer_name")
		assert gate.let_through(order.name) == gate.Passed("digest", "Discount\nMargin")
		assert gate.let_through(other.name) == gate.Passed()


def test_the_fields_are_gone_and_a_second_run_changes_nothing(site, rolled_back):
	patch.execute()
	for field in patch.FIELDS:
		assert not frappe.db.has_column("Sales Order", field)
		assert not frappe.db.exists("Custom Field", {"dt": "Sales Order", "fieldname": field})
