"""Keep what is locked: no document may take a unit that is locked for somebody else.

Every document that moves stock locks its Bins, in the global order, before ERPNext's own code reads them, and is checked
under the same locks afterwards. Whoever comes second sees what the first one did.
"""

from sales_wh_flow.messages import refuse
from sales_wh_flow.rules.facts import BinKey
from sales_wh_flow.rules.problems import RuleViolation
from sales_wh_flow.rules.quantities import is_positive, rounded
from sales_wh_flow.settings import STOCK_LOCK, is_on
from sales_wh_flow.store import lock_events, locks, reservations

_ROW_TABLES = ("items", "packed_items", "supplied_items")
_ITEM_FIELDS = ("item_code", "rm_item_code")
_WAREHOUSE_FIELDS = (
	*("warehouse", "s_warehouse", "t_warehouse", "target_warehouse"),
	*("from_warehouse", "rejected_warehouse", "reserve_warehouse"),
)
_ORDER_FIELDS = ("against_sales_order", "sales_order")


def lock_bins(doc) -> None:
	"""Before ERPNext moves the stock: lock every Bin the document names."""
	if not (is_on(STOCK_LOCK) and _moves_stock(doc)):
		return
	doc.flags.swf_bins = locks.lock_bins(bin_keys(doc))
	doc.flags.swf_locks = reservations.open_of_orders(_orders(doc))


def settle(doc) -> None:
	"""After ERPNext moved the stock: write what is locked into the Bins and the ledger of locks.

	Raises: StockIsLocked naming item, warehouse and holders when less is left on hand than is locked.
	"""
	bins = doc.flags.pop("swf_bins", None)
	if bins is None:
		return
	locked = reservations.open_by_bin(bins.values())
	current = reservations.current_bins(bins.values())
	refuse(
		_taken(key, current[key].on_hand_stock, locked[key])
		for key, before in bins.items()
		if _takes_locked_stock(before, current[key].on_hand_stock, locked[key])
	)
	stale = [row for key, row in current.items() if rounded(row.reserved_stock - locked[key])]
	reservations.sync_bins(stale, locked)
	_log_changes(doc)


def bin_keys(doc) -> set[BinKey]:
	"""Every (item, warehouse) in the document's rows."""
	keys = set()
	for table in _ROW_TABLES:
		for row in doc.get(table) or ():
			items = {row.get(field) for field in _ITEM_FIELDS}
			warehouses = {row.get(field) for field in _WAREHOUSE_FIELDS}
			keys |= {(item, warehouse) for item in items for warehouse in warehouses if item and warehouse}
	return keys


def _moves_stock(doc) -> bool:
	if doc.doctype in ("Sales Invoice", "Purchase Invoice"):
		return bool(doc.update_stock)
	return True


def _orders(doc) -> set[str]:
	return {row.get(field) for row in doc.get("items") or () for field in _ORDER_FIELDS if row.get(field)}


def _takes_locked_stock(before: locks.BinRow, on_hand: float, locked: float) -> bool:
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


def _log_changes(doc) -> None:
	before = {lock.name: lock for lock in doc.flags.pop("swf_locks", ())}
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
