"""What a delivery may not take because it has gone bad: what its rows name, and what is locked for them."""

from collections.abc import Iterator, Sequence

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_less, is_positive, rounded
from sales_wh_flow.stock_lock import leave_bad_lots
from sales_wh_flow.stock_lock.rules.lots import Leaving
from sales_wh_flow.stock_lock.store import bad_lots, batches
from sales_wh_flow.stock_lock.store.delivered import LotRow, RowLock


def gone_bad(
	rows: Sequence, leaving: Sequence[Leaving], locks: Sequence[RowLock], lots: Sequence[LotRow]
) -> list[RuleViolation]:
	"""What a row names of bad batches, and what is locked of them for a row that names none: ERPNext would
	say that so much is not there, although the order holds it.
	"""
	named = {lot: row.row for row, it in zip(rows, leaving, strict=True) for lot, _qty in it.lots}
	bad = bad_lots.among({*named, *(lot.lot for lot in lots if is_positive(lot.open_stock))})
	if not bad:
		return []
	unnamed = [row for row, it in zip(rows, leaving, strict=True) if not it.lots]
	return [
		*(leave_bad_lots.violation(named[lot], lot) for lot in sorted(bad & named.keys())),
		*_locked_of_bad(unnamed, bad, locks, lots),
	]


def _locked_of_bad(
	rows: Sequence, bad: set[str], locks: Sequence[RowLock], lots: Sequence[LotRow]
) -> Iterator[RuleViolation]:
	free = batches.free_batches({(row.row.item_code, row.row.warehouse) for row in rows}, "FIFO")
	for row in rows:
		names = {lock.name for lock in locks if lock.what == row.what}
		own = [lot for lot in lots if lot.lock in names and is_positive(lot.open_stock)]
		of_bad = [lot for lot in own if lot.lot in bad]
		good = sum(lot.open_stock for lot in own if lot.lot not in bad)
		others = sum(lot.qty_stock for lot in free.get((row.row.item_code, row.row.warehouse), ()))
		if of_bad and is_less(good + others, row.qty_stock):
			yield RuleViolation(
				"locked_lot_is_bad",
				idx=row.row.idx,
				item=row.row.item_code,
				lots=tuple(sorted({lot.lot for lot in of_bad})),
				bad=rounded(sum(lot.open_stock for lot in of_bad)),
				good=rounded(good),
			)
