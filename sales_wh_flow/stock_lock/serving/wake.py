"""Have waiting demand served, by a job after the commit."""

import frappe

from sales_wh_flow.base.background import leaving_to_the_sweep

_SERVE = "sales_wh_flow.stock_lock.serving.jobs.serve_waiting_demand"


def serve_soon() -> None:
	"""Serve in the background once this transaction is committed; asked for many times, it runs once.

	Goods move also while nobody takes jobs: the sweep every five minutes serves what was not asked for here.
	"""
	with leaving_to_the_sweep(_SERVE):
		frappe.enqueue(  # noqa: TID251 - once for many that ask; the sweep serves the rest
			_SERVE, queue="short", job_id="serve_waiting_demand", deduplicate=True, enqueue_after_commit=True
		)
