"""Approvals of the first version go on counting, and its rules name their measure.

The fingerprint of an order has come to know its delivery date and what is written on it: approvals whose
order did not change get the new one. Nothing is left open or refused on a submitted order: there it would
hold the order.
"""

from dataclasses import replace

import frappe

from sales_wh_flow.approval.rules import criteria
from sales_wh_flow.approval.rules.still_covers import fingerprint
from sales_wh_flow.approval.store import order_facts

APPROVAL, RULE = "Order Approval", "Order Approval Rule"


def execute():
	for rule in frappe.get_all(RULE, {"measure": ("in", ("", None))}, ["name", "criterion"]):
		measure = criteria.MEASURES[rule.criterion][0]
		values = {"measure": measure.name, "comparison": measure.comparisons[0], "version": 1}
		frappe.db.set_value(RULE, rule.name, values, update_modified=False)
	asked = frappe.get_all(
		APPROVAL,
		{"facts": ("in", ("", None)), "state": ("not in", ("Superseded", "Shadow"))},
		["name", "sales_order", "state", "fingerprint"],
		order_by="sales_order asc",
	)
	for order in sorted({row.sales_order for row in asked}):
		_bring_over(order, [row for row in asked if row.sales_order == order])


def _bring_over(order, asked):
	if not frappe.db.exists("Sales Order", order):
		return
	doc = frappe.get_doc("Sales Order", order)
	facts = order_facts.facts_of_document(doc)
	before, after = fingerprint(replace(facts, due=None, notes=())), fingerprint(facts)
	for row in asked:
		if doc.docstatus.is_submitted() and row.state != "Approved":
			frappe.db.set_value(APPROVAL, row.name, "state", "Superseded", update_modified=False)
		elif row.fingerprint == before:
			frappe.db.set_value(APPROVAL, row.name, "fingerprint", after, update_modified=False)
