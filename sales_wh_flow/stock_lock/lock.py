"""Lock an order's stock: one pass for all lines, or nothing.

ERPNext's own reservation, and what it writes into Bins line by line, are left out for the documents the flow
serves; the entries and the figures are the same. So the Bins are locked when all else of a submit is done,
all at once, and nobody waits for them longer than it takes to read and write what is locked. A cancel locks
them before ERPNext begins.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date

import frappe
from frappe.utils import getdate

from sales_wh_flow.base import hold_rows, said
from sales_wh_flow.base.alongside import alongside
from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.hold_rows import BinRow, Series
from sales_wh_flow.base.native_checks import restore, waive
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_less, is_positive, rounded
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import STOCK_LOCK, is_on
from sales_wh_flow.order import check_lines
from sales_wh_flow.order.store import lines as orders
from sales_wh_flow.order.store.lines import ItemRow
from sales_wh_flow.stock_lock import held_free, sayings
from sales_wh_flow.stock_lock.rules import allocation
from sales_wh_flow.stock_lock.rules.allocation import AllocationPlan, Grant
from sales_wh_flow.stock_lock.rules.facts import BatchFacts
from sales_wh_flow.stock_lock.serving import queue, wake
from sales_wh_flow.stock_lock.store import batches, events, open_demand, reservations
from sales_wh_flow.stock_lock.store.reservations import NewLock

_NATIVE = (
	"create_stock_reservation_entries",
	"cancel_stock_reservation_entries",
	"update_reserved_qty",
)
"""What ERPNext does about reservations and open demand at submit and cancel; the flow does it instead."""

_WRITTEN_AFTER_BINS = ("project", "coupon_code")
"""What an order points at that stock documents write too, after they have locked their Bins."""


def prepare(doc) -> None:
	"""Before ERPNext's own submit or cancel: take over what it does about stock."""
	if not is_on(STOCK_LOCK):
		return
	if not frappe.get_cached_doc("Stock Settings").enable_stock_reservation:
		refuse(RuleViolation("reservation_off"))
	if doc.docstatus.is_submitted():
		check_lines.check_order_lines(doc)
		queue.enter_queue(doc)
	waive(doc, __name__, *_NATIVE)
	order = doc.get_doc_before_save() if doc.docstatus.is_cancelled() else doc  # stored, not sent along
	alongside(doc).demand = {} if order.status in orders.NO_DEMAND else orders.demand(order)
	# A cancel takes the order off the ledgers, too, into which stock documents write while they hold Bins.
	if doc.docstatus.is_cancelled() or any(doc.get(field) for field in _WRITTEN_AFTER_BINS):
		keys = orders.bin_keys_of_order(order)
		alongside(doc).bins = hold_rows.hold_bins(keys)  # else the two would wait for each other


def want_free_goods(doc) -> None:
	"""A row that came without *Reserve Stock*, as Pricing Rules make them on the server, is no opt-out.

	Such a row does not say either that its item lies in stock, so ERPNext unticks it at the next save.
	"""
	rows = [row for row in doc.items if not (row.get("reserve_stock") or row.get("is_stock_item"))]
	if rows and is_on(STOCK_LOCK):
		items = orders.items_of(row.item_code for row in rows)
		for row in rows:
			row.is_stock_item = int(row.item_code in items and items[row.item_code].is_stock_item)
			row.reserve_stock = row.is_stock_item


def take_over(doc) -> tuple[dict[BinKey, BinRow], dict[BinKey, float]] | None:
	"""After ERPNext's own submit or cancel: the order's Bins, locked, and the open demand that came or went.

	None where the flow has not taken over.
	"""
	demand = alongside(doc).take("demand")
	if demand is None:
		return None
	restore(doc, __name__, *_NATIVE)
	bins = alongside(doc).take("bins")
	return (hold_rows.hold_bins(orders.bin_keys_of_order(doc)) if bins is None else bins), demand


