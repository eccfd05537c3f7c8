"""An order that equals one refused before the update says so, too. May run again."""

import frappe

from sales_wh_flow.approval.rules.still_covers import likeness
from sales_wh_flow.approval.store import order_facts

APPROVAL = "Order Approval"


def execute() -> None:
	unknown = {"state": "Rejected", "likeness": ("is", "not set"), "sales_order": ("is", "set")}
	for order in sorted(set(frappe.get_all(APPROVAL, unknown, pluck="sales_order"))):
		if frappe.db.exists("Sales Order", order):
			value = likeness(order_facts.facts_of_document(frappe.get_doc("Sales Order", order)))
			frappe.db.set_value(
				APPROVAL, {**unknown, "sales_order": order}, "likeness", value, update_modified=False
			)
