"""An order that equals one refused before the update says so, too. May run again."""

import frappe

from sales_wh_flow.approval.rules.still_covers import likeness_of, sold_to
from sales_wh_flow.approval.store import order_facts

APPROVAL = "Order Approval"


def execute() -> None:
	unknown = {"state": "Rejected", "sold": ("is", "not set"), "sales_order": ("is", "set")}
	for order in sorted(set(frappe.get_all(APPROVAL, unknown, pluck="sales_order"))):
		if frappe.db.exists("Sales Order", order):
			sold = sold_to(order_facts.facts_of_document(frappe.get_doc("Sales Order", order)))
			values = {"sold": sold, "likeness": likeness_of(sold)}
			for likeness in (("is", "not set"), values["likeness"]):  # else it sold something else then
				refused = {**unknown, "sales_order": order, "likeness": likeness}
				frappe.db.set_value(APPROVAL, refused, values, update_modified=False)