def for_order(doc) -> AllocationPlan | None:
	"""On submit: lock what is free for every line; the rest is waiting demand."""
	take = queue.take_of(doc) if alongside(doc).demand is not None else None
	found = take_over(doc)
	if found is None:
		return None
	bins, added = found
	demand = open_demand.demand_after(bins, {}, added)
	return _lock(doc, bins, demand, said.keep(sayings.order_submitted), take, holds_some=False)


def more(
	doc, reason: str, rows: Collection[str] | None = None, most: Mapping[BinKey, float] | None = None
) -> AllocationPlan | None:
	"""Lock what has become free for a submitted order's waiting lines; the caller holds the order's row.

	``rows``: the only ones to lock for, None = all. ``most``: so much at most of these Bins, ahead of whoever
	else waits; of all others what is left by those whose turn comes before. None = all that is free.
	"""
	take = queue.take_of(doc)
	bins = hold_rows.hold_bins(orders.bin_keys_of_order(doc))
	return _lock(doc, bins, None, reason, take, holds_some=True, rows=rows, most=most)


def _lock(
	doc,
	bins: Mapping[BinKey, BinRow],
	demand: Mapping[BinKey, float] | None,
	reason: str,
	take: str,
	*,
	holds_some: bool,
	rows: Collection[str] | None = None,
	most: Mapping[BinKey, float] | None = None,
) -> AllocationPlan:
	"""``demand``: the Bins' new open demand, None = as it is. ``take``: how the order wants its stock.
	``holds_some``: the order may have locks.
	"""
	series = Series(reservations.DOCTYPE)
	locked = reservations.open_by_bin(bins.values())
	own = reservations.by_row(reservations.open_of_order(doc.name, for_update=True) if holds_some else ())
	# An order that is billed without a delivery asks for no stock: nobody would ever deliver it.
	all_lines = () if doc.get("skip_delivery_note") else orders.lockable(doc, own)
	lines = [line for line in all_lines if rows is None or line.row in rows]
	free = held_free.free_of(bins, locked) if lines else {}
	if lines and (most is not None or not holds_some):
		ahead = {key: min(qty, free[key]) for key, qty in (most or {}).items() if key in free}
		wanted = allocation.needed_by_bin(lines)
		free = {**_left_by_those_before(doc.name, bins, free, locked, wanted, but=ahead), **ahead}
	plan = allocation.plan(lines, free, take)
	new = _with_entries(doc, plan)
	names = reservations.insert_entries(new, series)
	if new:
		reservations.sync_lines(doc.name)
		events.locked(zip(names, new, strict=True), reason)
	for lock in new:
		key = (lock.item_code, lock.warehouse)
		locked[key] = rounded(locked[key] + lock.reserved_qty)
	reservations.sync_bins(bins.values(), locked, demand)
	_show_on(doc, new)
	return plan


def _left_by_those_before(
	order: str,
	bins: Mapping[BinKey, BinRow],
	free: Mapping[BinKey, float],
	locked: Mapping[BinKey, float],
	wanted: Mapping[BinKey, float],
	but: Collection[BinKey] = (),
) -> dict[BinKey, float]:
	"""What is free for a new order: not what came in for those who wait and whose turn it is.

	Somebody waits where more is asked than is locked, as the Bin says. Where nobody does, or there is enough
	for them and for what the order wants, and in the Bins ``but``, nothing is read.
	"""
	asked = {key: row.demand_stock - locked[key] for key, row in bins.items() if key not in but}
	contested = {
		key: qty
		for key, qty in free.items()
		if is_positive(qty)
		and is_positive(asked.get(key, 0.0))
		and is_less(qty, asked[key] + wanted.get(key, 0.0))
	}
	given = queue.given_before(order, contested)
	if given:
		wake.serve_soon()
	return {key: rounded(qty - given.get(key, 0.0)) for key, qty in free.items()}


def _with_entries(doc, plan: AllocationPlan) -> list[NewLock]:
	"""The grants of an order as entries to write."""
	rows = {row.name: (row.stock_uom, row.stock_qty) for row in doc.items}
	rows |= {row.name: (row.uom, row.qty) for row in doc.get("packed_items") or ()}
	about = {
		name: {
			"sales_order": doc.name,
			"company": doc.company,
			"project": doc.project,
			"stock_uom": uom,
			"voucher_qty": qty,
		}
		for name, (uom, qty) in rows.items()
	}
	return new_locks(plan.grants, about, _needed_on(doc))


