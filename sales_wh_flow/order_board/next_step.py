"""What has to be done next about an order, and where."""

import frappe

from sales_wh_flow.base.settings import FULFILMENT, STOCK_LOCK, is_on
from sales_wh_flow.order.rules import stages
from sales_wh_flow.order_board.answers import NextStep
from sales_wh_flow.order_board.store import board as store
from sales_wh_flow.shortage import look

PICK, INVOICE, SHORTAGE, OPEN = "make_pick_lists", "make_invoice", "what_is_missing", "open"

_PAPERS = {
	stages.PICKING.name: (("Pick List", 0),),
	stages.PACKING.name: (("Delivery Note", 0),),
	stages.READY.name: (("Delivery Note", 0), ("Pick List", 1)),
	stages.IN_TRANSIT.name: (("Delivery Note", 1),),
	stages.TO_INVOICE.name: (("Sales Invoice", 0),),
	stages.TO_COLLECT.name: (("Sales Invoice", 1),),
}
"""Stage -> the documents, by docstatus, of which the first that is there is worked on."""


def next_step_of(order) -> NextStep:
	"""What to do next about an order.

	Nothing is offered that the session's user would be refused: then the order is opened.
	"""
	stage = order.get("swf_stage") or ""
	for doctype, docstatus in _PAPERS.get(stage, ()):
		name = store.next_document(order.name, doctype, docstatus)
		if name and frappe.has_permission(doctype, "read", doc=name):
			return {"do": OPEN, "doctype": doctype, "name": name}
	return {"do": _deed(stage, order), "doctype": "Sales Order", "name": order.name}


def _deed(stage: str, order) -> str:
	if stage == stages.TO_PICK.name and is_on(FULFILMENT) and frappe.has_permission("Pick List", "create"):
		return PICK
	if stage == stages.WAITING.name and is_on(STOCK_LOCK) and look.missing_lines(order):
		return SHORTAGE
	if stage == stages.TO_INVOICE.name and frappe.has_permission("Sales Invoice", "create"):
		return INVOICE
	return OPEN
