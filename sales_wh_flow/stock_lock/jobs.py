"""What runs in the background for locks. Every job may be run twice, and may be killed anywhere."""

from collections.abc import Callable

import frappe
from frappe import _
from frappe.utils import now_datetime

from sales_wh_flow.base import retry
from sales_wh_flow.base.retry_each import each_alone
from sales_wh_flow.base.settings import STOCK_LOCK, is_on
from sales_wh_flow.stock_lock import expire, leave_bad_lots, repair, words


def expire_locks() -> dict[str, float]:
	"""End the locks that are over by the Stock Lock Policies, warn of those that end soon, and lock good
	batches instead of bad ones. Returns {order: quantity freed}.
	"""
	now = now_datetime()
	looked_at = each_alone(
		((name,) for name in expire.orders_to_look_at(now)),
		lambda name: expire.expire_order(name, now),
		_("Locks of {0} could not expire"),
	)
	freed = {name: outcome.freed_stock for (name,), outcome in looked_at if outcome and outcome.freed_stock}
	for name, qty in leave_what_has_gone_bad().items():
		freed[name] = freed.get(name, 0.0) + qty
	return freed


def leave_what_has_gone_bad() -> dict[str, float]:
	"""Lock good batches instead of bad ones, and nothing of items that nobody may sell any more. Asked for
	when somebody says that a batch or item is bad; what goes bad by its date is found by the hour. Returns
	{order: quantity that was bad}.
	"""
	looked_at = each_alone(
		((name,) for name in leave_bad_lots.orders_with_bad_lots()),
		leave_bad_lots.leave_bad_lots,
		_("Locks of {0} could not leave what has gone bad"),
	)
	return {name: qty or 0.0 for (name,), qty in looked_at}


def repair_drift(only: Callable[[repair.Report], repair.Report] | None = None) -> repair.Report:
	"""Compare Bins, order lines and locks, mend what differs, and report it; a clean day writes nothing.

	``only``: somebody asked for it, and this is what the rights leave of it; lines of finished orders are
	looked at then, too.
	"""
	if not is_on(STOCK_LOCK):
		return repair.Report((), (), ())
	report = repair.look_for_drift(of_all=bool(only))
	if only:
		report = only(report)
	if not report.is_clean:
		retry.from_a_fresh_transaction(lambda: _mend(report))
	return report


def _mend(report: repair.Report) -> None:
	"""Mended figures and their report stay together."""
	repair.mend(report)
	frappe.log_error(_("Stock locks had drifted and were mended"), "\n".join(words.mended(report)))
