"""Whether people have undone what a re-opening was still to undo."""

import frappe

from sales_wh_flow.returns.rules import reopening
from sales_wh_flow.returns.store import order_papers, reopenings


def nothing_is_left(name: str, order: str) -> bool:
	"""Whether no document that an Order Reopening has still to undo is there any more. A payment stays when
	it is taken off; what it paid says whether there is something to do.
	"""
	alive = {(doctype, paper) for doctype, paper, _docstatus in order_papers.papers_of_order(order)}
	if frappe.db.get_value("Sales Order", order, "docstatus") == 1:
		alive.add(("Sales Order", order))
	return not any(
		(step.doctype, step.name) in alive
		for step in reopenings.steps_left(name)
		if step.action not in reopening.PAYMENT_CHOICES
	)
