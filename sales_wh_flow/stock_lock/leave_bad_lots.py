"""A batch that has gone bad under a lock is locked no longer: the order gets a good one, or waits for it.

So with an item that nobody may sell any more: its orders wait until it may be sold again.
"""

from sales_wh_flow.base import background, hold_rows, said
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.serial_nos import each_serial
from sales_wh_flow.base.settings import STOCK_LOCK, is_on
from sales_wh_flow.order import refresh_status
from sales_wh_flow.order.store import lines
from sales_wh_flow.stock_lock import hold_locks, release, sayings
from sales_wh_flow.stock_lock import lock as lock_stock
from sales_wh_flow.stock_lock.store import bad_lots, events, reservations


def orders_with_bad_lots() -> list[str]:
	"""Orders whose locks hold what has gone bad. Plain reads; changes nothing."""
	return bad_lots.orders_holding_some() if is_on(STOCK_LOCK) else []


def leave_bad_lots(name: str) -> float:
	"""End what one order holds of bad batches and lock good ones. Returns what was bad, in stock UOM.

	Call it before anything else has locked a Bin. The flow status is written where something has changed.
	"""
	hold_rows.hold_order_row(name)
	if not bad_lots.held_bad_lots(name):
		return 0.0
	hold_locks.hold_locks_of([name], lines.bin_keys_of(name))
	found = bad_lots.held_bad_lots(name, for_decision=True)
	held = {lock.name: lock for lock in reservations.open_of_order(name, for_update=True)}
	ended = release.reduce_locks(name, {lock: held[lock].qty_stock for lock in found if lock in held})
	for lock in ended:
		reason = said.keep(sayings.lots_gone_bad, lots=list(found[lock.name]))
		events.changed("Expired", [(lock, -lock.qty_stock)], reason)
	rows = {lock.sales_order_item for lock in ended}
	order = hold_rows.held_document("Sales Order", name)
	lock_stock.more(order, said.keep(sayings.instead_of_gone_bad), rows)
	refresh_status.refresh_order(name)
	return sum(lock.qty_stock for lock in ended)


def batch_changed(doc) -> None:
	"""Somebody saved a batch: where it has gone bad by that, the locks leave it once that is committed."""
	if _has_changed(doc, "disabled", "expiry_date", "swf_quality_hold") and bad_lots.among([doc.name]):
		_leave_soon()


def item_changed(doc) -> None:
	"""Somebody saved an item: where nobody may sell it any more by that, its locks end once that is
	committed.
	"""
	if _has_changed(doc, "disabled", "end_of_life") and bad_lots.ended_among([doc.name]):
		_leave_soon()


def _has_changed(doc, *fields: str) -> bool:
	"""Whether one of them says something else than before; what is new is locked for nobody yet."""
	return bool(doc.get_doc_before_save()) and any(doc.has_value_changed(field) for field in fields)


def _leave_soon() -> None:
	if is_on(STOCK_LOCK):
		background.owe("sales_wh_flow.stock_lock.jobs.leave_what_has_gone_bad", job_id="leave_bad_lots")


def refuse_to_pick(doc) -> None:
	"""What is picked to be moved or used is ERPNext's to judge.

	Raises: ValidationError naming every row of a Pick List for customers that names a bad batch, or an item
	that nobody may sell any more.
	"""
	if doc.purpose != "Delivery" or not is_on(STOCK_LOCK):
		return
	named = {lot: row for row in doc.locations for lot in (row.batch_no, *each_serial(row.serial_no)) if lot}
	ended = bad_lots.ended_among(row.item_code for row in doc.locations)
	refuse(
		[
			*(violation(named[lot], lot) for lot in sorted(bad_lots.among(named))),
			*(
				RuleViolation("ended_item", idx=row.idx, item=row.item_code)
				for row in doc.locations
				if row.item_code in ended
			),
		]
	)


def violation(row, lot: str) -> RuleViolation:
	"""One row that names a bad batch, or a serial number of one."""
	return RuleViolation("bad_lot", idx=row.idx, item=row.item_code, lot=lot, warehouse=row.warehouse)
