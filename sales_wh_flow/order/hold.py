"""An order that nobody else changes meanwhile: its row is held, and it is read after that."""

import frappe
from frappe.model.document import Document

from sales_wh_flow.base import hold_rows
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse


def hold_order(name: str, *, for_update: bool = False) -> Document:
	"""The order as it is while its row is held: nothing read earlier is trusted.

	``for_update``: for a transaction that read before; its plain reads would show the order as it was then.
	"""
	hold_rows.hold_order_row(name)
	return hold_rows.held_document("Sales Order", name) if for_update else frappe.get_doc("Sales Order", name)


def hold_submitted(name: str) -> Document:
	"""As ``hold_order``. Raises: ValidationError for an order that is not submitted."""
	doc = hold_order(name)
	if not doc.docstatus.is_submitted():
		refuse(RuleViolation("not_submitted", doctype=doc.doctype, name=doc.name))
	return doc
