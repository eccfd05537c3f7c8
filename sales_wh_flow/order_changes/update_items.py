"""ERPNext's Update Items on a submitted order, with its locks and the approvals it then needs.

ERPNext cancels every reservation of the order, delivered ones too, and makes new ones line by line: the order
would lose its place, and a delivery that is cancelled later would find nothing to lock again. Here the locks
change by the difference: what a line still asks it keeps, the newest go first, what is missing is locked
after. Order and Bins are locked before anything is read, so nobody takes the stock in between.
"""

import inspect
from collections import defaultdict
from collections.abc import Callable
from types import FunctionType

import frappe
from frappe.utils import flt

from erpnext.controllers import accounts_controller

from sales_wh_flow.approval import gate, judge_change, rows_alone
from sales_wh_flow.base import hold_rows, said
from sales_wh_flow.base.alongside import alongside_request
from sales_wh_flow.base.native_checks import waive
from sales_wh_flow.base.quantities import is_positive, open_qty, rounded
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.said import Kept
from sales_wh_flow.base.settings import APPROVAL, RETURNS, STOCK_LOCK, is_on
from sales_wh_flow.order import hold, refresh_status
from sales_wh_flow.order.store import lines
from sales_wh_flow.order.store import rows as order_rows
from sales_wh_flow.order_changes import delivered_already, picked_already
from sales_wh_flow.stock_lock import lock as lock_stock
from sales_wh_flow.stock_lock import sayings
from sales_wh_flow.stock_lock.guard import reservations as guard_reservation
from sales_wh_flow.stock_lock.serving import serve
from sales_wh_flow.stock_lock.store import (
	batches,
	cuts,
	events,
	kept_through_edit,
	open_demand,
	picks,
	reservations,
)
from sales_wh_flow.stock_lock.store.reservations import OpenLock

_NATIVE = ("create_stock_reservation_entries", "update_reserved_qty")
"""What ERPNext does about reservations and open demand; it would add up what this transaction saw first."""
_ENDED = "Stock Reservation Entries Cancelled"

ITEMS_UPDATED = said.keep(sayings.items_updated)


def update(order: str, items: list[dict], native, reason: Kept = ITEMS_UPDATED) -> None:
	"""Run ERPNext's ``native`` update under the locks, then change the order's locks by what changed.

	``items``: the rows of the Update Items dialog. ``reason`` goes to the events of the locks. Call it in a
	fresh transaction.
	"""
	if not any(is_on(one) for one in (STOCK_LOCK, APPROVAL, RETURNS)):
		native()
		return
	doc = hold.hold_order(order)
	rows_alone.check_named_rows(doc, {str(row["docname"]) for row in items if row.get("docname")})
	with judge_change.watching(doc):
		if is_on(STOCK_LOCK):
			_with_locks(doc, items, native, reason)
		else:
			native()
			changed = frappe.get_doc("Sales Order", order)
			refuse(delivered_already.lowered_below_delivered(doc, changed))
	if is_on(APPROVAL):
		judge_change.check_credit(frappe.get_doc("Sales Order", order))
	refresh_status.refresh_order(order)


def native(
	parent_doctype: str, trans_items: str, parent_doctype_name: str, child_docname: str = "items"
) -> Callable[[], None]:
	"""ERPNext's own Update Items, ready to run, with the credit limit left to the approval rules.

	ERPNext loads the order by itself and offers no event before it checks the credit limit. So this one call,
	not ERPNext's module, sees a ``get_doc`` whose order skips the check.
	"""

	def run() -> None:
		update = inspect.unwrap(accounts_controller.update_child_qty_rate)
		seen = {**update.__globals__, "frappe": _Frappe()}
		mine = FunctionType(update.__code__, seen, update.__name__, update.__defaults__, update.__closure__)
		mine(parent_doctype, trans_items, parent_doctype_name, child_docname)

	def plain() -> None:
		accounts_controller.update_child_qty_rate(
			parent_doctype, trans_items, parent_doctype_name, child_docname
		)

	return run if is_on(APPROVAL) and parent_doctype == "Sales Order" else plain


class _Frappe:
	"""frappe, except that the credit of an order it loads is judged later."""

	def __getattr__(self, name: str):
		return getattr(frappe, name)

	@staticmethod
	def get_doc(*args, **kwargs):
		doc = frappe.get_doc(*args, **kwargs)
		if doc.doctype == "Sales Order":
			waive(doc, __name__, gate.CREDIT_CHECK)
		return doc


