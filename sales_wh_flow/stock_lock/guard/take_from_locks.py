"""What a delivery takes is taken out of the locks of its order, before the stock ledger looks whether locked
stock is taken; its cancel locks it again.

ERPNext lowers the reservations of lines by the batches of a bundle only, where there is one, and knows no
components of product bundles. So the flow does it for all of them, in one step.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence

from sales_wh_flow.base import said
from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.compat import line_reserved_is_net
from sales_wh_flow.base.native_checks import restore, waive
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.serial_nos import each_serial, typed_lots
from sales_wh_flow.order.store import lines as orders
from sales_wh_flow.stock_lock import sayings
from sales_wh_flow.stock_lock.guard import leave_no_bad_lots
from sales_wh_flow.stock_lock.rules import lots as rules
from sales_wh_flow.stock_lock.rules.lots import Holding, Leaving, Swap
from sales_wh_flow.stock_lock.store import batches, delivered, events, reservations, split_serials
from sales_wh_flow.stock_lock.store.delivered import LotRow, RowLock
from sales_wh_flow.stock_lock.store.movement import StockFigures

_NATIVE = "update_stock_reservation_entries"


def take_from_own_locks(doc, before: StockFigures | None) -> dict[BinKey, float]:
	"""What the document takes of its orders' locks is theirs no longer. Returns what is locked now in the
	Bins that gave something.

	Raises: ValidationError for what is locked in another warehouse than it is taken from, and for a batch or
	serial number that is neither locked for the row nor free.
	"""
	if not _delivers(doc):
		return {}
	waive(doc, __name__, _NATIVE)
	rows = _rows(doc)
	if not rows or not before or not before.locks:
		return {}
	locks = [lock for lock in _locks(rows) if is_positive(lock.open_stock)]
	refuse(_elsewhere(rows, locks))
	kept_by_lot = before.in_batches | before.in_serials
	lots = delivered.lot_rows(lock.name for lock in locks if lock.key in kept_by_lot)
	_name_locked_lots(rows, locks, lots, before.in_serials)
	leaving = _leaving(rows, bool(lots))
	refuse(leave_no_bad_lots.gone_bad(rows, leaving, locks, lots))
	if let_locks_follow(doc, leaving, locks, lots):
		lots = delivered.lot_rows(lock.name for lock in locks)
	holding = [
		Holding(lock.name, lock.what, lock.open_stock, _lots(lots, lock, lambda row: row.open_stock))
		for lock in locks
	]
	taken, moved = rules.take_from_locks(leaving, holding)
	delivered.add_delivered(taken, locks)
	delivered.add_delivered_lots(moved)
	split_serials.split_entries(taken)
	_write_lines(taken, locks)
	left = dict(before.locked)
	for lock in locks:
		left[lock.key] = rounded(left.get(lock.key, 0.0) - taken.get(lock.name, 0.0))
	touched = {lock.key for lock in locks if lock.name in taken}
	reservations.sync_bins([before.bins[key] for key in touched if key in before.bins], left)
	return {key: left[key] for key in touched}


def give_back(doc) -> None:
	"""A delivery is cancelled: what it took of its orders' locks is locked again."""
	if not _delivers(doc):
		return
	rows = _rows(doc)
	locks = [lock for lock in _locks(rows) if is_positive(lock.delivered_stock)]
	lots = delivered.lot_rows(lock.name for lock in locks)
	holding = [
		Holding(
			lock.name, lock.what, lock.delivered_stock, _lots(lots, lock, lambda row: row.delivered_stock)
		)
		for lock in locks
	]
	taken, moved = rules.take_from_locks(_leaving(rows, bool(lots)), holding)
	delivered.add_delivered({name: -qty for name, qty in taken.items()}, locks)
	delivered.add_delivered_lots({row: -qty for row, qty in moved.items()})
	split_serials.split_entries(taken)
	_write_lines(taken, locks)


def keep_erpnext_from_giving_back(doc) -> None:
	"""Before ERPNext cancels: it would lower what was delivered of the locks as well."""
	if _delivers(doc):
		waive(doc, __name__, _NATIVE)


