"""A box whose goods came back has come to its end."""

import frappe

from sales_wh_flow.packing import come_back
from sales_wh_flow.returns.store import cases


def follow(doc) -> None:
	"""A return was submitted or cancelled, whoever made it: the boxes of what it takes back follow it. Those
	of its Return Case are meant first.
	"""
	if doc.is_return and doc.return_against:
		come_back.follow_returns(doc, cases.boxes_of_document(doc.doctype, doc.name))


def follow_case(case) -> None:
	"""A case was posted: its boxes follow the return; only now is it written which documents are its own."""
	boxes = [box for box in (case.box, *(case.scanned_boxes or "").split("\n")) if box]
	if not boxes:
		return
	for name in sorted({row.return_note for row in case.rows if row.return_note}):
		doc = frappe.get_doc("Delivery Note", name)
		if doc.docstatus.is_submitted():
			come_back.follow_returns(doc, boxes)
