"""ERPNext's draft Delivery Note of an order, where it knows less than the flow.

"For Reserved Stock" makes a row for each reservation and looks for its order line; a component of a product
bundle has none, and it stops there. For such orders the rows are those of the order, cut to what is locked.
ERPNext 16 names no batches and serial numbers where they are typed in rows: those of the locks are.

What came back counts for ERPNext as if it had never left, so it would be sent again; nobody asked for that.
"""

from collections import defaultdict
from collections.abc import Callable

import frappe
from frappe.utils import flt

from erpnext.stock.doctype.packed_item.packed_item import make_packing_list
from erpnext.stock.doctype.stock_reservation_entry.stock_reservation_entry import get_ssb_bundle_for_voucher

from sales_wh_flow.base.quantities import is_positive, rounded, whole_part
from sales_wh_flow.base.settings import FULFILMENT, STOCK_LOCK, is_on
from sales_wh_flow.dispatch.addresses import telling_who_gives_the_right
from sales_wh_flow.order.bear_once import bear_once
from sales_wh_flow.order.store import gone, lines
from sales_wh_flow.stock_lock.rules import bundles
from sales_wh_flow.stock_lock.store import reservations
from sales_wh_flow.stock_lock.store.reservations import OpenLock


@telling_who_gives_the_right()
def note_of(order: str, target, kwargs: dict, native: Callable):
	"""The draft, not saved. ``native``: ERPNext's own make_delivery_note, which may make none in bulk."""
	doc = frappe.get_doc("Sales Order", order)
	note = _note_of(doc, target, kwargs, native)
	if not note:
		return None
	if is_on(STOCK_LOCK):
		_leave_out_what_came_back(note, doc)
		for row in note.items:
			if row.get("serial_and_batch_bundle"):
				row.use_serial_batch_fields = 0  # else ERPNext's return of it names new serial numbers
	if is_on(FULFILMENT):
		bear_once(note)
	return note


def _note_of(doc, target, kwargs: dict, native: Callable):
	order = doc.name
	packed = {row.name: row for row in doc.get("packed_items") or ()}
	if not _for_reserved_stock(kwargs):
		return native(order, target, kwargs or None)
	locks = [lock for lock in reservations.open_of_order(order) if is_positive(lock.qty_stock)]
	if not any(lock.sales_order_item in packed for lock in locks):
		note = native(order, target, kwargs or None)
		if note and is_on(STOCK_LOCK):
			_name_lots(note, locks)
		return note
	note = native(order, target, {**kwargs, "for_reserved_stock": False})
	if not note:
		return None
	_cut_to_locks(note, _by_line(locks, packed), _whole_bundles(doc, locks))
	note.run_method("calculate_taxes_and_totals")
	make_packing_list(note)
	return note


def _name_lots(note, locks: list[OpenLock]) -> None:
	"""ERPNext 16 names none where they are typed in rows: a note then takes one batch for all."""
	of: dict[tuple[str, str, float], list[OpenLock]] = defaultdict(list)
	for lock in locks:
		of[lock.sales_order_item, lock.warehouse, rounded(lock.qty_stock)].append(lock)
	for row in note.items:
		held = of[row.so_detail, row.warehouse, rounded(flt(row.qty) * (row.conversion_factor or 1))]
		bundle = _bundle(held.pop(0)) if held and not row.serial_and_batch_bundle else None
		if bundle:
			row.update({"serial_and_batch_bundle": bundle, "batch_no": None, "serial_no": None})


def _leave_out_what_came_back(note, doc) -> None:
	"""Rows of lines of which something came back that nobody wants anew are cut to what is still asked."""
	left = {
		line.name: max(flt(line.qty) - gone.qty(line), 0.0)
		for line in doc.items
		if is_positive(gone.qty(line) - flt(line.delivered_qty))
	}
	if not left:
		return
	rows = []
	for row in note.items:
		if row.so_detail in left:
			row.qty = rounded(min(flt(row.qty), left[row.so_detail]))
			left[row.so_detail] = rounded(left[row.so_detail] - row.qty)
		if row.so_detail not in left or is_positive(row.qty):
			rows.append(row)
	note.set("items", rows)
	for idx, row in enumerate(note.items, 1):
		row.idx = idx
	note.run_method("calculate_taxes_and_totals")
	make_packing_list(note)


def _for_reserved_stock(kwargs: dict) -> bool:
	args = frappe.flags.args or {}
	return bool(kwargs.get("for_reserved_stock") or args.get("for_reserved_stock"))


def _by_line(locks: list[OpenLock], packed: dict) -> dict[str, list[OpenLock]]:
	found: dict[str, list[OpenLock]] = defaultdict(list)
	for lock in locks:
		if lock.sales_order_item not in packed:
			found[lock.sales_order_item].append(lock)
	return found


def _whole_bundles(doc, locks: list[OpenLock]) -> dict[str, float]:
	"""{order line: how many of its bundles, in stock UOM, the locks make}."""
	held = reservations.by_row(locks)
	parts = [part for part in lines.lockable(doc, held) if part.bundle and part.is_stock_item]
	made = bundles.deliverable_bundles(parts, held)
	return {line: whole_part(qty) for line, qty in made.items() if is_positive(qty)}


def _cut_to_locks(note, by_line: dict[str, list[OpenLock]], made: dict[str, float]) -> None:
	rows = []
	for row in note.items:
		factor = row.conversion_factor or 1
		if row.so_detail in made:
			rows.append(_copy(row, made[row.so_detail] / factor))
		elif by_line.get(row.so_detail):
			rows += [_copy(row, lock.qty_stock / factor, _bundle(lock)) for lock in by_line[row.so_detail]]
		else:
			rows.append(row)
	note.set("items", [])
	for idx, row in enumerate(rows, 1):
		row.idx = idx
		note.append("items", row)


def _copy(row, qty: float, bundle: str | None = None):
	made = frappe.copy_doc(row)
	made.update(
		{"name": frappe.generate_hash(length=10), "qty": rounded(qty), "serial_and_batch_bundle": bundle}
	)
	return made


def _bundle(lock: OpenLock) -> str | None:
	"""The batches and serial numbers of a lock as ERPNext bundles them; None for a lock by quantity."""
	entry = frappe.get_doc("Stock Reservation Entry", lock.name)
	if entry.reservation_based_on != "Serial and Batch":
		return None
	return get_ssb_bundle_for_voucher(entry.as_dict())
