"""What the scheduler runs. Every job may be run twice, and may be killed anywhere."""

import frappe
from frappe import _

from sales_wh_flow.flow import refresh_status, repair, serve
from sales_wh_flow.settings import STOCK_LOCK, is_on
from sales_wh_flow.store import order_status
from sales_wh_flow.store.retry import from_a_fresh_transaction

_CHUNK = 100


def serve_waiting_demand() -> dict[str, float]:
	"""Lock what came in for the orders that wait for it. Returns {order: quantity locked}."""
	served = {}
	for name in serve.orders_to_serve():
		try:
			got = from_a_fresh_transaction(lambda name=name: serve.order(name))
		except Exception:
			frappe.db.rollback()
			frappe.log_error(_("Waiting demand of {0} could not be served").format(name))
			got = 0.0
		frappe.db.commit()  # one order a transaction: a killed job loses nothing
		if got:
			served[name] = got
	return served


def repair_drift() -> repair.Report:
	"""Compare Bins, order lines and locks, mend what differs, and report it; a clean day writes nothing."""
	if not is_on(STOCK_LOCK):
		return repair.Report((), (), ())
	report = repair.look()
	if not report.is_clean:
		from_a_fresh_transaction(lambda: repair.mend(report))
		frappe.log_error(_("Stock locks had drifted and were mended"), _in_words(report))
		frappe.db.commit()  # mended figures and their report stay together, whatever runs after this
	return report


def refresh_open_orders() -> int:
	"""Give every unfinished order its flow status, after a switch was turned. Returns how many were looked
	at.
	"""
	names = order_status.open_orders()
	for count, name in enumerate(names, start=1):
		refresh_status.of(name)
		if count % _CHUNK == 0:
			frappe.db.commit()  # short transactions: nobody waits for this job
	frappe.db.commit()
	return len(names)


def _in_words(report: repair.Report) -> str:
	bins = [f"{it.item_code} / {it.warehouse}: {it.written:g} -> {it.held:g}" for it in report.bins]
	lines = [f"{it.order} row {it.row}: {it.written:g} -> {it.held:g}" for it in report.lines]
	over = [
		f"{item} / {wh}: {locked:g} locked, {hand:g} on hand" for item, wh, hand, locked in report.over_locked
	]
	return "\n".join(["Bins", *bins, "", "Order lines", *lines, "", "Locked more than on hand", *over])