def done(doc) -> None:
	"""ERPNext's own step is the document's again."""
	restore(doc, __name__, _NATIVE)


class _Row:
	"""A row of a delivery that serves an order line, or a packed item that is a component of its bundle."""

	def __init__(self, row, line: str, qty_stock: float, *, is_part: bool):
		self.row, self.line, self.qty_stock, self.is_part = row, line, qty_stock, is_part
		self.what = (line, row.item_code, row.warehouse)


def _delivers(doc) -> bool:
	return doc.doctype in ("Delivery Note", "Sales Invoice") and not doc.is_return


def _rows(doc) -> list[_Row]:
	lines = {row.name: row.so_detail for row in doc.items if row.so_detail}
	packed = [row for row in doc.get("packed_items") or () if row.parent_detail_docname in lines]
	return [
		*(_Row(row, row.so_detail, row.stock_qty, is_part=False) for row in doc.items if row.so_detail),
		*(_Row(row, lines[row.parent_detail_docname], row.qty, is_part=True) for row in packed),
	]


def _name_locked_lots(
	rows: Sequence[_Row], locks: Sequence[RowLock], lots: Sequence[LotRow], in_serials: set[BinKey]
) -> None:
	"""Rows that name no batch or serial number take those that are locked for them, by name: ERPNext would
	choose others, and give no serial number of a bundle back when the document is cancelled. Rows that name
	too few serial numbers are filled up so: ERPNext names those that are free, though they are not enough.
	"""
	left = {row.row: row.open_stock for row in lots}
	named_already = {serial for row in rows for serial in each_serial(row.row.serial_no)}
	for row in rows:
		is_serial = row.what[1:] in in_serials
		typed = each_serial(row.row.serial_no) if is_serial else ()
		if row.row.serial_and_batch_bundle or row.row.batch_no or len(typed) >= row.qty_stock:
			continue
		names = {lock.name for lock in locks if lock.what == row.what}
		own = [lot for lot in lots if lot.lock in names and is_positive(left[lot.row])]
		if is_serial:
			missing = int(row.qty_stock) - len(typed)
			chosen = [lot for lot in own if lot.lot not in named_already][:missing]
			chosen = chosen if len(chosen) == missing else []
			named = {"serial_no": "\n".join((*typed, *(lot.lot for lot in chosen)))}
		else:
			chosen = [lot for lot in own if not is_positive(row.qty_stock - left[lot.row])][:1]
			named = {"batch_no": chosen[0].lot} if chosen else {}
		if chosen:
			row.row.update({"use_serial_batch_fields": 1, **named})
			for lot in chosen:
				left[lot.row] = rounded(left[lot.row] - (1.0 if is_serial else row.qty_stock))


def _elsewhere(rows: Iterable[_Row], locks: Iterable[RowLock]) -> list[RuleViolation]:
	where: dict[tuple[str, str], list[str]] = defaultdict(list)
	for lock in locks:
		where[lock.line, lock.item_code].append(lock.warehouse)
	return [
		_locked_elsewhere(row, tuple(dict.fromkeys(found)))
		for row in rows
		if (found := where.get(row.what[:2])) and row.row.warehouse not in found
	]


def _locked_elsewhere(row: _Row, places: tuple[str, ...]) -> RuleViolation:
	facts = {
		"idx": row.row.idx,
		"item": row.row.item_code,
		"warehouse": row.row.warehouse,
		"locked_in": places,
	}
	if row.is_part:
		return RuleViolation("part_locked_elsewhere", bundle=row.row.parent_item, **facts)
	return RuleViolation("line_locked_elsewhere", **facts)