def _with_locks(old, items: list[dict], native: Callable[[], None], reason: str) -> None:
	order, doc = old.name, old
	before, entries = reservations.open_of_order(order), kept_through_edit.all_of(order)
	warehouses = {row.warehouse for row in doc.items} | {doc.set_warehouse}
	keys = {(row.get("item_code"), warehouse) for row in items for warehouse in warehouses}
	held = {(entry.item_code, entry.warehouse) for entry in entries}
	bins = hold_rows.hold_bins(lines.bin_keys_of_order(doc) | keys | held)
	alongside_request().edited_order = order
	told = len(frappe.local.message_log)
	try:
		with guard_reservation.unlogged():
			native()
	finally:
		alongside_request().edited_order = None
	_unsay_ended_locks(told)
	order_rows.keep_part_names(order, doc.get("packed_items") or ())
	doc = frappe.get_doc("Sales Order", order)
	refuse((*picked_already.violations(old, doc), *delivered_already.lowered_below_delivered(old, doc)))
	_keep(doc, entries)
	reservations.sync_lines(order)
	if flt(doc.per_picked):
		# ERPNext leaves the share as it was, and refuses a pick of what came on top.
		picks.write_picked([order])
	bins |= hold_rows.hold_bins(lines.bin_keys_of_order(doc) - bins.keys())  # of rows that are new
	asked, asks = (lines.demand(it) if it.status not in lines.NO_DEMAND else {} for it in (old, doc))
	demand = open_demand.demand_after(bins, asked, asks)
	reservations.sync_bins(bins.values(), reservations.open_by_bin(bins.values()), demand)
	_log(before, reservations.open_of_order(order), reason)
	if doc.status not in lines.NO_DEMAND:
		lock_stock.more(doc, reason, _unraised(old, doc) if judge_change.is_held(order) else None)


def _unsay_ended_locks(told: int) -> None:
	"""ERPNext says that it ended the order's reservations, which come back a moment later."""
	messages = frappe.local.message_log
	messages[told:] = [it for it in messages[told:] if it.get("message") != frappe._(_ENDED)]


def _unraised(old, doc) -> frozenset[str]:
	"""The rows, those of bundles' components too, that ask for no more than before."""
	asked = {row.name: flt(row.stock_qty) for row in old.items}
	rows = {row.name for row in doc.items if flt(row.stock_qty) <= asked.get(row.name, 0.0)}
	packed = (row for row in doc.get("packed_items") or () if row.parent_detail_docname in rows)
	return frozenset(rows | {row.name for row in packed})


def keep_erpnext_from_reserving(doc) -> None:
	"""While an order is edited its locks and its demand are changed here; ERPNext saves it in between."""
	if alongside_request().edited_order == doc.name:
		waive(doc, __name__, *_NATIVE)


def _keep(doc, entries: list[kept_through_edit.Entry]) -> None:
	"""Bring back what the order's lines, and the components of its bundles, still ask for."""
	asked = _asked(doc)
	kept_through_edit.revive(
		entry for entry in entries if asked.get(entry.sales_order_item, ("",))[0] == entry.item_code
	)
	by_row: dict[str, list[OpenLock]] = defaultdict(list)
	for lock in reservations.open_of_order(doc.name, for_update=True):
		by_row[lock.sales_order_item].append(lock)
	losses = {}
	for name, held in by_row.items():
		losses |= _too_much(asked[name][1], held) if name in asked else {}
	lots = batches.entries_of(losses)
	everything = {lock.name: lock for held in by_row.values() for lock in held}
	# An entry that names batches ends whole; what the line still asks of it is locked anew.
	losses = {name: everything[name].qty_stock if name in lots else qty for name, qty in losses.items()}
	cuts.cut_entries(everything.values(), losses)
	kept_through_edit.follow_rows(doc.name)


def _asked(doc) -> dict[str, tuple[str, float]]:
	"""{order row or packed item: (its item, what of it is still to be delivered)}, in stock UOM."""
	return {
		line.row: (line.item_code, open_qty(line.qty_stock, line.delivered_stock))
		for line in lines.lockable(doc)
	}


def _too_much(needed: float, held: list[OpenLock]) -> dict[str, float]:
	"""{entry: quantity} that a row holds beyond what it needs, the newest entries first."""
	excess = rounded(sum(lock.qty_stock for lock in held) - needed)
	losses = {}
	for lock in reversed(held):
		qty = rounded(min(excess, lock.qty_stock))
		if is_positive(qty):
			losses[lock.name] = qty
			excess = rounded(excess - qty)
	return losses


def _log(before: list[OpenLock], after: list[OpenLock], reason: str) -> None:
	"""Write down what each line holds more or less than before, and have others served with what is freed."""
	change: dict[tuple[str, str, str], float] = defaultdict(float)
	last: dict[tuple[str, str, str], OpenLock] = {}
	for sign, locks_then in ((-1, before), (1, after)):
		for lock in locks_then:
			key = (lock.sales_order_item, lock.item_code, lock.warehouse)
			change[key] += sign * flt(lock.qty_stock)
			last[key] = lock
	found = [(last[key], rounded(qty)) for key, qty in change.items() if rounded(qty)]
	freed = [it for it in found if it[1] < 0]
	events.changed("Released", freed, reason)
	events.changed("Locked", [it for it in found if it[1] > 0], reason)
	if freed:
		serve.serve_soon()
