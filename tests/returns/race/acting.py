"""What a runner can do with goods that come back."""

import frappe

from sales_wh_flow.returns import api
from tests.racing import actions
from tests.racing.harness import ready


def post(case: str) -> dict:
	frappe.get_doc("Return Case", case)
	ready()
	return api.post_return(case)


def cancel_case(case: str) -> None:
	frappe.get_doc("Return Case", case)
	ready()
	api.cancel_return(case, "nothing came")


def submit_native_return(note: str) -> str:
	"""Somebody submits a return of ERPNext's own that lies there as a draft."""
	return actions.submit("Delivery Note", note)


def cancel_note(note: str) -> str:
	doc = frappe.get_doc("Delivery Note", note)
	ready()
	actions.do(doc, "cancel")
	return note
