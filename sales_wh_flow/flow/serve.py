"""Serve waiting demand: stock that came in goes to the orders that wait for it, whose turn it is first."""

import frappe

from sales_wh_flow.flow import lock_stock, refresh_status
from sales_wh_flow.rules import allocation
from sales_wh_flow.settings import STOCK_LOCK, flow_settings, is_on
from sales_wh_flow.store import locks, waiting


def orders_to_serve() -> tuple[str, ...]:
	"""Orders that wait for something that is free now, in the order of their turns."""
	if not is_on(STOCK_LOCK):
		return ()
	return allocation.serving_order(waiting.lines_with_free_stock())[: flow_settings().waiting_batch or 200]


def soon() -> None:
	"""Serve in the background once this transaction is committed; asked for many times, it runs once."""
	frappe.enqueue(
		"sales_wh_flow.jobs.serve_waiting_demand",
		queue="short",
		job_id="serve_waiting_demand",
		deduplicate=True,
		enqueue_after_commit=True,
	)


def order(name: str, reason: str = "stock came in") -> float:
	"""Lock what is free for one waiting order. Returns the quantity locked, in stock UOM, 0 when it got
	nothing.

	Locks first, in the global order, then loads the order: nothing read earlier is trusted.
	"""
	locks.lock_order(name)
	doc = frappe.get_doc("Sales Order", name)
	if not doc.docstatus.is_submitted() or doc.status in ("Closed", "On Hold"):
		return 0.0
	plan = lock_stock.more(doc, reason)
	if plan.grants:
		refresh_status.of(name)
	return sum(grant.qty_stock for grant in plan.grants)
