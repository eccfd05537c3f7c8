"""Which batches and serial numbers are free, read under the Bins' locks."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import frappe

from sales_wh_flow.base import there
from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.compat import OPEN_LOCK_STATUSES
from sales_wh_flow.base.quantities import is_positive
from sales_wh_flow.base.serial_nos import each_serial
from sales_wh_flow.stock_lock.rules.facts import BatchFacts
from sales_wh_flow.stock_lock.store import bad_lots, pos_sales

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

	Batches that are bad, reserved for another order or sold by a till, and serial numbers, are left out.
	"""
	pairs = sorted(set(keys))
	if not pairs:
		return {}
	# A locking read sees what the last commit left. Each Bin is read by itself, so that nothing is locked
	# that belongs to a Bin somebody else holds. Rows older than ERPNext's bundles name the batch themselves.
	rows = frappe.db.sql(
		f"""select moved.item_code, moved.warehouse, moved.batch_no, sum(moved.qty),
			max(batch.expiry_date)
		from (
			{_MOVED.format(these=_these(pairs))} lock in share mode
		) moved join `tabBatch` batch on batch.name = moved.batch_no
		where not {bad_lots.is_bad_sql("batch")}
			and (moved.qty < 0 or moved.posting_datetime <= {there.horizon_sql()})
		group by moved.item_code, moved.warehouse, moved.batch_no
		order by {_BATCH_ORDER.get(picked_by, "batch.creation, batch.name")}""",
		_flat(pairs),
	)
	held, sold = _held_batches(pairs), pos_sales.lots_taken_home(pairs)
	free = defaultdict(list)
	for item, warehouse, batch_no, qty, good_until in rows:
		gone = sold.get(((item, warehouse), batch_no), 0.0)
		left = qty - held.get((item, warehouse, batch_no), 0.0) - gone
		if left > 0:
			free[item, warehouse].append(BatchFacts(batch_no, None, left, good_until))
	return dict(free)


def taken_below_held(
	voucher_type: str, voucher: str, keys: Iterable[BinKey], *, is_cancelled: bool
) -> dict[BinKey, list[str]]:
	"""Batches that a document took out of these Bins and of which less is left than its locks hold.

	The caller holds the Bins. Two statements, none for no Bin.
	"""
	pairs = sorted(set(keys))
	if not pairs:
		return {}
	rows = frappe.db.sql(
		f"""select item_code, warehouse, batch_no, sum(if(is_cancelled = 0, qty, 0)) from (
			{_MOVED_EVER.format(these=_these(pairs))} lock in share mode
		) moved where batch_no is not null group by item_code, warehouse, batch_no
		having sum(if(voucher_type = %s and voucher_no = %s, least(qty, -%s), 0)) < 0""",
		(*_flat(pairs), voucher_type, voucher, int(is_cancelled)),
	)
	held, found = _held_batches(pairs) if rows else {}, defaultdict(list)
	for item, warehouse, batch_no, qty in rows:
		if is_positive(held.get((item, warehouse, batch_no), 0.0) - qty):
			found[item, warehouse].append(batch_no)
	return dict(found)


def gone_but_held(keys: Iterable[BinKey]) -> dict[BinKey, list[str]]:
	"""Serial numbers that locks hold in these Bins and that are not there; one statement, none for no Bin."""
	pairs = sorted(set(keys))
	if not pairs:
		return {}
	rows = frappe.db.sql(
		f"""select sre.item_code, sre.warehouse, sbe.serial_no from {_these(pairs)} {_HELD}
			and sbe.serial_no is not null and sbe.qty > sbe.delivered_qty
			and not exists (select 1 from `tabSerial No` sn
				where sn.name = sbe.serial_no and sn.warehouse = sre.warehouse)
		for update""",
		(*_flat(pairs), OPEN_LOCK_STATUSES),
	)
	found = defaultdict(list)
	for item, warehouse, serial_no in rows:
		found[item, warehouse].append(serial_no)
	return dict(found)


