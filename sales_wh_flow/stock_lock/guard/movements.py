"""Keep what is locked: no document may take a unit that is locked for somebody else.

Every document that moves stock holds its Bins, in the global order, before ERPNext's own code reads them, and
is checked while they are held. Whoever comes second sees what the first one did.
"""

from dataclasses import dataclass

from frappe.utils import nowdate, nowtime

from sales_wh_flow.base import hold_rows, said
from sales_wh_flow.base.alongside import alongside, alongside_request
from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.hold_rows import BinRow
from sales_wh_flow.base.native_checks import restore, waive
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import STOCK_LOCK, is_on
from sales_wh_flow.stock_lock import sayings
from sales_wh_flow.stock_lock.guard import name_holders, returned_serials, take_from_locks
from sales_wh_flow.stock_lock.guard.words_of_locks import lots_locked, taken
from sales_wh_flow.stock_lock.serving import serve
from sales_wh_flow.stock_lock.store import (
	bad_lots,
	batches,
	events,
	fresh_reads,
	movement,
	reservations,
	serial_moves,
)
from sales_wh_flow.stock_lock.store.movement import StockFigures
from sales_wh_flow.stock_lock.store.reservations import OpenLock

_NATIVE = "validate_reserved_batches"
"""ERPNext 16 refuses a batch that another order ever had of, once less is left than leaves; we count it."""
_ROW_TABLES = ("items", "packed_items", "supplied_items", "required_items", "locations", "stock_items")
_ITEM_FIELDS = ("item_code", "rm_item_code", "production_item")
_WAREHOUSE_FIELDS = (
	*("warehouse", "s_warehouse", "t_warehouse", "source_warehouse", "target_warehouse", "fg_warehouse"),
	*("from_warehouse", "rejected_warehouse", "reserve_warehouse"),
)
_ORDER_FIELDS = ("against_sales_order", "sales_order")
_USE_UP_AT_SUPPLIER = frozenset({"Purchase Invoice", "Purchase Receipt", "Subcontracting Receipt"})
"""What a supplier used up of the material that lies with him; its rows name no warehouse."""


@dataclass(frozen=True, slots=True)
class _Before:
	"""What was there, while its Bins are held, before the document moved it.

	``bins``: as the transaction saw them, perhaps before it held them. ``figures``: what was true when it
	had got them; None where nothing rests on it: no order is served and no Bin was wrong already.
	``is_stale``: others moved or locked the same stock since the transaction began.
	"""

	bins: dict[BinKey, BinRow]
	figures: StockFigures | None
	is_stale: bool


def hold_orders_and_bins(doc) -> None:
	"""Before ERPNext writes orders and Bins row by row: hold them all, those of the orders' rows too, in the
	global order, so that nobody deadlocks.
	"""
	if is_on(STOCK_LOCK):
		hold_rows.hold_bins_as_seen(bin_keys(doc), _orders(doc), _order_rows(doc))


def hold_orders_of_document(doc) -> None:
	"""Before ERPNext writes the orders of a document that moves no stock: hold them, by name."""
	if is_on(STOCK_LOCK):
		hold_rows.hold_order_rows(_orders(doc))


def hold_stock(doc) -> None:
	"""Before ERPNext moves the stock: hold the orders the document serves and every Bin it or they name."""
	if not is_on(STOCK_LOCK):
		return
	served = _orders(doc)
	if not _moves_stock(doc):
		hold_rows.hold_order_rows(served)
		return
	rows = _order_rows(doc)
	keys = bin_keys(doc) | (alongside(doc).take("also_held") or set())
	held = hold_rows.hold_bins_as_seen(keys, served, rows)
	bins = held.bins
	if held.is_stale:
		fresh_reads.bring_up_to_date(bins.values())
	is_wrong = any(is_positive(row.reserved_stock - row.on_hand_stock) for row in bins.values())
	figures = movement.bin_figures(bins.values(), served, rows) if served or is_wrong else None
	alongside(doc).before_movement = _Before(bins, figures, held.is_stale)
	alongside_request().coming_in.add((doc.doctype, doc.name))
	waive(doc, __name__, _NATIVE)
	if doc.docstatus.is_submitted():
		returned_serials.check_returned_serials(doc)
		left_locked = take_from_locks.take_from_own_locks(doc, figures)
		refuse(name_holders.taken_of_others(doc, bins, left_locked, figures))
		_post_after_the_lock(doc)
	else:
		take_from_locks.keep_erpnext_from_giving_back(doc)


def _post_after_the_lock(doc) -> None:
	"""What is posted now is posted after whatever moved the stock while this document waited for its locks.

	Else ERPNext files the movement before one that it can't see, and values both wrongly.
	"""
	if not doc.get("set_posting_time") and str(doc.posting_date) == nowdate():
		doc.posting_time = nowtime()


