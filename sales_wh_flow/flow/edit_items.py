"""ERPNext's Update Items on a submitted order, with its locks.

ERPNext cancels every reservation of the order and makes new ones, line by line. Under the order's and the
Bins' locks, taken before anything is read, nobody can take the stock in between, and what ERPNext leaves
unreserved is locked after.
"""

from collections import defaultdict

import frappe
from frappe.utils import flt

from sales_wh_flow.flow import guard_reservation, lock_stock, refresh_status
from sales_wh_flow.rules.quantities import rounded
from sales_wh_flow.settings import STOCK_LOCK, is_on
from sales_wh_flow.store import lock_events, locks, orders, reservations
from sales_wh_flow.store.reservations import OpenLock


def update(order: str, items: list[dict], native) -> None:
	"""Run ERPNext's ``native`` update under the locks, then lock what became free and write what changed.

	``items``: the rows of the Update Items dialog. Call it in a fresh transaction.
	"""
	if not is_on(STOCK_LOCK):
		native()
		return
	locks.lock_order(order)
	doc = frappe.get_doc("Sales Order", order)
	warehouses = {row.warehouse for row in doc.items} | {doc.set_warehouse}
	keys = {(row.get("item_code"), warehouse) for row in items for warehouse in warehouses}
	locks.lock_bins(orders.bin_keys(doc) | keys)
	before = reservations.open_of_order(order)
	with guard_reservation.unlogged():
		native()
	_log(before, reservations.open_of_order(order))
	doc = frappe.get_doc("Sales Order", order)
	if doc.status not in orders.NO_DEMAND:
		lock_stock.more(doc, "items updated")
	refresh_status.of(order)


def _log(before: list[OpenLock], after: list[OpenLock]) -> None:
	"""What each line holds more or less than before; entries ERPNext only replaced are no event."""
	change: dict[tuple[str, str], float] = defaultdict(float)
	last: dict[tuple[str, str], OpenLock] = {}
	for sign, locks_then in ((-1, before), (1, after)):
		for lock in locks_then:
			key = (lock.sales_order_item, lock.warehouse)
			change[key] += sign * flt(lock.qty_stock)
			last[key] = lock
	changed = [(last[key], rounded(qty)) for key, qty in change.items() if rounded(qty)]
	lock_events.changed("Released", [it for it in changed if it[1] < 0], "items updated")
	lock_events.changed("Locked", [it for it in changed if it[1] > 0], "items updated")
