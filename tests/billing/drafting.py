"""The job that drafts invoices, in a process of its own."""

from sales_wh_flow.billing import jobs
from tests.racing.harness import ready


def draft_invoices() -> list[str]:
	ready()
	return jobs.draft_invoices()
