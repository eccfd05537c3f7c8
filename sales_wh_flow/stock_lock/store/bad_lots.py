"""What must not be sent: batches that have expired, are disabled or on quality hold, and items that nobody
may sell any more.
"""

from collections import defaultdict
from collections.abc import Iterable

import frappe
from frappe.utils import today

from sales_wh_flow.base import item_life
from sales_wh_flow.base.compat import OPEN_LOCK_STATUSES


def is_bad_sql(batch: str) -> str:
	"""SQL that is true of a batch that must not be sent today; ``batch`` is an alias of Batch."""
	day = frappe.db.escape(today())
	return (
		f"({batch}.disabled = 1 or {batch}.swf_quality_hold = 1 or coalesce({batch}.expiry_date < {day}, 0))"
	)


def orders_holding_some() -> list[str]:
	"""Orders with an open lock of such a batch or item, sorted. Plain reads."""
	rows = frappe.db.sql(
		f"""select sre.voucher_no {_of_batches()} and sre.voucher_type = 'Sales Order'
		union select sre.voucher_no {_of_items()} and sre.voucher_type = 'Sales Order'
		order by voucher_no""",
		{"open": OPEN_LOCK_STATUSES},
	)
	return [row[0] for row in rows]


def held_bad_lots(order: str, *, for_decision: bool = False) -> dict[str, tuple[str, ...]]:
	"""{open lock of the order: the bad batches in it, or its item}. ``for_decision``: as last committed."""
	lock = "lock in share mode" if for_decision else ""
	of_order = "and sre.voucher_type = 'Sales Order' and sre.voucher_no = %(order)s"
	rows = frappe.db.sql(
		f"""(select sre.name, held.batch_no lot {_of_batches()} {of_order} {lock})
		union (select sre.name, sre.item_code {_of_items()} {of_order} {lock})
		order by name, lot""",
		{"order": order, "open": OPEN_LOCK_STATUSES},
	)
	found: dict[str, list[str]] = defaultdict(list)
	for lock, lot in rows:
		found[lock].append(lot)
	return {lock: tuple(names) for lock, names in found.items()}


def among(lots: Iterable[str]) -> set[str]:
	"""Those of these batches, and serial numbers of batches, that are bad; no statement for none."""
	names = tuple({lot for lot in lots if lot})
	if not names:
		return set()
	is_bad = is_bad_sql("batch")
	rows = frappe.db.sql(
		f"""select batch.name from `tabBatch` batch where batch.name in %(names)s and {is_bad}
		union select sn.name from `tabSerial No` sn join `tabBatch` batch on batch.name = sn.batch_no
			where sn.name in %(names)s and {is_bad}""",
		{"names": names},
	)
	return {row[0] for row in rows}


def left_with(voucher_type: str, voucher: str) -> list[tuple[str, str, str]]:
	"""(item, warehouse, batch) of each bad batch that a submitted document took out, also where ERPNext chose
	it while it submitted.
	"""
	return frappe.db.sql(
		f"""select distinct sle.item_code, sle.warehouse, batch.name from `tabStock Ledger Entry` sle
		left join `tabSerial and Batch Entry` entry on entry.parent = sle.serial_and_batch_bundle
		join `tabBatch` batch on batch.name = coalesce(entry.batch_no, sle.batch_no)
		where sle.voucher_type = %s and sle.voucher_no = %s and sle.is_cancelled = 0
			and sle.actual_qty < 0 and {is_bad_sql("batch")} order by 1, 2, 3""",
		(voucher_type, voucher),
	)


def ended_among(items: Iterable[str]) -> set[str]:
	"""Those of these items that nobody may sell any more; no statement for none."""
	names = tuple({item for item in items if item})
	if not names:
		return set()
	ended = item_life.ended_sql("item")
	return {
		row[0]
		for row in frappe.db.sql(
			f"select item.name from `tabItem` item where item.name in %s and {ended}", (names,)
		)
	}


def _of_batches() -> str:
	return f"""from `tabStock Reservation Entry` sre
	join `tabSerial and Batch Entry` held on held.parent = sre.name
		and held.parenttype = 'Stock Reservation Entry' and held.qty > held.delivered_qty
	join `tabBatch` batch on batch.name = held.batch_no and {is_bad_sql("batch")}
	where sre.docstatus = 1 and sre.status in %(open)s"""


def _of_items() -> str:
	return f"""from `tabStock Reservation Entry` sre
	join `tabItem` item on item.name = sre.item_code and {item_life.ended_sql("item")}
	where sre.docstatus = 1 and sre.status in %(open)s"""
