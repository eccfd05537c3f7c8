"""ERPNext 16 writes the parts of an order's delivery schedule for whoever may read the order."""

import frappe

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import any_on
from sales_wh_flow.order.store import delivery_schedule as store


def check_part_written(part) -> None:
	"""Raises: PermissionError for who may not write its order; ValidationError for a part that is of no row
	of the order, or was another row's.
	"""
	if not any_on():
		return
	before, row = part.get_doc_before_save(), part.sales_order_item
	order = store.order_of_row(row)
	if not order or order != part.sales_order or (before and before.sales_order_item != row):
		refuse(RuleViolation("scheduled_for_another_row", order=part.sales_order or ""))
	frappe.get_doc("Sales Order", order).check_permission("write")


def check_part_deleted(part) -> None:
	"""Raises: PermissionError for who may not write its order."""
	if any_on() and frappe.db.exists("Sales Order", part.sales_order):
		frappe.get_doc("Sales Order", part.sales_order).check_permission("write")


def end_schedule(order) -> None:
	"""A draft is discarded: ERPNext deletes the schedules of cancelled orders alone."""
	store.drop_schedule(order.name)
