"""Give stock back that an order no longer needs."""

from collections.abc import Callable, Collection, Mapping, Sequence

from frappe.utils import now_datetime

from sales_wh_flow.base import hold_rows, said
from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.hold_rows import BinRow, Series
from sales_wh_flow.base.native_checks import waive
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse, require_reason
from sales_wh_flow.base.settings import STOCK_LOCK, flow_settings, is_on
from sales_wh_flow.order import hold
from sales_wh_flow.order.rules.held_statuses import NO_DEMAND
from sales_wh_flow.order.store import lines
from sales_wh_flow.stock_lock import hold_locks, sayings
from sales_wh_flow.stock_lock import lock as lock_stock
from sales_wh_flow.stock_lock.serving import serve
from sales_wh_flow.stock_lock.store import (
	cuts,
	events,
	open_demand,
	opt_out,
	picked_or_leaving,
	picks,
	policies,
	reservations,
)
from sales_wh_flow.stock_lock.store.reservations import OpenLock


def release_after_cancel(doc) -> None:
	"""A cancelled order holds nothing: its locks end in one pass."""
	found = lock_stock.take_over(doc)
	if found is None:
		return
	bins, gone = found
	Series(reservations.DOCTYPE)  # before its entries: reading them locks gaps in which others insert theirs
	released = reservations.cancel_of_order(doc.name)
	# Somebody may have reserved for it where none of its rows is sent from.
	bins |= hold_rows.hold_bins({(it.item_code, it.warehouse) for it in released} - bins.keys())
	_keep_in_step(doc.name, bins, open_demand.demand_after(bins, gone, {}))
	events.released(released, said.keep(sayings.order_cancelled))
	if released:
		serve.serve_soon()


def after_status_change(doc, before: str, is_held: Callable[[], bool]) -> float:
	"""A closed order gives its stock back, a held one too where the settings say so; a re-opened one locks
	again. Returns what was freed, in stock UOM. ``before``: the status it had.
	"""
	if not is_on(STOCK_LOCK):
		return 0.0
	policies.write_own_fields(
		doc.name, {"swf_on_hold_since": now_datetime() if doc.status == "On Hold" else None}
	)
	order, freed = hold.hold_order(doc.name, for_update=True), 0.0
	if doc.status == "Closed" or (doc.status == "On Hold" and flow_settings().release_on_hold):
		why = sayings.order_closed if doc.status == "Closed" else sayings.order_on_hold
		freed = end_locks(doc.name, said.keep(why))
	elif doc.status not in NO_DEMAND and not is_held():
		lock_stock.more(order, said.keep(sayings.order_reopened))
	_ask_or_not(doc, order, before)
	return freed


def _ask_or_not(doc, order, before: str) -> None:
	"""What the order asks for goes with its new status, or comes back; what others ask stays. ERPNext would
	add it all up next, from what this transaction saw when it began.
	"""
	waive(doc, __name__, "update_reserved_qty")
	asked, asks = (lines.demand(order) if status not in NO_DEMAND else {} for status in (before, doc.status))
	if asked != asks:
		bins = hold_rows.hold_bins(lines.bin_keys_of_order(order))
		demand = open_demand.demand_after(bins, asked, asks)
		reservations.sync_bins(bins.values(), reservations.open_by_bin(bins.values()), demand)


def after_refusal(doc) -> None:
	"""A submitted order whose change was refused gives its stock back, unless the settings let it keep it.
	What is on a Pick List or on the draft of a delivery stays.
	"""
	if not is_on(STOCK_LOCK) or not doc.docstatus.is_submitted() or flow_settings().get("keep_on_refusal"):
		return
	hold_locks.hold_locks_of([doc.name])
	untouched = picked_or_leaving.untouched_locks(orders=[doc.name], for_decision=True)
	ended = reduce_locks(doc.name, {it.lock: it.qty_stock for it in untouched})
	events.released(ended, said.keep(sayings.approval_refused))
	if ended:
		serve.serve_soon()


def by_hand(order, reason: str, rows: Collection[str] | None = None) -> float:
	"""End an order's locks because somebody says so; its lines no longer ask for stock. Returns what was
	freed.

	``rows``: the only order lines to do this for, with the components of their bundles; None = all. Raises:
	ValidationError without a reason, or while a Pick List holds some of the stock.
	"""
	why = require_reason(reason, RuleViolation("reason_missing", order=order.name))
	hold_rows.hold_order_row(order.name)
	names = _with_parts(order, rows)
	listed = {
		pick.item_code
		for pick in picks.on_pick_lists(order.name)
		if names is None or pick.sales_order_item in names
	}
	if listed:
		refuse(RuleViolation("on_pick_list", order=order.name, items=tuple(sorted(listed))))
	if rows is None:
		opt_out.opted_out_lines(order.name)
	else:
		opt_out.opted_out_rows(names)
	return end_locks(order.name, why, names)


def _with_parts(order, rows: Collection[str] | None) -> set[str] | None:
	"""The order's own of the rows and the packed items of their bundles; None stays None."""
	if rows is None:
		return None
	names = {row.name for row in order.items if row.name in rows}
	packed = order.get("packed_items") or ()
	return names | {row.name for row in packed if row.parent_detail_docname in names}


def end_locks(order: str, reason: str, rows: Collection[str] | None = None) -> float:
	"""End every open lock of an order, or of these of its rows, in one pass. Returns the quantity freed, in
	stock UOM.
	"""
	hold_rows.hold_order_row(order)
	# ERPNext writes the Bins of all its rows afterwards, so all are held before the series.
	hold_locks.hold_locks_of([order], lines.bin_keys_of(order))
	held = reservations.open_of_order(order, for_update=True)
	losses = {it.name: it.qty_stock for it in held if rows is None or it.sales_order_item in rows}
	ended = _cut(order, held, losses)
	events.released(ended, reason)
	if ended:
		serve.serve_soon()
	return sum(lock.qty_stock for lock in ended)


def reduce_locks(order: str, losses: Mapping[str, float]) -> list[OpenLock]:
	"""Take ``losses`` {entry: quantity} out of an order's locks; lines and Bins stay in step. Returns what
	was cut.

	The caller holds the order's row and its locks (`hold_locks`), writes the events and has others served.
	"""
	return _cut(order, reservations.open_of_order(order, for_update=True), losses)


def _cut(order: str, held: Sequence[OpenLock], losses: Mapping[str, float]) -> list[OpenLock]:
	bins = hold_rows.hold_bins((lock.item_code, lock.warehouse) for lock in held if lock.name in losses)
	ended = cuts.cut_entries(held, losses)
	_keep_in_step(order, bins)
	return ended


def _keep_in_step(
	order: str, bins: Mapping[BinKey, BinRow], demand: Mapping[BinKey, float] | None = None
) -> None:
	reservations.sync_lines(order)
	reservations.sync_bins(bins.values(), reservations.open_by_bin(bins.values()), demand)
