"""Give stock back that an order no longer needs."""

import frappe
from frappe.utils import now_datetime

from sales_wh_flow.flow import lock_stock, serve
from sales_wh_flow.flow.native_checks import restore
from sales_wh_flow.messages import refuse
from sales_wh_flow.rules.problems import RuleViolation
from sales_wh_flow.rules.quantities import rounded
from sales_wh_flow.settings import STOCK_LOCK, flow_settings, is_on
from sales_wh_flow.store import (
	lock_cuts,
	lock_events,
	lock_policies,
	locks,
	opt_out,
	picks,
	reservations,
)


def after_cancel(doc) -> None:
	"""A cancelled order holds nothing: its locks end in one pass, under the Bin locks taken before the
	cancel.
	"""
	bins = doc.flags.pop("swf_bins", None)
	if bins is None:
		return
	restore(doc, *lock_stock.NATIVE)
	gone = doc.flags.pop("swf_demand", {})
	released = reservations.cancel_of_order(doc.name)
	reservations.sync_lines(doc.name)
	locked = reservations.open_by_bin(bins.values())
	demand = {key: max(rounded(row.demand_stock - gone.get(key, 0.0)), 0.0) for key, row in bins.items()}
	reservations.sync_bins(bins.values(), locked, demand)
	lock_events.released(released, "order cancelled")
	if released:
		serve.soon()


def after_status_change(doc) -> None:
	"""A closed order gives its stock back, a held one too where the settings say so; a re-opened one locks
	again.
	"""
	if not is_on(STOCK_LOCK):
		return
	lock_policies.write(doc.name, {"swf_on_hold_since": now_datetime() if doc.status == "On Hold" else None})
	if doc.status == "Closed" or (doc.status == "On Hold" and flow_settings().release_on_hold):
		end_locks(doc.name, f"order {doc.status.lower()}")
	elif doc.status not in ("Closed", "On Hold"):
		locks.lock_order(doc.name)
		lock_stock.more(frappe.get_doc("Sales Order", doc.name), "order re-opened")


def by_hand(order, reason: str) -> float:
	"""End an order's locks because somebody says so; its lines no longer ask for stock. Returns what was
	freed.

	Raises: ValidationError without a reason, or while a Pick List holds some of the stock.
	"""
	if not (reason or "").strip():
		refuse(RuleViolation("reason_missing", order=order.name))
	locks.lock_order(order.name)
	listed = picks.on_pick_lists(order.name)
	if listed:
		refuse(
			RuleViolation("on_pick_list", order=order.name, items=tuple({pick.item_code for pick in listed}))
		)
	opt_out.of_order(order.name)
	return end_locks(order.name, reason.strip())


def end_locks(order: str, reason: str) -> float:
	"""End every open lock of an order in one pass. Returns the quantity freed, in stock UOM."""
	locks.lock_order(order)
	bins = locks.lock_bins(
		(lock.item_code, lock.warehouse) for lock in reservations.open_of_order(order, for_update=True)
	)
	ended = lock_cuts.end_of_order(order)
	reservations.sync_lines(order)
	reservations.sync_bins(bins.values(), reservations.open_by_bin(bins.values()))
	lock_events.released(ended, reason)
	if ended:
		serve.soon()
	return sum(lock.qty_stock for lock in ended)