def free_serials(keys: Iterable[BinKey], picked_by: str) -> dict[BinKey, list[BatchFacts]]:
	"""Free serial numbers of each Bin, in the order ERPNext picks; one entry each, quantity 1."""
	pairs = sorted(set(keys))
	if not pairs:
		return {}
	# Who moves a serial number of these Bins waits for their locks; one that is locked moves elsewhere.
	rows = frappe.db.sql(
		f"""select sn.item_code, sn.warehouse, sn.name, sn.batch_no, (
			select batch.expiry_date from `tabBatch` batch where batch.name = sn.batch_no)
		from {_these(pairs)}
		straight_join `tabSerial No` sn on sn.item_code = bin.item_code and sn.warehouse = bin.warehouse
		where sn.status = 'Active' and sn.name not in ({_SERIALS_TO_COME.format(these=_these(pairs))})
			and not exists (select 1 from `tabBatch` batch
				where batch.name = sn.batch_no and {bad_lots.is_bad_sql("batch")})
		order by {_SERIAL_ORDER.get(picked_by, "sn.creation, sn.name")}
		lock in share mode skip locked""",
		(*_flat(pairs), *_flat(pairs), there.soon_value()),
	)
	gone = _held_serials(pairs) | {serial for _key, serial in pos_sales.lots_taken_home(pairs)}
	free = defaultdict(list)
	for item, warehouse, serial_no, batch_no, good_until in rows:
		if serial_no not in gone:
			free[item, warehouse].append(BatchFacts(batch_no, serial_no, 1.0, good_until))
	return dict(free)


