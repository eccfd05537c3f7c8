"""Before ERPNext takes back what a document brought in: it would refuse what is locked without a name.

What ERPNext 16 reserved for production as the document brought it in ends with it, and is no obstacle.
"""

from collections.abc import Mapping

from sales_wh_flow.base.alongside import alongside
from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.stock_lock.guard.words_of_locks import lots_locked, taken
from sales_wh_flow.stock_lock.store import batches, for_production, movement


def refuse_what_is_locked(doc) -> None:
	"""Call it while the document's Bins are held, see `movements.hold_stock`.

	Raises: StockIsLocked naming item, warehouse and holders.
	"""
	before = alongside(doc).before_movement
	brought = movement.brought_in(doc.doctype, doc.name) if before else {}
	if not brought:
		return
	figures = movement.bin_figures(row for key, row in before.bins.items() if key in brought)
	ending = _ending_with(doc, {key for key, qty in figures.locked.items() if is_positive(qty)})
	locked = dict(figures.locked)
	for key, qty in ending.values():
		locked[key] = rounded(locked[key] - qty)
	refuse(
		taken(key, rounded(figures.there[key] - qty), locked[key])
		for key, qty in brought.items()
		if key in figures.bins
		and is_positive(locked[key])
		and is_positive(locked[key] - figures.there[key] + qty)
	)
	if any(is_positive(locked[key]) for key in (*figures.in_batches, *figures.in_serials)):
		refuse(_lots_brought_and_locked(doc, ending))


def _ending_with(doc, keys: set[BinKey]) -> dict[str, tuple[BinKey, float]]:
	if doc.doctype != "Stock Entry":
		return {}
	is_of_customer = doc.purpose == "Receive from Customer"
	rows = {row.scio_detail for row in doc.items if row.scio_detail} if is_of_customer else ()
	return for_production.ending_with(doc.name, rows, keys)


def _lots_brought_and_locked(doc, ending: Mapping[str, tuple[BinKey, float]]) -> list[RuleViolation]:
	"""Batches and serial numbers that a document brought in and that locks hold more of than was there."""
	brought = batches.lots_brought_in(doc.doctype, doc.name)
	held = batches.held_of(brought) if brought else {}
	there = batches.on_hand_of(held) if held else {}
	for entry, lots in batches.entries_of(ending).items():
		for lot in lots:
			which = (ending[entry][0], lot.serial_no or lot.batch_no)
			held[which] = held.get(which, 0.0) - lot.qty_stock
	found: dict[BinKey, list[str]] = {}
	for (key, lot), qty in held.items():
		left = there.get((key, lot), 0.0) - brought.get((key, lot), 0.0)
		if is_positive(qty) and is_positive(qty - left):
			found.setdefault(key, []).append(lot)
	return [lots_locked(key, lots) for key, lots in found.items()]
