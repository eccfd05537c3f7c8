"""A count says that less is there than is locked: who loses it is decided before ERPNext posts it.

ERPNext posts no count of reserved stock, so nobody could ever write down that a shelf is short. Here the
locks are cut to what was found, in the transaction that posts it. Who loses first is who would be served
last: the lowest class of the Serving Policy, and of a class the order that was written last.
"""

from collections.abc import Collection, Iterable, Mapping

from sales_wh_flow.base import hold_rows, said
from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.hold_rows import BinRow
from sales_wh_flow.base.native_checks import waive
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import STOCK_LOCK, flow_settings, is_on
from sales_wh_flow.order import refresh_status
from sales_wh_flow.order.store import lines
from sales_wh_flow.stock_lock import sayings, tell_sellers
from sales_wh_flow.stock_lock.rules import losing
from sales_wh_flow.stock_lock.rules.facts import HeldLine
from sales_wh_flow.stock_lock.serving import queue, serve
from sales_wh_flow.stock_lock.store import component_locks, events, picked_or_leaving, reservations

_NATIVE = "validate_reserved_stock"


def accept_locked_stock(doc) -> None:
	"""Before ERPNext refuses to count, or to take a count back, where stock is reserved: the flow answers
	that, where the company wants it; else it says who holds it, which ERPNext does not.

	Raises: StockIsLocked naming item, warehouse and holders.
	"""
	if _is_ours(doc):
		waive(doc, __name__, _NATIVE)
	elif is_on(STOCK_LOCK) and not doc.docstatus.is_draft():
		keys = sorted({(row.item_code, row.warehouse) for row in doc.items})
		if reservations.orders_holding_any(keys):
			refuse(
				RuleViolation("no_count_of_locked", item=item, warehouse=warehouse, holders=holders)
				for item, warehouse in keys
				if (holders := _holders(item, warehouse))
			)


def of_count(doc) -> None:
	"""Before a count is posted: cut the locks to what it found, and write those down who lose.

	Raises: ValidationError where others moved the stock meanwhile; StockIsLocked for what is locked by batch
	or serial number, and for what is picked or about to leave.
	"""
	if not _is_ours(doc):
		return
	found = _found(doc)
	orders = reservations.orders_holding_any(found)
	if not orders:
		return
	held = hold_rows.hold_bins_as_seen(found.keys() | component_locks.keys_of(orders), orders)
	bins = hold_rows.hold_bins(held.bins)
	locked = reservations.open_by_bin(bins.values())
	missing = losing.missing_of(found, locked)
	_refuse_lots(key for key in found if is_positive(locked.get(key, 0.0)))
	if not missing:
		return
	if held.is_stale:
		refuse(RuleViolation("moved_while_counted", name=doc.name))
	_cut(doc, missing, bins, locked)


def chosen(doc) -> list[str]:
	"""The orders that somebody named to lose first, in that order."""
	return list(dict.fromkeys(row.sales_order for row in doc.get("swf_lose_first") or () if row.sales_order))


def losses_found(doc) -> dict[BinKey, float]:
	"""What the flow looks at of a count: {Bin: what was found}; nothing where it is not the flow's."""
	return _found(doc) if _is_ours(doc) else {}


def _is_ours(doc) -> bool:
	"""A count of another day says nothing about what is there now: ERPNext goes on refusing it."""
	is_wanted = is_on(STOCK_LOCK) and bool(flow_settings().get("post_counts_of_locked_stock"))
	return is_wanted and not (doc.docstatus < 2 and doc.set_posting_time)


def _found(doc) -> dict[BinKey, float]:
	return {
		(row.item_code, row.warehouse): float(row.qty)
		for row in doc.items
		if row.item_code and row.warehouse and row.qty not in (None, "")
	}


def _refuse_lots(keys: Iterable[BinKey]) -> None:
	"""A batch or serial number is counted by name: whoever holds it is asked to release it first."""
	counted = sorted(keys)
	items = lines.items_of(item for item, _warehouse in counted)
	refuse(
		RuleViolation(
			"counted_lots_are_locked",
			item=item,
			warehouse=warehouse,
			holders=_holders(item, warehouse),
		)
		for item, warehouse in counted
		if item in items and (items[item].has_batch_no or items[item].has_serial_no)
	)


def _cut(
	doc, missing: Mapping[BinKey, float], bins: Mapping[BinKey, BinRow], locked: dict[BinKey, float]
) -> None:
	untouched = picked_or_leaving.untouched_locks(keys=missing, for_decision=True)
	named = chosen(doc)
	losses = losing.losses(queue.who_loses_first(untouched, named), missing)
	_refuse_picked(untouched, losses, missing)
	orders = {it.order for it in untouched if it.lock in losses}
	if not orders:
		return
	cut_now = serve.cut_locks(orders, losses, locked)
	for words, is_named in ((sayings.counted_by_hand, True), (sayings.counted, False)):
		reason = said.keep(words, doctype=doc.doctype, name=doc.name)
		events.released([it for it in cut_now if (it.sales_order in named) == is_named], reason)
	_free_the_rest(orders, locked)
	reservations.sync_bins(bins.values(), locked)
	reservations.sync_lines_of(orders)
	refresh_status.of_all(orders)
	lost: dict[str, float] = {}
	for it in cut_now:
		lost[it.sales_order] = rounded(lost.get(it.sales_order, 0.0) + it.qty_stock)
	tell_sellers.what_their_orders_got({}, lost)


def _refuse_picked(
	untouched: Iterable[HeldLine], losses: Mapping[str, float], missing: Mapping[BinKey, float]
) -> None:
	"""What lies on a Pick List or the draft of a delivery is somebody's work: that is undone first."""
	refuse(
		RuleViolation(
			"picked_more_than_counted",
			item=item,
			warehouse=warehouse,
			qty=qty,
			holders=_holders(item, warehouse),
		)
		for (item, warehouse), qty in losing.still_missing(untouched, losses, missing)
	)


def _holders(item_code: str, warehouse: str) -> tuple[str, ...]:
	return tuple(dict.fromkeys(it.sales_order for it in reservations.holders(item_code, warehouse)))[:5]


def _free_the_rest(orders: Collection[str], locked: dict[BinKey, float]) -> None:
	untouched = picked_or_leaving.untouched_locks(orders=orders, for_decision=True)
	serve.free_what_completes_nothing(set(orders), {it.lock: it.qty_stock for it in untouched}, locked)
