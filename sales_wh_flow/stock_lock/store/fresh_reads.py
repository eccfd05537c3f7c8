"""Letting ERPNext's plain reads, which see the snapshot the transaction opened with, see what is true now."""

from collections.abc import Iterable

import frappe
from frappe.utils import now

from sales_wh_flow.base.compat import OPEN_LOCK_STATUSES, open_qty_sql
from sales_wh_flow.base.hold_rows import BinRow
from sales_wh_flow.stock_lock.store.reservations import DOCTYPE, OF_BINS


def bring_up_to_date(bins: Iterable[BinRow]) -> None:
	"""Let ERPNext's plain reads see the locks of these Bins as they are, not as they were when this
	transaction began: else a delivery uses up a lock that has ended meanwhile, overlooks a new one, or is
	refused for stock that was locked for another and has left with it.

	A row this transaction has written itself is read as it is. Two statements, two more when any is stale.
	"""
	names = tuple(row.name for row in bins)
	if not names:
		return
	seen, current = _figures_of(names, ""), _figures_of(names, "for update")
	stale = tuple(name for name in seen.keys() | current.keys() if seen.get(name) != current.get(name))
	if stale:
		stamp = now()
		frappe.db.sql(
			f"update `tab{DOCTYPE}` force index (primary) set modified = %s where name in %s", (stamp, stale)
		)
		frappe.db.sql(
			f"""update `tabSerial and Batch Entry` set modified = %s
			where parenttype = '{DOCTYPE}' and parent in %s""",
			(stamp, stale),
		)


def _figures_of(bins: tuple[str, ...], lock: str) -> dict[str, list[float]]:
	"""{entry: [what it was made for, what it holds]} of the open entries of these Bins."""
	rows = frappe.db.sql(
		f"select sre.name, sre.reserved_qty, {open_qty_sql('sre')} {OF_BINS} {lock}",
		(*OPEN_LOCK_STATUSES, bins),
	)
	return {name: figures for name, *figures in rows}