def settle(doc) -> None:
	"""After ERPNext moved the stock: write what is locked, on hand and demanded into the Bins and the ledger
	of locks.

	Raises: StockIsLocked naming item, warehouse and holders when less is left on hand than is locked.
	"""
	before: _Before | None = alongside(doc).take("before_movement")
	if before is None:
		return
	alongside_request().coming_in.discard((doc.doctype, doc.name))
	take_from_locks.done(doc)
	restore(doc, __name__, _NATIVE)
	if doc.docstatus.is_cancelled():
		take_from_locks.give_back(doc)
	served, rows = (_orders(doc), _order_rows(doc)) if before.figures else ((), ())
	after = movement.bin_figures(before.bins.values(), served, rows)
	refuse(taken(key, after.there[key], after.locked[key]) for key in _short(before.figures, after))
	refuse(_lots_taken(doc, after))
	refuse(_bad_lots_sent(doc, after))
	demand = _demand_now(before.figures, after) if before.figures else None
	stale = [row for row in after.bins.values() if _differs(row, after, demand)]
	reservations.sync_bins(stale, after.locked, demand, after.on_hand)
	if before.figures:
		_log_changes(doc, before.figures.locks, after.locks)
	if _brings_stock_in(doc):
		serve.serve_soon()


def bin_keys(doc) -> set[BinKey]:
	"""Every (item, warehouse) of the document and its rows."""
	keys = set()
	for row in (doc, *_rows(doc)):
		items = {row.get(field) for field in _ITEM_FIELDS}
		warehouses = {row.get(field) for field in _WAREHOUSE_FIELDS}
		keys |= {(item, warehouse) for item in items for warehouse in warehouses if item and warehouse}
	if doc.doctype in _USE_UP_AT_SUPPLIER and doc.supplier_warehouse:
		keys |= {(row.rm_item_code, doc.supplier_warehouse) for row in doc.get("supplied_items") or ()}
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


def _brings_stock_in(doc) -> bool:
	"""Whether the document may have put something on a shelf. Who is woken for nothing finds nothing."""
	if doc.docstatus.is_cancelled() or doc.get("is_return"):
		return True
	if doc.doctype in ("Delivery Note", "Sales Invoice"):
		return any(row.get("target_warehouse") for row in _rows(doc))
	if doc.doctype == "Stock Entry":
		return any(row.t_warehouse for row in doc.items)
	return True


def _demand_now(before: StockFigures, after: StockFigures) -> dict[BinKey, float]:
	"""The open demand of each Bin: what others ask stays, what the served orders ask is read again."""
	return {
		key: rounded(row.demand_stock + after.demand.get(key, 0.0) - before.demand.get(key, 0.0))
		for key, row in before.bins.items()
	}


def _differs(row: BinRow, after: StockFigures, demand: dict[BinKey, float] | None) -> bool:
	"""Whether ERPNext left a wrong figure in the Bin."""
	pairs = [(row.reserved_stock, after.locked[row.key]), (row.on_hand_stock, after.on_hand[row.key])]
	if demand is not None:
		pairs.append((row.demand_stock, demand[row.key]))
	return any(rounded(written - right) for written, right in pairs)


def _short(before: StockFigures | None, after: StockFigures) -> list[BinKey]:
	"""Where less is on hand than is locked, by this document and not by an older wrong.

	Where nothing is locked, stock may go below zero if ERPNext lets it.
	"""
	missing = {key: before.locked[key] - before.there[key] for key in before.bins} if before else {}
	return [
		key
		for key in after.bins
		if is_positive(after.locked[key])
		and is_positive(after.locked[key] - after.there[key] - max(missing.get(key, 0.0), 0.0))
	]


def _lots_taken(doc, after: StockFigures) -> list[RuleViolation]:
	"""Batches and serial numbers that are locked and would not be there any more.

	ERPNext 15 adds them up from the transaction's snapshot, without what others did since; 16 does not look.
	"""
	in_batches = {key for key in after.in_batches if is_positive(after.locked[key])}
	in_serials = {key for key in after.in_serials if is_positive(after.locked[key])}
	batches_taken = batches.taken_below_held(
		doc.doctype, doc.name, in_batches, is_cancelled=doc.docstatus.is_cancelled()
	)
	brings = after.in_serials and doc.docstatus.is_submitted()
	inward_order = doc.get("subcontracting_inward_order") or ""
	brought = serial_moves.brought_from_locks(doc.doctype, doc.name, inward_order) if brings else {}
	found = {**batches_taken, **batches.gone_but_held(in_serials), **brought}
	return [lots_locked(key, names) for key, names in found.items()]


def _bad_lots_sent(doc, after: StockFigures) -> list[RuleViolation]:
	"""Batches that must not be sent and that ERPNext chose by itself, where nobody named one."""
	is_sent = doc.doctype in ("Delivery Note", "Sales Invoice") and not doc.is_return
	if not (is_sent and doc.docstatus.is_submitted() and (after.in_batches or after.in_serials)):
		return []
	return [
		RuleViolation("bad_lot_sent", item=item, warehouse=warehouse, lot=lot)
		for item, warehouse, lot in bad_lots.left_with(doc.doctype, doc.name)
	]


def _log_changes(doc, before: dict[str, OpenLock], after: dict[str, OpenLock]) -> None:
	changes = []
	# Only deliveries change what a lock held before or hold again; a new entry has told of itself.
	is_delivery = doc.doctype in ("Delivery Note", "Sales Invoice")
	for name in sorted(before.keys() | after.keys() if is_delivery else before.keys()):
		lock = after.get(name) or before[name]
		held_before = before[name].qty_stock if name in before else 0.0
		held_after = after[name].qty_stock if name in after else 0.0
		if rounded(held_after - held_before):
			changes.append((lock, rounded(held_after - held_before)))
	reason = said.keep(sayings.moved_by, doctype=doc.doctype, name=doc.name)
	events.changed("Delivered", [it for it in changes if it[1] < 0], reason)
	events.changed("Returned", [it for it in changes if it[1] > 0], reason)