def let_locks_follow(
	doc, leaving: Sequence[Leaving], locks: Sequence[RowLock], lots: Sequence[LotRow]
) -> bool:
	"""The locks hold what leaves, where it is free for them; whether one had to change.

	Raises: StockIsLocked naming what is not free.
	"""
	holding = [
		Holding(lock.name, lock.what, lock.open_stock, _lots(lots, lock, lambda row: row.open_stock))
		for lock in locks
	]
	swaps = rules.swaps(leaving, holding, {row.row: row.qty_stock for row in lots})
	if not swaps:
		return False
	by_name = {lock.name: lock for lock in locks}
	places = {lock.name: lock.key for lock in locks}
	items = orders.items_of(lock.item_code for lock in locks)
	serials = {swap for swap in swaps if items[by_name[swap.lock].item_code].has_serial_no}
	keys = {places[swap.lock] for swap in swaps}
	has_serials = {places[swap.lock] for swap in serials}
	free = {
		(key, lot.serial_no or lot.batch_no): lot.qty_stock
		for found in (
			batches.free_batches(keys - has_serials, "FIFO"),
			batches.free_serials(has_serials, "FIFO"),
		)
		for key, entries in found.items()
		for lot in entries
	}
	refuse(_lots_not_free(rules.not_free(swaps, places, free), {lock.order for lock in locks}))
	delivered.swap_lots([swap for swap in swaps if swap not in serials], are_serials=False)
	delivered.swap_lots([swap for swap in swaps if swap in serials], are_serials=True)
	_log(doc, swaps, by_name)
	return True


def _lots_not_free(found: Iterable[tuple[BinKey, str]], own: Collection[str]) -> list[RuleViolation]:
	"""``own``: the orders whose goods leave; they are no others that hold something."""
	named: dict[BinKey, list[str]] = defaultdict(list)
	for key, lot in found:
		named[key].append(lot)
	return [_lot_not_free(key, tuple(lots), own) for key, lots in named.items()]


def _lot_not_free(key: BinKey, lots: tuple[str, ...], own: Collection[str]) -> RuleViolation:
	facts = {"item": key[0], "warehouse": key[1], "entries": lots}
	if holders := batches.holders_of(*key, lots, but_for=own):
		return RuleViolation("lots_not_free", holders=holders, **facts)
	return RuleViolation("lots_not_there", **facts)


def _log(doc, swaps: Iterable[Swap], locks: dict[str, RowLock]) -> None:
	"""No quantity changes; the ledger says which batch or serial number the lock holds now, and why."""
	events.followed(
		(
			_as_open(locks[swap.lock]),
			said.keep(sayings.changed_lot, old=swap.old, new=swap.lot, doctype=doc.doctype, name=doc.name),
		)
		for swap in swaps
	)


def _as_open(lock: RowLock) -> reservations.OpenLock:
	return reservations.OpenLock(
		name=lock.name,
		item_code=lock.item_code,
		warehouse=lock.warehouse,
		sales_order=lock.order,
		sales_order_item=lock.row,
		qty_stock=lock.open_stock,
		reserved_stock=lock.reserved_stock,
	)


def _write_lines(taken: Iterable[str], locks: Iterable[RowLock]) -> None:
	"""ERPNext 16 says on a line what it still holds, earlier ones what was ever reserved for it."""
	if line_reserved_is_net():
		names = set(taken)
		reservations.sync_lines_of(lock.order for lock in locks if lock.name in names)


def _locks(rows: Iterable[_Row]) -> list[RowLock]:
	return delivered.locks_of_lines(row.line for row in rows)


def _lots(rows: Iterable[LotRow], lock: RowLock, there: Callable) -> tuple[tuple[str, str, float], ...]:
	return tuple((row.row, row.lot, there(row)) for row in rows if row.lock == lock.name)


def _leaving(rows: Iterable[_Row], by_lot: bool) -> list[Leaving]:
	"""What leaves; ``by_lot``: with the batches and serial numbers that the document names."""
	named = delivered.lots_of_bundles(row.row.serial_and_batch_bundle for row in rows) if by_lot else {}
	return [
		Leaving(
			row.what,
			row.qty_stock,
			tuple((named.get(row.row.serial_and_batch_bundle) or _typed(row)).items()),
		)
		for row in rows
	]


def _typed(row: _Row) -> dict[str, float]:
	return typed_lots(row.row.serial_no, row.row.batch_no, row.qty_stock)
