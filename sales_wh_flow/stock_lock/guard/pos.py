"""A sale at a till takes no unit that is locked.

Its goods leave the shop at once and the stock ledger only when the day is closed, so nothing else would stop
it: ERPNext counts what is on hand and what other tills have sold, not what is reserved. The order that a sale
names has no part in it: the invoice of the closing does not name it, and could not take its locks.
"""

from collections import defaultdict
from collections.abc import Iterator

from sales_wh_flow.base import hold_rows
from sales_wh_flow.base.alongside import alongside
from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.hold_rows import BinRow
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_less, is_positive
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import STOCK_LOCK, is_on
from sales_wh_flow.stock_lock.guard import movements
from sales_wh_flow.stock_lock.guard.words_of_locks import lots_locked, taken
from sales_wh_flow.stock_lock.store import batches, delivered, pos_sales, reservations


def tills_changed() -> None:
	"""A till was set up: what it sells is locked for nobody from now on."""
	pos_sales.forget_tills()


def list_bundle_parts(doc) -> None:
	"""A till takes out the parts of its bundles: early ERPNext 15 lists them in the invoice of the closing
	alone. Where ERPNext has listed them already they stay as they are.
	"""
	if is_on(STOCK_LOCK):
		doc.update_packing_list()


def hold_till_bins(doc) -> None:
	"""Before a POS Invoice is submitted: hold its Bins, as every document does that takes stock out.

	Raises: StockIsLocked for a batch or serial number that is locked, naming its holders.
	"""
	if is_on(STOCK_LOCK) and not doc.is_return:
		bins = hold_rows.hold_bins(movements.bin_keys(doc))
		alongside(doc).bins = bins
		refuse(_lots_taken(doc, {key for key, row in bins.items() if is_positive(row.reserved_stock)}))


def check_tills(doc) -> None:
	"""After it: what tills have sold and orders have locked is there.

	Raises: StockIsLocked naming item, warehouse and holders.
	"""
	bins: dict[BinKey, BinRow] | None = alongside(doc).take("bins")
	if not bins:
		return
	locked = reservations.open_by_bin(bins.values())
	sold = pos_sales.not_closed({key for key, qty in locked.items() if is_positive(qty)})
	refuse(
		taken(key, bins[key].on_hand_stock - qty, locked[key])
		for key, qty in sold.items()
		if is_positive(locked[key] + qty - bins[key].on_hand_stock)
	)


def _lots_taken(doc, keys: set[BinKey]) -> Iterator[RuleViolation]:
	"""Batches and serial numbers that this sale names and that locks need.

	``keys``: Bins of which something is locked. No statement where there is none.
	"""
	sold = {which: qty for which, qty in _lots_sold(doc).items() if which[0] in keys} if keys else {}
	held = batches.held_of(sold) if sold else {}
	if not held:
		return
	there, gone = batches.on_hand_of(held), pos_sales.lots_not_closed(key for key, _lot in held)
	for which, qty in held.items():
		left = there.get(which, 0.0) - gone.get(which, 0.0) - sold.get(which, 0.0)
		if is_less(left, qty):
			yield lots_locked(which[0], [which[1]])


def _lots_sold(doc) -> dict[tuple[BinKey, str], float]:
	rows = (*doc.items, *doc.packed_items)
	lots = delivered.lots_of_rows([(row, row.get("stock_qty") or row.qty) for row in rows])
	found: dict[tuple[BinKey, str], float] = defaultdict(float)
	for row, of_row in zip(rows, lots, strict=True):
		for lot, qty in of_row.items():
			found[(row.item_code, row.warehouse), lot] += qty
	return found
