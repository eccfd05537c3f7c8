"""Batches that must not be sent any more: expired, or disabled (which is how a batch is kept back)."""

from collections.abc import Iterable

import frappe
from frappe.utils import today

from sales_wh_flow.base.compat import OPEN_LOCK_STATUSES

IS_BAD = "(batch.disabled = 1 or batch.expiry_date < %(today)s)"


def orders_holding_some() -> list[str]:
	"""Orders with an open lock of such a batch, sorted. Plain reads."""
	rows = frappe.db.sql(
		f"""select distinct sre.voucher_no {_HELD} and sre.voucher_type = 'Sales Order'
		order by sre.voucher_no""",
		{"today": today(), "open": OPEN_LOCK_STATUSES},
	)
	return [row[0] for row in rows]


def held_bad_lots(order: str) -> dict[str, tuple[str, ...]]:
	"""{open lock of the order: the bad batches it holds}; a locking read of the locks."""
	rows = frappe.db.sql(
		f"""select sre.name, held.batch_no {_HELD} and sre.voucher_type = 'Sales Order'
			and sre.voucher_no = %(order)s
		order by sre.name, held.batch_no lock in share mode""",
		{"order": order, "today": today(), "open": OPEN_LOCK_STATUSES},
	)
	found: dict[str, list[str]] = {}
	for lock, batch_no in rows:
		found.setdefault(lock, []).append(batch_no)
	return {lock: tuple(dict.fromkeys(names)) for lock, names in found.items()}


def among(lots: Iterable[str]) -> set[str]:
	"""Those of these batches, and serial numbers of batches, that are bad; no statement for none."""
	names = tuple({lot for lot in lots if lot})
	if not names:
		return set()
	rows = frappe.db.sql(
		f"""select batch.name from `tabBatch` batch where batch.name in %(names)s and {IS_BAD}
		union select sn.name from `tabSerial No` sn join `tabBatch` batch on batch.name = sn.batch_no
			where sn.name in %(names)s and {IS_BAD}""",
		{"names": names, "today": today()},
	)
	return {row[0] for row in rows}


_HELD = f"""from `tabStock Reservation Entry` sre
	join `tabSerial and Batch Entry` held on held.parent = sre.name
		and held.parenttype = 'Stock Reservation Entry' and held.qty > held.delivered_qty
	join `tabBatch` batch on batch.name = held.batch_no and {IS_BAD}
	where sre.docstatus = 1 and sre.status in %(open)s"""
