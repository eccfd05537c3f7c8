"""The job that drafts invoices, and people who do, each in a process of its own."""

from sales_wh_flow.billing import jobs
from tests.racing.harness import ready


def draft_invoices() -> list[str]:
	ready()
	return jobs.draft_invoices()


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
