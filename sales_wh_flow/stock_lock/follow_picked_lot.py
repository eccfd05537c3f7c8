"""A picker holds another batch or serial number than the locked one: the lock follows, where it is free."""

from collections.abc import Mapping, Sequence

from sales_wh_flow.base import hold_rows
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_positive
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.stock_lock.guard.take_from_locks import let_locks_follow
from sales_wh_flow.stock_lock.rules.lots import Leaving
from sales_wh_flow.stock_lock.store import bad_lots, delivered


def follow_picked_lot(
	doc, line: str, item_code: str, warehouse: str, lots: Sequence[Mapping[str, float]]
) -> bool:
	"""The locks of an order line hold the lots that a draft Pick List has for it from now on; whether one had
	to change. ``lots``: {batch or serial number: quantity in stock UOM} of each of the list's rows for the
	line. The caller holds the order's row.

	Raises: ValidationError for a lot that has gone bad; StockIsLocked for one that is neither locked for the
	line nor free, naming who has it.
	"""
	hold_rows.hold_bins([(item_code, warehouse)])
	named = {lot for part in lots for lot in part}
	bad = sorted(bad_lots.among(named))
	if bad:
		refuse(RuleViolation("found_lot_is_bad", item=item_code, lot=bad[0]))
	what = (line, item_code, warehouse)
	locks = [
		lock
		for lock in delivered.locks_of_lines([line])
		if lock.what == what and is_positive(lock.open_stock)
	]
	held = delivered.lot_rows(lock.name for lock in locks)
	if not held:
		return False
	leaving = [Leaving(what, sum(part.values()), tuple(part.items())) for part in lots]
	return let_locks_follow(doc, leaving, locks, held)
