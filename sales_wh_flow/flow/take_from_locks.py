"""Components of product bundles leave with their bundle.

ERPNext lowers the reservations of the lines a delivery names. What a bundle is made of is not among them, so
the flow does it, before the stock ledger looks whether locked stock is taken.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable

from sales_wh_flow.messages import refuse
from sales_wh_flow.rules import bundles as rules
from sales_wh_flow.rules.bundles import Holding, Leaving
from sales_wh_flow.rules.problems import RuleViolation
from sales_wh_flow.rules.quantities import is_positive, rounded
from sales_wh_flow.store import bundles, reservations
from sales_wh_flow.store.bundles import LotRow, PartLock
from sales_wh_flow.store.movement import Figures


def deliver(doc, before: Figures | None) -> None:
	"""What the document takes of locked components is theirs no longer.

	Raises: ValidationError for a component that is locked in another warehouse than it is taken from.
	"""
	parts = _parts(doc)
	if not parts or not before or not before.locks:
		return
	locks = [lock for lock in _locks(parts) if is_positive(lock.open_stock)]
	refuse(_elsewhere(parts, locks))
	lots = bundles.lot_rows(lock.name for lock in locks)
	holding = [
		Holding(lock.name, lock.what, lock.open_stock, _lots(lots, lock, lambda row: row.open_stock))
		for lock in locks
	]
	taken, moved = rules.take_from_locks(_leaving(parts, bool(lots)), holding)
	bundles.add_delivered(taken, locks)
	bundles.add_delivered_lots(moved)
	left = dict(before.locked)
	for lock in locks:
		key = (lock.item_code, lock.warehouse)
		left[key] = rounded(left.get(key, 0.0) - taken.get(lock.name, 0.0))
	touched = {(lock.item_code, lock.warehouse) for lock in locks if lock.name in taken}
	reservations.sync_bins([before.bins[key] for key in touched if key in before.bins], left)


def take_back(doc) -> None:
	"""A delivery is cancelled: what it took of locked components is locked again."""
	parts = _parts(doc)
	locks = [lock for lock in _locks(parts) if is_positive(lock.delivered_stock)]
	lots = bundles.lot_rows(lock.name for lock in locks)
	holding = [
		Holding(
			lock.name, lock.what, lock.delivered_stock, _lots(lots, lock, lambda row: row.delivered_stock)
		)
		for lock in locks
	]
	taken, moved = rules.take_from_locks(_leaving(parts, bool(lots)), holding)
	bundles.add_delivered({name: -qty for name, qty in taken.items()}, locks)
	bundles.add_delivered_lots({row: -qty for row, qty in moved.items()})


class _Part:
	"""A packed item of a delivery that is a component of an order line's bundle."""

	def __init__(self, row, line: str):
		self.row, self.line = row, line
		self.qty = row.qty
		self.what = (line, row.item_code, row.warehouse)


def _parts(doc) -> list[_Part]:
	if doc.doctype not in ("Delivery Note", "Sales Invoice") or doc.is_return:
		return []
	lines = {row.name: row.so_detail for row in doc.items if row.so_detail}
	packed = doc.get("packed_items") or ()
	return [
		_Part(row, lines[row.parent_detail_docname]) for row in packed if row.parent_detail_docname in lines
	]


def _elsewhere(parts: Iterable[_Part], locks: Iterable[PartLock]) -> list[RuleViolation]:
	where: dict[tuple[str, str], list[str]] = defaultdict(list)
	for lock in locks:
		where[lock.line, lock.item_code].append(lock.warehouse)
	return [
		RuleViolation(
			"part_locked_elsewhere",
			idx=part.row.idx,
			item=part.row.item_code,
			bundle=part.row.parent_item,
			warehouse=part.row.warehouse,
			locked_in=tuple(dict.fromkeys(found)),
		)
		for part in parts
		if (found := where.get(part.what[:2])) and part.row.warehouse not in found
	]


def _locks(parts: Iterable[_Part]) -> list[PartLock]:
	return bundles.locks_of_lines(part.line for part in parts)


def _lots(rows: Iterable[LotRow], lock: PartLock, there: Callable) -> tuple[tuple[str, str, float], ...]:
	return tuple((row.row, row.lot, there(row)) for row in rows if row.lock == lock.name)


def _leaving(parts: Iterable[_Part], by_lot: bool) -> list[Leaving]:
	"""What leaves; ``by_lot``: with the batches and serial numbers that the document names."""
	named = bundles.lots_of_bundles(part.row.serial_and_batch_bundle for part in parts) if by_lot else {}
	return [
		Leaving(
			part.what,
			part.qty,
			tuple((named.get(part.row.serial_and_batch_bundle) or _typed_lots(part.row)).items()),
		)
		for part in parts
	]


def _typed_lots(row) -> dict[str, float]:
	serials = (row.serial_no or "").split()
	if serials:
		return dict.fromkeys(serials, 1.0)
	return {row.batch_no: row.qty} if row.batch_no else {}
