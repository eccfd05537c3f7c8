"""Keep what is locked: no document may take a unit that is locked for somebody else.

Every document that moves stock locks its Bins, in the global order, before ERPNext's own code reads them, and
is checked under the same locks afterwards. Whoever comes second sees what the first one did.
"""

from dataclasses import dataclass

from frappe.utils import nowdate, nowtime

from sales_wh_flow.flow import serve
from sales_wh_flow.messages import refuse
from sales_wh_flow.rules.facts import BinKey
from sales_wh_flow.rules.problems import RuleViolation
from sales_wh_flow.rules.quantities import is_positive, rounded
from sales_wh_flow.settings import STOCK_LOCK, is_on
from sales_wh_flow.store import lock_events, locks, orders, reservations
from sales_wh_flow.store.locks import BinRow
from sales_wh_flow.store.reservations import OpenLock

_ROW_TABLES = ("items", "packed_items", "supplied_items", "required_items", "locations")
_ITEM_FIELDS = ("item_code", "rm_item_code", "production_item")
_WAREHOUSE_FIELDS = (
	*("warehouse", "s_warehouse", "t_warehouse", "source_warehouse", "target_warehouse", "fg_warehouse"),
	*("from_warehouse", "rejected_warehouse", "reserve_warehouse"),
)
_ORDER_FIELDS = ("against_sales_order", "sales_order")


@dataclass(frozen=True, slots=True)
class _Before:
	"""What was there, under its locks, before the document moved it."""

	bins: dict[BinKey, BinRow]
	demand: dict[BinKey, float]
	locks: dict[str, OpenLock]


def lock_orders_and_bins(doc) -> None:
	"""Before ERPNext writes orders and Bins row by row: lock them all, in the global order, so that nobody
	deadlocks.
	"""
	if is_on(STOCK_LOCK):
		locks.lock_orders(_orders(doc))
		locks.lock_bins(bin_keys(doc))


def lock_orders(doc) -> None:
	"""The same for a document that writes its orders but no Bin."""
	if is_on(STOCK_LOCK):
		locks.lock_orders(_orders(doc))


def lock_stock(doc) -> None:
	"""Before ERPNext moves the stock: lock the orders the document serves and every Bin it or they name."""
	if not is_on(STOCK_LOCK):
		return
	served = _orders(doc)
	locks.lock_orders(served)
	if not _moves_stock(doc):
		return
	demand = orders.open_demand(served, _order_rows(doc))
	bins = locks.lock_bins(bin_keys(doc) | demand.keys())
	held = {lock.name: lock for lock in reservations.open_of_orders(served)}
	doc.flags.swf_before = _Before(bins, demand, held)


def post_after_the_lock(doc) -> None:
	"""What is posted now is posted after whatever moved the stock while this document waited for its locks.

	Else ERPNext files the movement before one that it can't see, and values both wrongly.
	"""
	if doc.flags.swf_before and not doc.get("set_posting_time") and str(doc.posting_date) == nowdate():
		doc.posting_time = nowtime()


def settle(doc) -> None:
	"""After ERPNext moved the stock: write what is locked, on hand and demanded into the Bins and the ledger
	of locks.

	Raises: StockIsLocked naming item, warehouse and holders when less is left on hand than is locked.
	"""
	before: _Before | None = doc.flags.pop("swf_before", None)
	if before is None:
		return
	locked = reservations.open_by_bin(before.bins.values())
	found = locks.bins_and_ledger(before.bins.values())
	on_hand = {key: balance for key, (_row, balance) in found.items()}
	refuse(
		_taken(key, on_hand[key], locked[key])
		for key, row in before.bins.items()
		if _takes_locked_stock(row, on_hand[key], locked[key])
	)
	demand = _demand_now(doc, before)
	stale = [row for row, _balance in found.values() if _differs(row, locked, on_hand, demand)]
	reservations.sync_bins(stale, locked, demand, on_hand)
	_log_changes(doc, before.locks)
	if any(is_positive(on_hand[key] - row.on_hand_stock) for key, row in before.bins.items()):
		serve.soon()


def bin_keys(doc) -> set[BinKey]:
	"""Every (item, warehouse) of the document and its rows."""
	keys = set()
	for row in (doc, *_rows(doc)):
		items = {row.get(field) for field in _ITEM_FIELDS}
		warehouses = {row.get(field) for field in _WAREHOUSE_FIELDS}
		keys |= {(item, warehouse) for item in items for warehouse in warehouses if item and warehouse}
	return keys


def _moves_stock(doc) -> bool:
	if doc.doctype in ("Sales Invoice", "Purchase Invoice"):
		return bool(doc.update_stock)
	return True


def _rows(doc):
	return (row for table in _ROW_TABLES for row in doc.get(table) or ())


def _orders(doc) -> set[str]:
	return {row.get(field) for row in (doc, *_rows(doc)) for field in _ORDER_FIELDS if row.get(field)}


def _order_rows(doc) -> set[str]:
	return {row.get("so_detail") for row in doc.get("items") or () if row.get("so_detail")}


def _demand_now(doc, before: _Before) -> dict[BinKey, float]:
	"""The open demand of each Bin: what others ask stays, what the served orders ask is read again."""
	now = orders.open_demand(_orders(doc), _order_rows(doc))
	return {
		key: rounded(row.demand_stock + now.get(key, 0.0) - before.demand.get(key, 0.0))
		for key, row in before.bins.items()
	}


def _differs(row: BinRow, locked, on_hand, demand) -> bool:
	"""Whether ERPNext left a wrong figure in the Bin."""
	written = (row.reserved_stock, row.on_hand_stock, row.demand_stock)
	right = (locked[row.key], on_hand[row.key], demand[row.key])
	return any(rounded(one - other) for one, other in zip(written, right, strict=True))


def _takes_locked_stock(before: BinRow, on_hand: float, locked: float) -> bool:
	"""Whether this document, and not an older wrong, leaves less on hand than is locked."""
	missing_before = max(before.reserved_stock - before.on_hand_stock, 0.0)
	return is_positive(locked - on_hand - missing_before)


def _taken(key: BinKey, on_hand: float, locked: float) -> RuleViolation:
	item_code, warehouse = key
	holders = {lock.sales_order: None for lock in reservations.holders(item_code, warehouse)}
	return RuleViolation(
		"stock_is_locked",
		item=item_code,
		warehouse=warehouse,
		on_hand=on_hand,
		locked=locked,
		holders=tuple(holders)[:5],
	)


def _log_changes(doc, before: dict[str, OpenLock]) -> None:
	after = {lock.name: lock for lock in reservations.open_of_orders(_orders(doc))}
	changes = []
	for name in before.keys() | after.keys():
		lock = after.get(name) or before[name]
		held_before = before[name].qty_stock if name in before else 0.0
		held_after = after[name].qty_stock if name in after else 0.0
		if rounded(held_after - held_before):
			changes.append((lock, rounded(held_after - held_before)))
	reason = f"{doc.doctype} {doc.name}"
	lock_events.changed("Delivered", [it for it in changes if it[1] < 0], reason)
	lock_events.changed("Returned", [it for it in changes if it[1] > 0], reason)
