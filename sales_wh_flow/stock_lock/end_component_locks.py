"""Locks of bundles' components end when nobody is there to deliver them: ERPNext alone can't."""

from sales_wh_flow.base import hold_rows
from sales_wh_flow.order import refresh_status
from sales_wh_flow.stock_lock.store import component_locks, cuts, events, reservations


def end_locks_of_components(reason: str) -> int:
	"""End every open lock of a component, on the whole site. Returns how many there were."""
	found = component_locks.all_open()
	if not found:
		return 0
	hold_rows.hold_order_rows(lock.sales_order for lock in found)
	bins = hold_rows.hold_bins((lock.item_code, lock.warehouse) for lock in found)
	held = component_locks.all_open()
	cuts.end_entries(lock.name for lock in held)
	reservations.sync_bins(bins.values(), reservations.open_by_bin(bins.values()))
	events.released(held, reason)
	refresh_status.of_all(lock.sales_order for lock in held)
	return len(held)
