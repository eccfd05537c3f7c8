"""Which batches and serial numbers are free, read under the Bins' locks."""

from collections import defaultdict
from collections.abc import Iterable

import frappe
from frappe.utils import today

from sales_wh_flow.compat import OPEN_LOCK_STATUSES
from sales_wh_flow.rules.facts import BatchFacts, BinKey

_BATCH_ORDER = {
	"LIFO": "batch.creation desc, batch.name desc",
	"Expiry": "batch.expiry_date is null, batch.expiry_date, batch.creation, batch.name",
}
_SERIAL_ORDER = {
	"LIFO": "sn.creation desc, sn.name desc",
	"Expiry": "sn.amc_expiry_date, sn.creation, sn.name",
}


def free_batches(keys: Iterable[BinKey], picked_by: str) -> dict[BinKey, list[BatchFacts]]:
	"""Free quantity per batch of each Bin, in the order ERPNext picks (FIFO, LIFO or Expiry).

	Disabled and expired batches, batches reserved for another order, and serial numbers are left out.
	"""
	items, warehouses = _split(keys)
	if not items:
		return {}
	# Own transaction's snapshot may be old: a locking read sees what the last commit left.
	rows = frappe.db.sql(
		f"""select moved.item_code, moved.warehouse, moved.batch_no, sum(moved.qty) from (
			select sle.item_code, sle.warehouse, sbe.batch_no, sbe.qty
			from `tabStock Ledger Entry` sle
			join `tabSerial and Batch Entry` sbe on sbe.parent = sle.serial_and_batch_bundle
			where sle.item_code in %(items)s and sle.warehouse in %(warehouses)s and sle.is_cancelled = 0
				and sbe.batch_no is not null
			lock in share mode
		) moved join `tabBatch` batch on batch.name = moved.batch_no
		where batch.disabled = 0 and (batch.expiry_date is null or batch.expiry_date >= %(today)s)
		group by moved.item_code, moved.warehouse, moved.batch_no
		order by {_BATCH_ORDER.get(picked_by, "batch.creation, batch.name")}""",
		{"items": items, "warehouses": warehouses, "today": today()},
	)
	held = _held_batches(items, warehouses)
	free = defaultdict(list)
	for item, warehouse, batch_no, qty in rows:
		left = qty - held.get((item, warehouse, batch_no), 0.0)
		if left > 0:
			free[item, warehouse].append(BatchFacts(batch_no, None, left))
	return dict(free)


def free_serials(keys: Iterable[BinKey], picked_by: str) -> dict[BinKey, list[BatchFacts]]:
	"""Free serial numbers of each Bin, in the order ERPNext picks; one entry each, quantity 1."""
	items, warehouses = _split(keys)
	if not items:
		return {}
	rows = frappe.db.sql(
		f"""select sn.item_code, sn.warehouse, sn.name, sn.batch_no from `tabSerial No` sn
		where sn.item_code in %(items)s and sn.warehouse in %(warehouses)s and sn.status = 'Active'
		order by {_SERIAL_ORDER.get(picked_by, "sn.creation, sn.name")} lock in share mode""",
		{"items": items, "warehouses": warehouses},
	)
	held = _held_serials(items, warehouses)
	free = defaultdict(list)
	for item, warehouse, serial_no, batch_no in rows:
		if serial_no not in held:
			free[item, warehouse].append(BatchFacts(batch_no, serial_no, 1.0))
	return dict(free)


def entries_of(locks: Iterable[str]) -> dict[str, list[BatchFacts]]:
	"""What each lock still holds, by batch or serial number: {entry name: [BatchFacts, ...]}."""
	names = tuple(locks)
	if not names:
		return {}
	rows = frappe.db.sql(
		"""select parent, batch_no, serial_no, qty - delivered_qty from `tabSerial and Batch Entry`
		where parenttype = 'Stock Reservation Entry' and parent in %s and qty > delivered_qty
		order by parent, idx""",
		(names,),
	)
	entries = defaultdict(list)
	for parent, batch_no, serial_no, qty in rows:
		entries[parent].append(BatchFacts(batch_no, serial_no, qty))
	return dict(entries)


def held_elsewhere(lock: str, key: BinKey, serial_nos: Iterable[str]) -> list[str]:
	"""Those of the serial numbers that an open lock other than this one holds; no statement for none."""
	wanted = tuple(serial_nos)
	if not wanted:
		return []
	item, warehouse = key
	rows = frappe.db.sql(
		f"""select sbe.serial_no {_HELD} and sbe.serial_no in %s and sre.name <> %s
			and sbe.qty > sbe.delivered_qty for update""",
		((item,), (warehouse,), OPEN_LOCK_STATUSES, wanted, lock),
	)
	return [row[0] for row in rows]


def as_entries(batch_no: str | None, serial_nos: str | None, qty_stock: float) -> list[dict]:
	"""Outward bundle entries (quantities below zero, as ERPNext keeps them) of a row's batch or serial
	numbers.
	"""
	serials = (serial_nos or "").split()
	if serials:
		return [{"serial_no": serial, "batch_no": batch_no, "qty": -1} for serial in serials]
	return [{"batch_no": batch_no, "qty": -abs(qty_stock)}]


def _held_batches(items: tuple, warehouses: tuple) -> dict[tuple[str, str, str], float]:
	rows = frappe.db.sql(
		f"""select sre.item_code, sre.warehouse, sbe.batch_no, sum(sbe.qty - sbe.delivered_qty)
		{_HELD} and sbe.batch_no is not null
		group by sre.item_code, sre.warehouse, sbe.batch_no for update""",
		(items, warehouses, OPEN_LOCK_STATUSES),
	)
	return {(item, warehouse, batch_no): qty for item, warehouse, batch_no, qty in rows}


def _held_serials(items: tuple, warehouses: tuple) -> set[str]:
	rows = frappe.db.sql(
		f"""select sbe.serial_no {_HELD} and sbe.serial_no is not null
			and sbe.qty > sbe.delivered_qty for update""",
		(items, warehouses, OPEN_LOCK_STATUSES),
	)
	return {row[0] for row in rows}


_HELD = """from `tabStock Reservation Entry` sre
	join `tabSerial and Batch Entry` sbe
		on sbe.parent = sre.name and sbe.parenttype = 'Stock Reservation Entry'
	where sre.item_code in %s and sre.warehouse in %s and sre.status in %s and sre.docstatus = 1
		and sre.reservation_based_on = 'Serial and Batch'"""


def _split(keys: Iterable[BinKey]) -> tuple[tuple, tuple]:
	pairs = list(keys)
	return tuple({item for item, _ in pairs}), tuple({warehouse for _, warehouse in pairs})
