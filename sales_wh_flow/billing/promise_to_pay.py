"""A customer's promise to pay: until its day nobody presses for the money."""

import frappe
from frappe.utils import add_years, format_date, getdate

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.billing import money
from sales_wh_flow.billing.store import papers
from sales_wh_flow.order import refresh_status


def check_promise(doc) -> None:
	"""Raises: ValidationError for a day that has passed, a draft of an order, another order's invoice."""
	if not (doc.sales_order and doc.promised_on and frappe.db.exists("Sales Order", doc.sales_order)):
		return  # Frappe says what is missing
	before = doc.get_doc_before_save()
	docstatus, customer = frappe.db.get_value("Sales Order", doc.sales_order, ["docstatus", "customer"])
	doc.customer = customer
	if before is None or before.sales_order != doc.sales_order:
		frappe.get_doc("Sales Order", doc.sales_order).check_permission("read")
	if before and (
		before.sales_order != doc.sales_order or getdate(before.promised_on) != getdate(doc.promised_on)
	):
		refuse(RuleViolation("promise_stands", order=before.sales_order))
	if docstatus != 1:
		refuse(RuleViolation("promise_of_no_order", order=doc.sales_order))
	day = getdate(doc.promised_on)  # None: 0001-01-01, Frappe's day for none
	if before is None and (day is None or day < getdate()):
		refuse(RuleViolation("promised_in_the_past", day=format_date(day) if day else doc.promised_on))
	if before is None and getdate(doc.promised_on) > getdate(add_years(getdate(), 1)):
		refuse(RuleViolation("promised_too_far", day=format_date(doc.promised_on)))
	if doc.sales_invoice and doc.sales_order not in papers.orders_of_invoice(doc.sales_invoice):
		refuse(RuleViolation("promise_of_other_invoice", invoice=doc.sales_invoice, order=doc.sales_order))
	if doc.withdrawn:
		doc.state = "Withdrawn"
	else:  # the flow says what became of it
		doc.state = before.state if before and before.state != "Withdrawn" else "Open"


def follow_promise(doc) -> None:
	"""The order's money and its stage know of it at once."""
	money.refresh_money([doc.sales_order])
	refresh_status.refresh_order(doc.sales_order)
	doc.state = frappe.db.get_value(doc.doctype, doc.name, "state") or doc.state
