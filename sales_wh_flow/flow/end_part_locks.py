"""Locks of bundles' components end when nobody is there to deliver them: ERPNext alone can't."""

from sales_wh_flow.flow import refresh_status
from sales_wh_flow.store import bundles, lock_cuts, lock_events, locks, reservations


def end(reason: str) -> int:
	"""End every open lock of a component, on the whole site. Returns how many there were."""
	found = bundles.all_open()
	if not found:
		return 0
	locks.lock_orders(lock.sales_order for lock in found)
	bins = locks.lock_bins((lock.item_code, lock.warehouse) for lock in found)
	held = bundles.all_open()
	lock_cuts.end(lock.name for lock in held)
	reservations.sync_bins(bins.values(), reservations.open_by_bin(bins.values()))
	lock_events.released(held, reason)
	refresh_status.of_all(lock.sales_order for lock in held)
	return len(held)
