"""A lock never holds more than its line still has to deliver; what is too much is given back."""

from collections.abc import Iterable

from sales_wh_flow.base import hold_rows
from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.stock_lock import hold_locks, release
from sales_wh_flow.stock_lock.serving import serve
from sales_wh_flow.stock_lock.store import events, excess, reservations
from sales_wh_flow.stock_lock.store.reservations import OpenLock


def cut_excess(orders: Iterable[str], reason: str) -> list[OpenLock]:
	"""Cut the orders' locks to what is still to come, the newest first. Returns what was cut.

	The caller writes the orders' flow status.
	"""
	names = sorted(set(orders))
	if not names:
		return []
	hold_rows.hold_order_rows(names)
	hold_locks.hold_locks_of(names)
	ended: list[OpenLock] = []
	for order in dict.fromkeys(it.order for it in excess.excess_rows(names)):
		ended += release.reduce_locks(order, _losses(order))
	events.released(ended, reason)
	if ended:
		serve.serve_soon()
	return ended


def _losses(order: str) -> dict[str, float]:
	left = {it.row: rounded(it.held_stock - it.to_come_stock) for it in excess.excess_rows([order])}
	losses = {}
	for held in reversed(reservations.open_of_order(order, for_update=True)):
		part = min(held.qty_stock, left.get(held.sales_order_item, 0.0))
		if is_positive(part):
			losses[held.name] = part
			left[held.sales_order_item] = rounded(left[held.sales_order_item] - part)
	return losses
