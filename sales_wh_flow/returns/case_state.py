"""How far a Return Case is, by the documents it has made."""

import frappe

from sales_wh_flow.base import hold_rows
from sales_wh_flow.returns import box_returned, credit, fill_case
from sales_wh_flow.returns.answers import PostedCase
from sales_wh_flow.returns.rules.facts import CANCELLED
from sales_wh_flow.returns.store import cases


def save_case(case) -> None:
	"""Drop what is gone, say how far it is, and save. The case is held."""
	_forget_what_is_gone(case)
	credit.write_credited(case)
	if case.state != CANCELLED:
		case.state = fill_case.state_by_rows(case)
	fill_case.save_as_flow(case)


def shown_case(case) -> PostedCase:
	"""What the form shows after posting."""
	states = cases.states_of_documents(case.name)
	money = credit.money_of_credits(name for kind, name in states if kind == "Sales Invoice")
	due, left_out = credit.not_credited(case)
	return {
		"state": case.state,
		"documents": [
			{
				"document_type": kind,
				"document_name": name,
				"docstatus": docstatus,
				"money": money.get(name, ""),
			}
			for (kind, name), docstatus in sorted(states.items())
		],
		"not_credited": due,
		"left_out": left_out,
	}


def follow_case_papers(doc) -> None:
	"""A document was cancelled or deleted: the boxes that came back with it are not back, and the cases that
	made it take back what they said of it, so that the goods can be posted anew.
	"""
	if not doc.is_return:
		return
	if doc.docstatus.is_cancelled():
		box_returned.follow(doc)
	for name in cases.of_document(doc.doctype, doc.name):
		cases.hold(name)
		case = hold_rows.held_document("Return Case", name)
		_forget(case, doc.doctype, doc.name)
		credit.write_credited(case)
		case.state = case.state if case.state == CANCELLED else fill_case.state_by_rows(case)
		fill_case.save_as_flow(case)


def _forget_what_is_gone(case) -> None:
	for kind, name in {(row.document_type, row.document_name) for row in case.documents}:
		if frappe.db.get_value(kind, name, "docstatus") in (None, 2):
			_forget(case, kind, name)


def _forget(case, doctype: str, name: str) -> None:
	case.set(
		"documents",
		[row for row in case.documents if (row.document_type, row.document_name) != (doctype, name)],
	)
	for row in case.rows:
		if doctype == "Delivery Note" and row.return_note == name:
			row.return_note = None
