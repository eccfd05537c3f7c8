"""Refuse what is locked for others before ERPNext does: its own refusal names nobody who has it, and says of
a serial number on the shelf that it is not there.

Nothing is let through here; what is left is judged once more when the goods have moved.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping

from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.hold_rows import BinRow
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_less, is_positive, rounded
from sales_wh_flow.stock_lock.guard.words_of_locks import lots_locked, taken
from sales_wh_flow.stock_lock.store import batches, delivered, for_production, movement
from sales_wh_flow.stock_lock.store.movement import StockFigures

_RESERVED_FOR = {
	"work_order": "Work Order",
	"subcontracting_order": "Subcontracting Order",
	"subcontracting_inward_order": "Subcontracting Inward Order",
}
"""The fields of a Stock Entry, or of rows of a Subcontracting Receipt, that name for whom ERPNext 16 may have
reserved what it moves.
"""
_SOLD = (
	("items", "stock_qty", "warehouse", "target_warehouse"),
	("packed_items", "qty", "warehouse", "target_warehouse"),
)
_BOUGHT = (("items", "stock_qty", "from_warehouse", "warehouse"),)
_MOVES = {
	"Delivery Note": _SOLD,
	"Sales Invoice": _SOLD,
	"Purchase Receipt": _BOUGHT,
	"Purchase Invoice": _BOUGHT,
	"Stock Entry": (("items", "transfer_qty", "s_warehouse", "t_warehouse"),),
	"Subcontracting Receipt": (("items", "qty", "", "warehouse"),),
}
"""(table, field of the quantity, of the warehouse that it leaves, of the one that it comes into)"""


def taken_of_others(
	doc, bins: Mapping[BinKey, BinRow], left_locked: Mapping[BinKey, float], before: StockFigures | None
) -> list[RuleViolation]:
	"""What the document takes although it is there and locked for others.

	``left_locked``: what is locked once the document's own orders have given what it takes of theirs, where
	that differs from the Bin. No statement where nothing is locked; one where a row names a batch or serial
	number of a Bin with locks; one more for what is refused, and for a document that has something reserved.
	"""
	leaving = list(_leaving(doc))
	out = _sums((key, qty) for key, qty, _row in leaving)
	locked = {key: left_locked.get(key, row.reserved_stock) for key, row in bins.items()}
	short = [
		key
		for key, qty in out.items()
		if is_positive(qty)
		and is_positive(locked.get(key, 0.0))
		and is_less(bins[key].on_hand_stock - qty, locked[key])
	]
	own = _reserved_for(doc) if any(map(is_positive, locked.values())) else {}
	found = list(_of_bins(short, out, own, bins, before)) if short else []
	done = {violation.data["item"] for violation in found} | {item for item, _warehouse in own}
	lots = _lots(leaving, {key for key, qty in locked.items() if is_positive(qty) and key[0] not in done})
	return [*found, *(_of_lots(lots) if lots else ())]


def _reserved_for(doc) -> dict[BinKey, float]:
	"""What ERPNext gives the document while it moves the goods, so that it is nobody else's."""
	rows = {"Stock Entry": [doc], "Subcontracting Receipt": doc.get("items")}.get(doc.doctype, ())
	return for_production.reserved_for(
		{(kind, row.get(field)) for row in rows for field, kind in _RESERVED_FOR.items() if row.get(field)}
	)


def _of_bins(
	keys: list[BinKey],
	out: Mapping[BinKey, float],
	own: Mapping[BinKey, float],
	bins: Mapping[BinKey, BinRow],
	before: StockFigures | None,
) -> Iterator[RuleViolation]:
	now = movement.bin_figures(bins[key] for key in keys)
	for key in keys:
		there = now.there.get(key, 0.0)
		locked = rounded(now.locked.get(key, 0.0) - min(own.get(key, 0.0), out[key]))
		wrong = max(before.locked[key] - before.there[key], 0.0) if before and key in before.there else 0.0
		left = rounded(there - out[key])
		if is_positive(locked) and not is_less(left, 0.0) and is_less(left + wrong, locked):
			yield taken(key, left, locked)


def _of_lots(lots: Mapping[tuple[BinKey, str], float]) -> list[RuleViolation]:
	"""Lots of rows that serve no order; those of orders are looked at where their locks give them."""
	held = batches.held_of(lots)
	there = batches.on_hand_of(held) if held else {}
	names: dict[BinKey, list[str]] = defaultdict(list)
	for (key, lot), locked in held.items():
		left = rounded(there.get((key, lot), 0.0) - lots[key, lot])
		if not is_less(left, 0.0) and is_less(left, locked):
			names[key].append(lot)
	return [lots_locked(key, found) for key, found in names.items()]


def _lots(leaving, keys: set[BinKey]) -> dict[tuple[BinKey, str], float]:
	"""How much leaves of each lot that a row names, less what the same document brings back of it."""
	rows = [(key, qty, row) for key, qty, row in leaving if key in keys and not row.get("so_detail")]
	lots = delivered.lots_of_rows([(row, abs(qty)) for _key, qty, row in rows])
	totals = _sums(
		((key, lot), math.copysign(of_lot, qty))
		for (key, qty, _row), of_row in zip(rows, lots, strict=True)
		for lot, of_lot in of_row.items()
	)
	return {which: qty for which, qty in totals.items() if is_positive(qty)}


def _leaving(doc) -> Iterator[tuple[BinKey, float, object]]:
	"""(Bin, quantity in stock UOM that leaves it, its row); what comes in is below zero."""
	for table, qty_field, out_of, into in _MOVES.get(doc.doctype, ()):
		for row in doc.get(table) or ():
			qty = row.get(qty_field) or 0.0
			yield (row.item_code, row.get(out_of)), qty, row
			yield (row.item_code, row.get(into)), -qty, row
	if doc.doctype == "Subcontracting Receipt":
		for row in doc.supplied_items:
			yield (row.rm_item_code, doc.supplier_warehouse), row.consumed_qty or 0.0, row


def _sums(pairs) -> dict:
	totals: dict = defaultdict(float)
	for key, qty in pairs:
		totals[key] += qty
	return {key: rounded(qty) for key, qty in totals.items()}
