"""The append-only ledger of stock locks: who, when, why, how much."""

from collections.abc import Iterable
from typing import Any

import frappe
from frappe.utils import now

from sales_wh_flow.base import bulk, said
from sales_wh_flow.base.compat import OPEN_LOCK_STATUSES, open_qty_sql
from sales_wh_flow.base.quantities import SQL_NOISE
from sales_wh_flow.base.said import Kept
from sales_wh_flow.stock_lock.store.reservations import NewLock, OpenLock

_FIELDS = (
	*("name", "owner", "creation", "modified", "modified_by", "docstatus", "idx"),
	*("event", "item_code", "warehouse", "qty_stock", "sales_order", "sales_order_item", "reservation"),
	*("reason", "actor", "happened_on"),
)


def locked(locks: Iterable[tuple[str, NewLock]], reason: Kept) -> None:
	"""One event per new entry."""
	_append(
		(
			"Locked",
			new.item_code,
			new.warehouse,
			new.reserved_qty,
			new.sales_order,
			new.sales_order_item,
			name,
			reason,
		)
		for name, new in locks
	)


def released(locks: Iterable[OpenLock], reason: Kept) -> None:
	"""One event per lock that ended, with what it still held."""
	changed("Released", ((lock, -lock.qty_stock) for lock in locks), reason)


def changed(event: str, changes: Iterable[tuple[OpenLock, float]], reason: Kept) -> None:
	"""One event per lock that grew (positive) or shrank (negative)."""
	_append(
		(
			event,
			lock.item_code,
			lock.warehouse,
			qty,
			lock.sales_order,
			lock.sales_order_item,
			lock.name,
			reason,
		)
		for lock, qty in changes
	)


def followed(changes: Iterable[tuple[OpenLock, Kept]]) -> None:
	"""One event per lock that holds another batch or serial number of the same stock now: (lock, reason)."""
	_append(
		(
			"Moved",
			lock.item_code,
			lock.warehouse,
			0.0,
			lock.sales_order,
			lock.sales_order_item,
			lock.name,
			reason,
		)
		for lock, reason in changes
	)


def repaired(item_code: str, warehouse: str, qty_stock: float, reason: Kept) -> None:
	"""One event per figure that had drifted."""
	_append([("Repaired", item_code, warehouse, qty_stock, None, None, None, reason)])


def take_in(reason: Kept) -> int:
	"""Write what the ledger misses of the locks that are there, so that its events add up to them again.

	ERPNext reserves and delivers without events while the lock is off. Returns for how many lines.
	"""
	rows = frappe.db.sql(
		f"""select sales_order, sales_order_item, item_code, warehouse, sum(qty) missing from (
			select sre.voucher_no sales_order, sre.voucher_detail_no sales_order_item, sre.item_code,
				sre.warehouse, {open_qty_sql("sre")} qty
			from `tabStock Reservation Entry` sre
			where sre.docstatus = 1 and sre.voucher_type = 'Sales Order' and sre.status in %s
			union all
			select sales_order, sales_order_item, item_code, warehouse, -qty_stock from `tabStock Lock Event`
			where coalesce(sales_order_item, '') <> ''
		) both_sides group by sales_order, sales_order_item, item_code, warehouse
		having abs(missing) > {SQL_NOISE}""",
		(OPEN_LOCK_STATUSES,),
	)
	_append(
		("Locked" if qty > 0 else "Released", item, warehouse, qty, order, row, None, reason)
		for order, row, item, warehouse, qty in rows
	)
	return len(rows)


def noted(event: str, order: str, reason: Kept) -> None:
	"""An event of an order that changes no quantity: its owner was warned, its locks were extended."""
	_append([(event, None, None, 0.0, order, None, None, reason)])


def _append(events: Iterable[tuple[Any, ...]]) -> None:
	"""The last value of each is its reason."""
	stamp, user, new = now(), frappe.session.user, list(events)
	bulk.insert(
		"Stock Lock Event",
		_FIELDS,
		[
			(name, user, stamp, stamp, user, 0, 0, *event, said.checked_code(reason), user, stamp)
			for name, (*event, reason) in zip(bulk.new_names(len(new)), new, strict=True)
		],
	)
