"""A lock of several serial numbers of which some have left: they get an entry of their own.

ERPNext 15 looks at an entry as a whole: while it holds anything, every serial number it names is reserved,
and the stock ledger refuses those that leave. So an entry has left, or has not.
"""

from collections import defaultdict
from collections.abc import Iterable

import frappe
from frappe.utils import now

from sales_wh_flow.base import bulk
from sales_wh_flow.base.hold_rows import Series

DOCTYPE = "Stock Reservation Entry"


def split_entries(locks: Iterable[str]) -> None:
	"""Split those of the locks of which serial numbers have left and others have not. The caller holds the
	order and the Bins. One statement where nothing is to be split, else five more however many there are.
	"""
	names = tuple(locks)
	gone = _gone(names) if names else {}
	if not gone:
		return
	new = dict(zip(gone, Series(DOCTYPE).take(len(gone)), strict=True))
	_copy(new, {lock: float(len(rows)) for lock, rows in gone.items()})
	bulk.set_each(
		"Serial and Batch Entry", "parent", {row: new[lock] for lock, rows in gone.items() for row in rows}
	)


def _gone(locks: tuple[str, ...]) -> dict[str, list[str]]:
	"""{lock that holds serial numbers still: rows of those that have left}"""
	found: dict[str, list[str]] = defaultdict(list)
	for lock, row in frappe.db.sql(
		f"""select held.parent, held.name from `tabSerial and Batch Entry` held
		join `tab{DOCTYPE}` sre on sre.name = held.parent and sre.has_serial_no = 1
			and sre.delivered_qty > 0 and sre.delivered_qty < sre.reserved_qty
		where held.parent in %s and held.parenttype = '{DOCTYPE}' and held.delivered_qty >= held.qty
			and held.serial_no is not null
		order by held.parent, held.idx lock in share mode""",
		(locks,),
	):
		found[lock].append(row)
	return dict(found)


def _copy(new: dict[str, str], gone: dict[str, float]) -> None:
	"""Entries like these for what has left of them, which then lack it."""
	columns = [
		name
		for name in frappe.get_meta(DOCTYPE).get_valid_columns()
		if name not in ("name", "reserved_qty", "delivered_qty", "status", "modified", "modified_by")
	]
	listed = ", ".join(f"`{name}`" for name in columns)
	copied = ", ".join(f"sre.`{name}`" for name in columns)
	rows = " union all ".join("select %s name, %s old, %s qty" for _ in new)
	stamps = (now(), frappe.session.user)
	frappe.db.sql(
		f"""insert into `tab{DOCTYPE}`
			(name, reserved_qty, delivered_qty, status, modified, modified_by, {listed})
		select part.name, part.qty, part.qty, 'Delivered', %s, %s, {copied}
		from ({rows}) part join `tab{DOCTYPE}` sre on sre.name = part.old""",
		(*stamps, *(one for old, name in new.items() for one in (name, old, gone[old]))),
	)
	cases, parts = " ".join("when %s then %s" for _ in gone), [one for pair in gone.items() for one in pair]
	frappe.db.sql(
		f"""update `tab{DOCTYPE}` force index (primary)
			set reserved_qty = reserved_qty - case name {cases} end,
			delivered_qty = delivered_qty - case name {cases} end, status = 'Partially Reserved',
			modified = %s, modified_by = %s
		where name in %s""",
		(*parts, *parts, *stamps, tuple(gone)),
	)