def _needed_on(doc) -> dict[str, date]:
	"""{row: the day for which its goods are wanted}, of lines and of components."""
	days = {row.name: row.get("delivery_date") or doc.get("delivery_date") for row in doc.items}
	for part in doc.get("packed_items") or ():
		days[part.name] = days.get(part.parent_detail_docname)
	return {row: getdate(day) for row, day in days.items() if day}


def new_locks(
	grants: Collection[Grant], about: Mapping[str, dict], needed_on: Mapping[str, date]
) -> list[NewLock]:
	"""Grants as entries to write; batches and serial numbers are chosen here, first come first served by
	line; what is bad before the day on which a line is needed comes last.

	``about``: {order row: sales_order, company, project, stock_uom and voucher_qty of its entries};
	``needed_on``: {order row: day}, of those that have one.
	"""
	items = orders.items_of(grant.item_code for grant in grants)
	free = _free_entries(grants, items)
	return [
		NewLock(
			item_code=grant.item_code,
			warehouse=grant.warehouse,
			sales_order_item=grant.row,
			available_qty=available,
			reserved_qty=qty,
			has_serial_no=items[grant.item_code].has_serial_no,
			has_batch_no=items[grant.item_code].has_batch_no,
			entries=entries,
			**about[grant.row],
		)
		for grant in grants
		for qty, available, entries in _parts(grant, items[grant.item_code], free, needed_on.get(grant.row))
	]


def _parts(
	grant: Grant, item: ItemRow, free, needed_on: date | None
) -> list[tuple[float, float, tuple[BatchFacts, ...]]]:
	"""(quantity, free before it, entries) of the Stock Reservation Entry that a grant becomes; none where no
	batch or serial number is free. A part that is delivered is split off then.
	"""
	if free is None or not (item.has_batch_no or item.has_serial_no):
		return [(grant.qty_stock, grant.free_stock, ())]
	entries = _take(free, grant, needed_on)
	qty = rounded(sum(entry.qty_stock for entry in entries))
	return [(qty, grant.free_stock, entries)] if entries else []


def _free_entries(grants: Iterable[Grant], items) -> dict[BinKey, list[BatchFacts]] | None:
	"""Free batches and serial numbers for the grants that need them; None when ERPNext reserves by quantity
	only.
	"""
	settings = frappe.get_cached_doc("Stock Settings")
	if not settings.auto_reserve_serial_and_batch:
		return None
	keys = {(grant.item_code, grant.warehouse) for grant in grants}
	serial = {key for key in keys if items[key[0]].has_serial_no}
	batch = {key for key in keys if items[key[0]].has_batch_no} - serial
	order = settings.pick_serial_and_batch_based_on
	return {**batches.free_batches(batch, order), **batches.free_serials(serial, order)}


def _take(
	free: dict[BinKey, list[BatchFacts]], grant: Grant, needed_on: date | None
) -> tuple[BatchFacts, ...]:
	"""Entries for one grant, taken out of ``free``."""
	key = (grant.item_code, grant.warehouse)
	offered = allocation.lasting_first(free.get(key, ()), needed_on)
	entries = allocation.pick_entries(grant.qty_stock, offered)
	taken = {(entry.batch_no, entry.serial_no): entry.qty_stock for entry in entries}
	left = []
	for entry in free.get(key, ()):
		rest = rounded(entry.qty_stock - taken.get((entry.batch_no, entry.serial_no), 0.0))
		if rest > 0:
			left.append(replace(entry, qty_stock=rest))
	free[key] = left
	return entries


def _show_on(doc, new: list[NewLock]) -> None:
	"""Keep the document in memory true to the database for whoever handles it next."""
	held: dict[str, float] = {}
	for lock in new:
		held[lock.sales_order_item] = held.get(lock.sales_order_item, 0.0) + lock.reserved_qty
	for row in doc.items:
		if row.name in held:
			row.stock_reserved_qty = (row.stock_reserved_qty or 0.0) + held[row.name]
