"""What the tests of approval share."""

import frappe

from tests import factories as make

LIST_PRICE = make.PRICE


def discounted(percent=20, **values):
	"""A draft of one line sold ``percent`` below list price."""
	return make.make_order(make.line(rate=LIST_PRICE * (1 - percent / 100)), **values)


def states(order):
	rows = frappe.get_all(
		"Order Approval",
		{"sales_order": order.name},
		["rule", "state"],
		order_by="name",
		ignore_permissions=True,
	)
	return [(row.rule, row.state) for row in rows]


def is_submitted(order):
	return frappe.db.get_value("Sales Order", order.name, "docstatus") == 1


def flow_status(order):
	return frappe.db.get_value("Sales Order", order.name, "swf_flow_status")
