"""Locks that end or shrink: whole orders, single entries, or a part of one.

Callers hold the rows of the orders and Bins, and bring lines and Bins in step afterwards.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import frappe
from frappe.utils import now

from sales_wh_flow.base.compat import consumed_columns
from sales_wh_flow.base.quantities import is_less, is_positive, rounded
from sales_wh_flow.stock_lock.store.reservations import DOCTYPE, OpenLock


def end_entries(names: Iterable[str]) -> None:
	"""End these open entries: untouched ones are cancelled, partly delivered ones keep what was delivered."""
	ended = tuple(names)
	if not ended:
		return
	used = " + ".join(consumed_columns())
	frappe.db.sql(
		"""update `tabSerial and Batch Entry` set qty = delivered_qty
		where parenttype = 'Stock Reservation Entry' and parent in %s and delivered_qty > 0""",
		(ended,),
	)
	# MariaDB assigns from left to right: the status is decided before the quantity changes.
	frappe.db.sql(
		f"""update `tab{DOCTYPE}` force index (primary) set
			status = if({used} > 0, 'Delivered', 'Cancelled'), docstatus = if({used} > 0, 1, 2),
			reserved_qty = if({used} > 0, {used}, reserved_qty), modified = %s, modified_by = %s
		where name in %s""",
		(now(), frappe.session.user, ended),
	)


def cut_entries(locks: Iterable[OpenLock], losses: Mapping[str, float]) -> list[OpenLock]:
	"""Take ``losses`` {entry: quantity} out of these open locks, never more than one holds.

	Returns what was really cut, as locks whose ``qty_stock`` is the loss. An entry that loses all it holds
	ends; another keeps the rest, and of its batches and serial numbers those that it names first.
	"""
	held = [(lock, rounded(min(losses.get(lock.name, 0.0), lock.qty_stock))) for lock in locks]
	losing = [(lock, qty) for lock, qty in held if is_positive(qty)]
	end_entries(lock.name for lock, qty in losing if not is_less(qty, lock.qty_stock))
	_shrink([(lock.name, qty) for lock, qty in losing if is_less(qty, lock.qty_stock)])
	return [replace(lock, qty_stock=qty) for lock, qty in losing]


def _shrink(losses: list[tuple[str, float]]) -> None:
	if not losses:
		return
	cases = " ".join("when %s then %s" for _ in losses)
	used = " + ".join(consumed_columns())
	frappe.db.sql(
		f"""update `tab{DOCTYPE}` force index (primary)
			set reserved_qty = reserved_qty - case name {cases} end,
			status = if({used} > 0, 'Partially Delivered', 'Partially Reserved'),
			modified = %s, modified_by = %s
		where name in %s""",
		(
			*(part for loss in losses for part in loss),
			now(),
			frappe.session.user,
			tuple(name for name, _qty in losses),
		),
	)
	_shrink_lots(dict(losses))


def _shrink_lots(losses: dict[str, float]) -> None:
	"""What is cut goes from the last batches and serial numbers that are not delivered: {entry: loss}."""
	rows = frappe.db.sql(
		"""select name, parent, qty - delivered_qty from `tabSerial and Batch Entry`
		where parenttype = 'Stock Reservation Entry' and parent in %s and qty > delivered_qty
		order by parent, idx desc, name desc for update""",
		(tuple(losses),),
	)
	left, cuts = dict(losses), {}
	for row, parent, qty in rows:
		part = rounded(min(qty, left[parent]))
		if is_positive(part):
			cuts[row] = part
			left[parent] = rounded(left[parent] - part)
	if not cuts:
		return
	cases = " ".join("when %s then %s" for _ in cuts)
	frappe.db.sql(
		f"""update `tabSerial and Batch Entry` force index (primary)
		set qty = qty - case name {cases} end where name in %s""",
		(*(part for pair in cuts.items() for part in pair), tuple(cuts)),
	)
	frappe.db.sql(
		"""delete held from `tabSerial and Batch Entry` held force index (primary)
		where held.name in %s and held.qty <= 0 and held.delivered_qty = 0""",
		(tuple(cuts),),
	)