def entries_of(locks: Iterable[str]) -> dict[str, list[BatchFacts]]:
	"""What each lock still holds, by batch or serial number, as last committed: {entry: [BatchFacts]}."""
	names = tuple(locks)
	if not names:
		return {}
	rows = frappe.db.sql(
		"""select parent, batch_no, serial_no, qty - delivered_qty from `tabSerial and Batch Entry`
		where parenttype = 'Stock Reservation Entry' and parent in %s and qty > delivered_qty
		order by parent, idx lock in share mode""",
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
	rows = frappe.db.sql(
		f"""select sbe.serial_no from {_these([key])} {_HELD} and sbe.serial_no in %s and sre.name <> %s
			and sbe.qty > sbe.delivered_qty for update""",
		(*key, OPEN_LOCK_STATUSES, wanted, lock),
	)
	return [row[0] for row in rows]


def holders_of(
	item_code: str, warehouse: str, lots: Iterable[str], but_for: Iterable[str] = ()
) -> tuple[str, ...]:
	"""The orders for which these batches or serial numbers are locked, the first five, but for these."""
	wanted, own = tuple(lots), tuple(but_for) or ("",)
	rows = frappe.db.sql(
		f"""select distinct sre.voucher_no from {_these([(item_code, warehouse)])} {_HELD}
			and sbe.qty > sbe.delivered_qty and (sbe.serial_no in %s or sbe.batch_no in %s)
			and sre.voucher_no not in %s
		order by sre.voucher_no limit 5""",
		(item_code, warehouse, OPEN_LOCK_STATUSES, wanted, wanted, own),
	)
	return tuple(row[0] for row in rows)


def held_of(lots: Iterable[tuple[BinKey, str]]) -> dict[tuple[BinKey, str], float]:
	"""What open locks hold of these batches and serial numbers, each with its Bin, where they hold some."""
	wanted, pairs, names = _sorted_out(lots)
	rows = frappe.db.sql(
		f"""select sre.item_code, sre.warehouse, coalesce(nullif(sbe.serial_no, ''), sbe.batch_no) lot,
			sum(sbe.qty - sbe.delivered_qty)
		from {_these(pairs)} {_HELD} and sbe.qty > sbe.delivered_qty
			and coalesce(nullif(sbe.serial_no, ''), sbe.batch_no) in %s
		group by sre.item_code, sre.warehouse, lot for update""",
		(*_flat(pairs), OPEN_LOCK_STATUSES, names),
	)
	return _only(rows, wanted)


def on_hand_of(lots: Iterable[tuple[BinKey, str]]) -> dict[tuple[BinKey, str], float]:
	"""What is there of these batches and serial numbers, each in its Bin; of a serial number 1 or nothing."""
	wanted, pairs, names = _sorted_out(lots)
	rows = frappe.db.sql(
		f"""select item_code, warehouse, batch_no, sum(qty) from (
			{_MOVED.format(these=_these(pairs))} lock in share mode
		) moved where batch_no in %s group by item_code, warehouse, batch_no
		union all
		select sn.item_code, sn.warehouse, sn.name, 1 from `tabSerial No` sn where sn.name in %s""",
		(*_flat(pairs), names, names),
	)
	return _only(rows, wanted)


def lots_brought_in(voucher_type: str, voucher: str) -> dict[tuple[BinKey, str], float]:
	"""{(Bin, batch or serial number): what a submitted document added of it}, where it added anything."""
	rows = frappe.db.sql(
		"""select sle.item_code, sle.warehouse, coalesce(nullif(sbe.serial_no, ''), sbe.batch_no) lot,
			sum(sbe.qty) qty
		from `tabStock Ledger Entry` sle
		join `tabSerial and Batch Entry` sbe on sbe.parent = sle.serial_and_batch_bundle
		where sle.voucher_type = %s and sle.voucher_no = %s and sle.is_cancelled = 0
		group by sle.item_code, sle.warehouse, lot having qty > 0""",
		(voucher_type, voucher),
	)
	return {((item, warehouse), lot): qty for item, warehouse, lot, qty in rows}


def _sorted_out(
	lots: Iterable[tuple[BinKey, str]],
) -> tuple[set[tuple[BinKey, str]], list[BinKey], tuple[str, ...]]:
	"""(the lots, their Bins, their names)"""
	wanted = set(lots)
	return wanted, sorted({key for key, _lot in wanted}), tuple({lot for _key, lot in wanted})


def _only(
	rows: Iterable[tuple[str, str, str, float]], wanted: set[tuple[BinKey, str]]
) -> dict[tuple[BinKey, str], float]:
	"""{(Bin, lot): quantity} of rows (item, warehouse, lot, quantity), where it is wanted."""
	found = {((item, warehouse), lot): qty for item, warehouse, lot, qty in rows}
	return {which: qty for which, qty in found.items() if which in wanted}


def as_entries(batch_no: str | None, serial_nos: str | None, qty_stock: float) -> list[dict[str, Any]]:
	"""Outward bundle entries (quantities below zero, as ERPNext keeps them) of a row's batch or serial
	numbers.
	"""
	serials = each_serial(serial_nos)
	if serials:
		return [{"serial_no": serial, "batch_no": batch_no, "qty": -1} for serial in serials]
	return [{"batch_no": batch_no, "qty": -abs(qty_stock)}]


def _held_batches(pairs: list[BinKey]) -> dict[tuple[str, str, str], float]:
	rows = frappe.db.sql(
		f"""select sre.item_code, sre.warehouse, sbe.batch_no, sum(sbe.qty - sbe.delivered_qty)
		from {_these(pairs)} {_HELD} and sbe.batch_no is not null
		group by sre.item_code, sre.warehouse, sbe.batch_no for update""",
		(*_flat(pairs), OPEN_LOCK_STATUSES),
	)
	return {(item, warehouse, batch_no): qty for item, warehouse, batch_no, qty in rows}


def _held_serials(pairs: list[BinKey]) -> set[str]:
	rows = frappe.db.sql(
		f"""select sbe.serial_no from {_these(pairs)} {_HELD} and sbe.serial_no is not null
			and sbe.qty > sbe.delivered_qty for update""",
		(*_flat(pairs), OPEN_LOCK_STATUSES),
	)
	return {row[0] for row in rows}


_MOVED_EVER = """select sle.item_code, sle.warehouse, sle.voucher_type, sle.voucher_no, sle.is_cancelled,
		sle.posting_datetime,
		coalesce(sbe.batch_no, sle.batch_no) batch_no, coalesce(sbe.qty, sle.actual_qty) qty
	from {these} straight_join `tabStock Ledger Entry` sle
		on sle.item_code = bin.item_code and sle.warehouse = bin.warehouse
	left join `tabSerial and Batch Entry` sbe on sbe.parent = sle.serial_and_batch_bundle"""

_MOVED = f"{_MOVED_EVER} where sle.is_cancelled = 0"

# A serial number is Active from the moment its receipt is submitted, whenever that is dated.
_SERIALS_TO_COME = """select sbe.serial_no from {these} straight_join `tabStock Ledger Entry` sle
		on sle.item_code = bin.item_code and sle.warehouse = bin.warehouse and sle.is_cancelled = 0
			and sle.actual_qty > 0 and sle.posting_datetime > %s
	join `tabSerial and Batch Entry` sbe on sbe.parent = sle.serial_and_batch_bundle
	where sbe.serial_no is not null"""

_HELD = """straight_join `tabStock Reservation Entry` sre
		on sre.item_code = bin.item_code and sre.warehouse = bin.warehouse
	join `tabSerial and Batch Entry` sbe
		on sbe.parent = sre.name and sbe.parenttype = 'Stock Reservation Entry'
	where sre.status in %s and sre.docstatus = 1 and sre.reservation_based_on = 'Serial and Batch'"""


def _these(pairs: list[BinKey]) -> str:
	"""SQL for a table ``bin`` of (item_code, warehouse) pairs; its values come from ``_flat``."""
	return f"({' union all '.join('select %s item_code, %s warehouse' for _ in pairs)}) bin"


def _flat(pairs: list[BinKey]) -> tuple[str, ...]:
	return tuple(part for pair in pairs for part in pair)
