"""Stock locks as ERPNext keeps them: Stock Reservation Entries, Sales Order Item.stock_reserved_qty,
Bin.reserved_stock.

Entries are written in bulk and equal ERPNext's own column by column. Callers hold the row locks of the Bins
(`base.hold_rows.hold_bins`), so that nobody else changes what is read here before the transaction ends.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import frappe
from frappe.utils import now

from sales_wh_flow.base import bulk
from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.compat import OPEN_LOCK_STATUSES, consumed_columns, line_reserved_sql, open_qty_sql
from sales_wh_flow.base.hold_rows import BinRow, Series
from sales_wh_flow.order.store import open_orders
from sales_wh_flow.stock_lock.rules.facts import BatchFacts
from sales_wh_flow.stock_lock.store.bins import PROJECTED

DOCTYPE = "Stock Reservation Entry"

_STAMPS = ("name", "owner", "creation", "modified", "modified_by", "docstatus", "idx")
_LOCK_FIELDS = (
	*("item_code", "warehouse", "has_serial_no", "has_batch_no"),
	*("voucher_type", "voucher_no", "voucher_detail_no", "from_voucher_type"),
	*("stock_uom", "available_qty", "voucher_qty", "reserved_qty"),
	*("reservation_based_on", "company", "project", "status"),
)
_HELD_FIELDS = ("serial_no", "batch_no", "qty", "delivered_qty", "warehouse")


@dataclass(frozen=True, slots=True)
class NewLock:
	"""One entry to be written. ``entries``: the batches or serial numbers it holds, none for a plain item."""

	item_code: str
	warehouse: str
	sales_order: str
	sales_order_item: str
	company: str
	project: str | None
	stock_uom: str
	voucher_qty: float
	available_qty: float
	reserved_qty: float
	has_serial_no: int = 0
	has_batch_no: int = 0
	entries: tuple[BatchFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenLock:
	"""One entry that still holds stock."""

	name: str
	item_code: str
	warehouse: str
	sales_order: str
	sales_order_item: str
	qty_stock: float
	reserved_stock: float


# One equality per status walks only the open entries of the Bin, not its whole history.
OF_BINS = f"""from ({" union all ".join("select %s status" for _ in OPEN_LOCK_STATUSES)}) open_status
	straight_join `tabBin` bin force index (primary)
	straight_join `tab{DOCTYPE}` sre on sre.item_code = bin.item_code
		and sre.warehouse = bin.warehouse and sre.status = open_status.status
	where bin.name in %s and sre.docstatus = 1"""


def open_by_bin(bins: Iterable[BinRow]) -> dict[BinKey, float]:
	"""What is locked per Bin, as last committed, in stock UOM; 0 where nothing is. A locking read."""
	rows = list(bins)
	totals = {(row.item_code, row.warehouse): 0.0 for row in rows}
	if rows:
		found = frappe.db.sql(
			f"""select sre.item_code, sre.warehouse, sum({open_qty_sql("sre")}) {OF_BINS}
			group by sre.item_code, sre.warehouse
			for update""",
			(*OPEN_LOCK_STATUSES, tuple(row.name for row in rows)),
		)
		totals.update({(item, warehouse): qty or 0.0 for item, warehouse, qty in found})
	return totals


def open_of_order(order: str, *, for_update: bool = False) -> list[OpenLock]:
	"""The open locks of one order, oldest first."""
	return _open_locks("sre.voucher_type = 'Sales Order' and sre.voucher_no = %s", (order,), for_update)


def open_of_entry(name: str) -> list[OpenLock]:
	"""One entry, whoever it is for, as last committed; none where it holds nothing. A locking read."""
	return _open_locks("sre.name = %s", (name,), True)


def by_row(held: Iterable[OpenLock]) -> dict[str, float]:
	"""{order row or packed item: what is locked for it}, in stock UOM."""
	found: dict[str, float] = {}
	for lock in held:
		found[lock.sales_order_item] = found.get(lock.sales_order_item, 0.0) + lock.qty_stock
	return found


def open_of_orders(names: Iterable[str], *, for_update: bool = True) -> list[OpenLock]:
	"""The open locks of several orders; no statement for no order. A locking read, where ``for_update``."""
	orders = tuple(names)
	condition = "sre.voucher_type = 'Sales Order' and sre.voucher_no in %s"
	return _open_locks(condition, (orders,), for_update) if orders else []


def orders_with_locks(names: Iterable[str]) -> list[str]:
	"""Those of the orders that hold stock or have held it until it was delivered, sorted."""
	orders = tuple(names)
	if not orders:
		return []
	rows = frappe.db.sql(
		f"""select distinct voucher_no from `tab{DOCTYPE}`
		where voucher_type = 'Sales Order' and voucher_no in %s and docstatus = 1 order by voucher_no""",
		(orders,),
	)
	return [row[0] for row in rows]


def orders_holding(column: str, names: Iterable[str]) -> list[str]:
	"""Orders with open locks of these items (``column`` item_code) or in these warehouses, sorted."""
	rows = frappe.db.sql(
		f"""select distinct voucher_no from `tab{DOCTYPE}`
		where `{column}` in %s and docstatus = 1 and status in %s order by voucher_no""",
		(tuple(names), OPEN_LOCK_STATUSES),
	)
	return [row[0] for row in rows]


def orders_holding_any(keys: Iterable[BinKey]) -> list[str]:
	"""Orders with open locks in these Bins, sorted; no statement for none."""
	pairs = tuple(keys)
	if not pairs:
		return []
	rows = frappe.db.sql(
		f"""select distinct voucher_no from `tab{DOCTYPE}`
		where (item_code, warehouse) in %s and voucher_type = 'Sales Order' and docstatus = 1
			and status in %s order by voucher_no""",
		(pairs, OPEN_LOCK_STATUSES),
	)
	return [row[0] for row in rows]


def holders(item_code: str, warehouse: str) -> list[OpenLock]:
	"""Who holds stock of one Bin, oldest lock first."""
	return _open_locks("sre.item_code = %s and sre.warehouse = %s", (item_code, warehouse), False)


def insert_entries(locks: Sequence[NewLock], series: Series) -> list[str]:
	"""Insert the entries, submitted, with their batches and serial numbers; their names in the same order."""
	if not locks:
		return []
	names, stamp, user = series.take(len(locks)), now(), frappe.session.user
	extra = consumed_columns()
	bulk.insert(
		DOCTYPE,
		(*_STAMPS, *_LOCK_FIELDS, *extra),
		[
			(
				*(name, user, stamp, stamp, user, 1, 0),
				*(lock.item_code, lock.warehouse, lock.has_serial_no, lock.has_batch_no),
				*("Sales Order", lock.sales_order, lock.sales_order_item, ""),
				*(lock.stock_uom, lock.available_qty, lock.voucher_qty, lock.reserved_qty),
				*("Serial and Batch" if lock.entries else "Qty", lock.company, lock.project),
				"Reserved" if lock.reserved_qty == lock.voucher_qty else "Partially Reserved",
				*(0.0 for _ in extra),
			)
			for name, lock in zip(names, locks, strict=True)
		],
	)
	_write_entries(names, locks, stamp, user)
	return names


def cancel_of_order(order: str) -> list[OpenLock]:
	"""Cancel every lock of an order. Returns what they held."""
	held = open_of_order(order, for_update=True)
	frappe.db.sql(
		f"""update `tab{DOCTYPE}` set docstatus = 2, status = 'Cancelled', modified = %s, modified_by = %s
		where voucher_type = 'Sales Order' and voucher_no = %s and docstatus = 1""",
		(now(), frappe.session.user, order),
	)
	return held


def were_ever_made() -> bool:
	"""Whether anybody ever reserved stock on this site."""
	return bool(frappe.db.sql(f"select 1 from `tab{DOCTYPE}` limit 1"))


def opt_in_open_lines() -> int:
	"""Tick Reserve Stock on the stock lines of open orders and drafts. Returns on how many.

	ERPNext unticks it on every line that is saved while stock reservation is off.
	"""
	frappe.db.sql(
		f"""update `tabSales Order Item` line
		join `tabSales Order` so on so.name = line.parent
		join `tabItem` item on item.name = line.item_code
		set line.reserve_stock = 1
		where so.docstatus < 2 and {open_orders.not_over_sql()} and so.per_delivered < 100
			and line.reserve_stock = 0 and line.delivered_by_supplier = 0 and item.is_stock_item = 1"""
	)
	return frappe.db.sql("select row_count()")[0][0]


def sync_lines(order: str) -> None:
	"""Bring Sales Order Item.stock_reserved_qty of an order in step with its entries, as ERPNext does."""
	sync_lines_of([order])


def sync_lines_of(orders: Iterable[str]) -> None:
	"""Bring Sales Order Item.stock_reserved_qty of several orders in step; no statement for no order."""
	names = tuple(sorted(set(orders)))
	if not names:
		return
	frappe.db.sql(
		f"""update `tabSales Order Item` line
		left join (
			select sre.voucher_detail_no, sum({line_reserved_sql("sre")}) qty from `tab{DOCTYPE}` sre
			where sre.voucher_type = 'Sales Order' and sre.voucher_no in %(orders)s and sre.docstatus = 1
			group by sre.voucher_detail_no
		) held on held.voucher_detail_no = line.name
		set line.stock_reserved_qty = coalesce(held.qty, 0),
			line.modified = %(now)s, line.modified_by = %(user)s
		where line.parent in %(orders)s and line.stock_reserved_qty <> coalesce(held.qty, 0)""",
		{"orders": names, "now": now(), "user": frappe.session.user},
	)


def sync_bins(
	bins: Iterable[BinRow],
	locked: Mapping[BinKey, float],
	demand: Mapping[BinKey, float] | None = None,
	on_hand: Mapping[BinKey, float] | None = None,
) -> None:
	"""Write what is locked, and where given what is demanded and on hand, into the Bins: one statement.

	``demand`` is the open demand (ERPNext's reserved_qty), ``on_hand`` its actual_qty; without them those
	stay as they are. Every Bin has a figure in each mapping that is given.
	"""
	rows = list(bins)
	if not rows:
		return
	figures = {"reserved_stock": locked, "reserved_qty": demand, "actual_qty": on_hand}
	given = {column: values for column, values in figures.items() if values is not None}
	sets = [f"{column} = case name {_cases(len(rows))} end" for column in given]
	params = [part for values in given.values() for row in rows for part in (row.name, values[row.key])]
	if len(given) > 1:
		sets.append(f"projected_qty = {PROJECTED}")
	frappe.db.sql(
		f"update `tabBin` force index (primary) set {', '.join(sets)}, modified = %s where name in %s",
		(*params, now(), tuple(row.name for row in rows)),
	)
	bulk.forget_cached("Bin", (row.name for row in rows))


def _open_locks(condition: str, values: tuple[Any, ...], for_update: bool) -> list[OpenLock]:
	qty = open_qty_sql("sre")
	rows = frappe.db.sql(
		f"""select sre.name, sre.item_code, sre.warehouse, sre.voucher_no, sre.voucher_detail_no,
			{qty}, sre.reserved_qty
		from `tab{DOCTYPE}` sre
		where {condition} and sre.docstatus = 1 and sre.status in %s
		order by sre.creation, sre.name {"for update" if for_update else ""}""",
		(*values, OPEN_LOCK_STATUSES),
	)
	return [OpenLock(*row) for row in rows]


def _write_entries(names: Sequence[str], locks: Sequence[NewLock], stamp: str, user: str) -> None:
	held = [
		(name, idx, entry, lock.warehouse)
		for name, lock in zip(names, locks, strict=True)
		for idx, entry in enumerate(lock.entries, start=1)
	]
	bulk.insert(
		"Serial and Batch Entry",
		(*_STAMPS, "parent", "parenttype", "parentfield", *_HELD_FIELDS),
		[
			(
				*(row, user, stamp, stamp, user, 1, idx),
				*(name, DOCTYPE, "sb_entries"),
				*(entry.serial_no, entry.batch_no, entry.qty_stock, 0, warehouse),
			)
			for row, (name, idx, entry, warehouse) in zip(bulk.new_names(len(held)), held, strict=True)
		],
	)


def _cases(count: int) -> str:
	return " ".join("when %s then %s" for _ in range(count))
