"""What of a Bin is there at this moment.

ERPNext's ``Bin.actual_qty`` and the last balance in the stock ledger count entries that are dated in the
future. What comes next week can't be picked today, and what leaves next week is promised to somebody.
"""

from datetime import timedelta

import frappe
from frappe.utils import now_datetime

_AHEAD = timedelta(minutes=70)
"""What was posted just now is there: clocks of several machines differ by minutes, and where summer time ends
the site's clock is set back by an hour.
"""

_THERE = """coalesce((
	select least({at_most}, min(later.qty_after_transaction), coalesce((
		select sle.qty_after_transaction from `tabStock Ledger Entry` sle
		where sle.item_code = {bin}.item_code and sle.warehouse = {bin}.warehouse and sle.is_cancelled = 0
			and sle.posting_datetime <= {soon}
		order by sle.posting_datetime desc, sle.creation desc limit 1 {lock}), 0))
	from `tabStock Ledger Entry` later
	where later.item_code = {bin}.item_code and later.warehouse = {bin}.warehouse and later.is_cancelled = 0
		and later.posting_datetime > {soon} {lock}), {at_most})"""


def now_sql(bin_alias: str, *, for_decision: bool = False, at_most: str = "") -> str:
	"""SQL for what is there now and stays there: the least that the ledger has from now on.

	``for_decision``: by locking reads, so that what others have committed meanwhile counts. ``at_most``: SQL
	for what is there in the end, else the Bin's own figure.
	"""
	lock = "lock in share mode" if for_decision else ""
	return _THERE.format(
		bin=bin_alias, soon=horizon_sql(), lock=lock, at_most=at_most or f"{bin_alias}.actual_qty"
	)


def horizon_sql() -> str:
	"""The moment up to which entries count, as SQL text; our own clock, so nothing of a user's is in it."""
	return frappe.db.escape(soon_value())


def soon_value() -> str:
	"""The moment up to which entries count, as a value to bind."""
	return str(now_datetime() + _AHEAD)
