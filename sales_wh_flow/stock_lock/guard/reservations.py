"""ERPNext's own reservations take part in the lock: its Reserve and Unreserve buttons, and what it reserves
by itself.

ERPNext decides on plain reads what may be reserved. Before an entry is written the order and all its Bins are
held, in the global order, and the entry is cut to what is free by then; after it Bin and order line are
written from the entries. The flow's own entries are written in bulk and do not come along here.

ERPNext 16 reserves for Work Orders, Production Plans and subcontracting, too: they may have what is free, and
what is locked for Sales Orders stays theirs.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe
from frappe.utils import flt

from sales_wh_flow.base import hold_rows, said
from sales_wh_flow.base.alongside import alongside, alongside_request
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_less, is_positive, rounded, whole_part
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import STOCK_LOCK, is_on
from sales_wh_flow.order import refresh_status
from sales_wh_flow.order.store import lines
from sales_wh_flow.stock_lock import permissions, sayings
from sales_wh_flow.stock_lock.guard.words_of_locks import lots_locked
from sales_wh_flow.stock_lock.serving import serve
from sales_wh_flow.stock_lock.store import batches, component_locks, events, pos_sales, reservations
from sales_wh_flow.stock_lock.store.reservations import OpenLock


def hold_entry(entry) -> None:
	"""Hold the entry's order and all its Bins, the entry's own among them."""
	if not is_on(STOCK_LOCK):
		return
	keys = {(entry.item_code, entry.warehouse)}
	if _is_of_sales_order(entry):
		hold_rows.hold_order_row(entry.voucher_no)
		if entry.is_new() and not lines.is_submitted(entry.voucher_no):
			refuse(RuleViolation("draft_locks_nothing", order=entry.voucher_no))
		keys |= lines.bin_keys_of(entry.voucher_no)
	bins = hold_rows.hold_bins(keys)
	alongside(entry).bin_row = bins.get((entry.item_code, entry.warehouse))
	alongside(entry).held_stock = 0.0 if entry.is_new() else _held(entry)


def refuse_change_of_a_part(entry) -> None:
	"""ERPNext looks for the order line of an entry that is changed; a component of a bundle has none.

	Raises: ValidationError
	"""
	if is_on(STOCK_LOCK) and component_locks.is_part(entry):
		refuse(
			RuleViolation("part_of_a_bundle", entry=entry.name, item=entry.item_code, order=entry.voucher_no)
		)


def keep_to_what_is_free(entry) -> None:
	"""Cut a new entry to what is free in its Bin, not sold by a till, and still needed by its line.

	Raises: StockIsLocked when nothing is left, or less than asked and the entry can't be cut: its serial
	numbers or batches are chosen, or partial reservation is off.
	"""
	bin_row = alongside(entry).bin_row
	if not bin_row:
		return
	free = _there(bin_row) - reservations.open_by_bin([bin_row])[bin_row.key]
	needed = _needed(entry)
	allowed = rounded(max(min(free, needed, entry.reserved_qty), 0.0))
	if lines.items_of([entry.item_code])[entry.item_code].is_whole_number:
		allowed = whole_part(allowed)
	if not is_less(allowed, entry.reserved_qty):
		return
	can_be_cut = frappe.get_cached_doc("Stock Settings").allow_partial_reservation and not entry.sb_entries
	if not (can_be_cut and is_positive(allowed)):
		refuse(_nothing_left(entry, bin_row, free, needed))
	entry.reserved_qty = allowed


def _needed(entry) -> float:
	"""What its line can still take; whoever else reserves asks for what is needed. By hand, an order takes
	nothing for which the flow would lock nothing, but for what its line has given up in this transaction:
	ERPNext's Update Items cancels all reservations and makes them anew. What just comes in for it is let in.
	"""
	if not _is_of_sales_order(entry):
		return flt(entry.reserved_qty)
	held = reservations.open_of_order(entry.voucher_no, for_update=True)
	of_line = sum(it.qty_stock for it in held if it.sales_order_item == entry.voucher_detail_no)
	needed = lines.undelivered(entry.voucher_no, entry.voucher_detail_no, entry.item_code) - of_line
	comes_in = (entry.from_voucher_type, entry.from_voucher_no) in alongside_request().coming_in
	if not comes_in and not lines.may_lock_more(entry.voucher_no):
		return min(needed, alongside_request().given_up.get(entry.voucher_detail_no, 0.0))
	return needed


def _nothing_left(entry, bin_row, free: float, needed: float) -> RuleViolation:
	facts = {
		"item": entry.item_code,
		"warehouse": entry.warehouse,
		"free": rounded(max(free, 0.0)),
		"on_hand": bin_row.on_hand_stock,
		"wanted": flt(entry.reserved_qty),
	}
	if not _is_of_sales_order(entry):
		return RuleViolation("rest_is_locked", doctype=entry.voucher_type, document=entry.voucher_no, **facts)
	needed = rounded(max(needed, 0.0))
	return RuleViolation("nothing_left_to_reserve", order=entry.voucher_no, needed=needed, **facts)


def check_may_be_given_up(entry) -> None:
	"""What an order holds is taken away by hand by who may release locks, on whatever road; as long as the
	order is to be delivered. Raises: PermissionError.
	"""
	if (
		is_on(STOCK_LOCK)
		and _is_of_sales_order(entry)
		and not alongside_request().is_unlogged
		and not permissions.may_release()
		and lines.is_submitted(entry.voucher_no, but="Closed")
	):
		permissions.check_may_release()


def check_may_be_lowered(entry) -> None:
	"""As ``check_may_be_given_up``, of an entry that is changed to hold less."""
	before = entry.get_doc_before_save()
	kept = flt(entry.reserved_qty)
	if entry.reservation_based_on == "Serial and Batch":  # ERPNext adds its rows up once it is saved
		kept = min(kept, sum(flt(row.qty) for row in entry.sb_entries))
	if before and is_less(kept, flt(before.reserved_qty)):
		check_may_be_given_up(entry)


def settle_entry(entry) -> None:
	"""Write what the entries say into Bin, order line and the ledger of locks.

	Raises: StockIsLocked when more is locked than is there, or a serial number is locked twice.
	"""
	bin_row = alongside(entry).bin_row
	if not bin_row:
		return
	held_before, held = flt(alongside(entry).held_stock), _held(entry)
	locked = reservations.open_by_bin([bin_row])
	if is_positive(held - held_before):
		_check(entry, bin_row, locked[bin_row.key])
	elif is_less(held, held_before) and _is_of_sales_order(entry):
		_remember_given_up(entry.voucher_detail_no, held_before - held)
	reservations.sync_bins([bin_row], locked)
	alongside(entry).held_stock = held
	if _is_of_sales_order(entry):
		reservations.sync_lines(entry.voucher_no)
		_log(entry, rounded(held - held_before))
	if alongside_request().is_unlogged:
		return
	if _is_of_sales_order(entry):
		refresh_status.refresh_order(entry.voucher_no)
	if is_less(held, held_before):
		serve.serve_soon()


def _remember_given_up(row: str, qty: float) -> None:
	given_up = alongside_request().given_up
	if not given_up:
		frappe.db.after_commit.add(given_up.clear)
		frappe.db.after_rollback.add(given_up.clear)
	given_up[row] = given_up.get(row, 0.0) + qty


@contextmanager
def unlogged() -> Iterator[None]:
	"""Inside, entries leave no events: the caller replaces entries and logs what has changed in the end."""
	beside = alongside_request()
	before, beside.is_unlogged = beside.is_unlogged, True
	try:
		yield
	finally:
		beside.is_unlogged = before


def _there(bin_row) -> float:
	"""What is on hand, without what tills have sold."""
	return bin_row.on_hand_stock - pos_sales.taken_home([bin_row.key]).get(bin_row.key, 0.0)


def _check(entry, bin_row, locked: float) -> None:
	there = _there(bin_row)
	if is_positive(locked - there):
		others = reservations.holders(*bin_row.key)
		refuse(
			RuleViolation(
				"stock_is_locked",
				item=entry.item_code,
				warehouse=entry.warehouse,
				on_hand=there,
				locked=locked,
				holders=tuple({it.sales_order: None for it in others})[:5],
			)
		)
	serials = [row.serial_no for row in entry.sb_entries if row.serial_no]
	twice = batches.held_elsewhere(entry.name, bin_row.key, serials)
	if twice:
		refuse(lots_locked(bin_row.key, twice))


def _held(entry) -> float:
	"""What the entry holds in the database, 0 when it is cancelled."""
	return sum(it.qty_stock for it in reservations.open_of_entry(entry.name))


def _is_of_sales_order(entry) -> bool:
	return entry.voucher_type == "Sales Order"


def _log(entry, change: float) -> None:
	if not change or alongside_request().is_unlogged:
		return
	held = OpenLock(
		name=entry.name,
		item_code=entry.item_code,
		warehouse=entry.warehouse,
		sales_order=entry.voucher_no,
		sales_order_item=entry.voucher_detail_no,
		qty_stock=flt(entry.reserved_qty) - flt(entry.delivered_qty),
		reserved_stock=flt(entry.reserved_qty),
	)
	origin = {"doctype": entry.from_voucher_type, "name": entry.from_voucher_no}
	reason = (
		said.keep(sayings.reserved_from, **origin)
		if entry.from_voucher_type
		else said.keep(sayings.reserved_by_hand)
	)
	events.changed("Locked" if change > 0 else "Released", [(held, change)], reason)
