"""The job that drafts invoices, and people who do, each in a process of its own."""

import frappe

from sales_wh_flow import entrances
from sales_wh_flow.billing import jobs
from tests.racing.harness import ready


def draft_invoices() -> list[str]:
	ready()
	return jobs.draft_invoices()


def submit_bill(bill: str) -> None:
	"""Somebody who has the draft's form open submits it."""
	doc = frappe.get_doc("Sales Invoice", bill)
	ready()
	entrances.submit(doc.as_json())


def draft_by_hand(order: str) -> str:
	"""A person presses the button on the order's form."""
	from sales_wh_flow.billing import api as billing_api

	ready()
	return billing_api.draft_invoice(order)


def draft_from_the_board(order: str) -> list[str]:
	"""A person chooses the order's card."""
	from sales_wh_flow.order_board import api

	ready()
	(row,) = api.do_for_many([order], "draft_invoice")
	return row["made"]
