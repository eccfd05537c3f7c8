"""An order that leaves from several warehouses, in one step instead of one a warehouse: all of its Pick Lists
are submitted, its Delivery Notes made, and sent.
"""

from collections import defaultdict

import frappe

from erpnext.selling.doctype.sales_order import sales_order as native_order

from sales_wh_flow.base import hold_rows
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import FULFILMENT, STOCK_LOCK, is_on
from sales_wh_flow.dispatch import deliver, deliver_locked
from sales_wh_flow.order.bear_once import bear_once
from sales_wh_flow.order.store import lines
from sales_wh_flow.picking.store import order_papers
from sales_wh_flow.stock_lock import hold_locks
from sales_wh_flow.stock_lock.guard import movements
from sales_wh_flow.stock_lock.store import picks, reservations


def submit_lists(order: str) -> list[str]:
	"""All that the order's own draft Pick Lists ask for was found: they are submitted, all or none. Waves,
	which pick for others, too, are left to who walks for them. Returns the names.

	Raises: ValidationError when there is none; PermissionError where the user may not submit one of them.
	"""
	_begin(order)
	own = [one for one in order_papers.lists_of(order) if one.is_draft and not one.is_shared]
	if not own:
		refuse(RuleViolation("no_lists_to_submit", order=order))
	for one in own:
		doc = hold_rows.held_document("Pick List", one.name)
		doc.check_permission("submit")
		doc.submit()
	return [one.name for one in own]


def make_notes(order: str) -> list[str]:
	"""The draft Delivery Notes of an order, one for each warehouse: of what its Pick Lists picked, or, where
	it has none, of what is locked. Drafts that are there count. Returns the names, sorted.

	Raises: ValidationError when lists are still drafts, or when there is nothing to send.
	"""
	_begin(order)
	lists = order_papers.lists_of(order)
	drafts = [one.name for one in lists if one.is_draft]
	if drafts:
		refuse(RuleViolation("lists_are_drafts", order=order, lists=tuple(drafts)))
	left = [one for one in lists if any(picks.on_pick_lists(order, only=one.name))]
	names = {_note_of_list(one, order) for one in left} if left else _notes_of_locks(order)
	if not names:
		refuse(RuleViolation("nothing_to_send", order=order))
	return sorted(names)


def send_all(order: str) -> list[str]:
	"""Make the Delivery Notes of an order and submit them, all or none. Returns their names.

	Every Bin is held before the first note moves one: two orders that leave from the same warehouses wait for
	each other instead of deadlocking.
	"""
	notes = [frappe.get_doc("Delivery Note", name) for name in make_notes(order)]
	hold_rows.hold_bins_as_seen({key for note in notes for key in movements.bin_keys(note)}, [order])
	for note in notes:
		note.check_permission("submit")
		note.submit()
	return [note.name for note in notes]


def _begin(order: str) -> None:
	if not is_on(FULFILMENT):
		refuse(RuleViolation("switched_off", capability="Pick and Dispatch"))
	hold_rows.hold_order_row(order)


def _note_of_list(one: order_papers.PickListOfOrder, order: str) -> str:
	picked = frappe.get_doc("Pick List", one.name)
	picked.check_permission("read")
	if not one.is_shared:
		return deliver.make_delivery_note(picked)
	deliver.check_picked(picked)
	picks.hold_pick_list(one.name)
	return picks.draft_delivery_notes(one.name).get(order) or deliver.note_of_orders(picked, [order])


def _notes_of_locks(order: str) -> set[str]:
	"""A note for each warehouse in which something is locked for the order; with Stock Lock off for each of
	its rows' warehouses. Services go with the first.
	"""
	drafts = order_papers.warehouses_on_draft_notes(order)
	hold_locks.hold_locks_of([order], lines.bin_keys_of(order))
	locks = reservations.open_of_order(order, for_update=True)
	whole = deliver_locked.note_of(
		order, None, {"for_reserved_stock": bool(locks)}, native_order.make_delivery_note
	)
	goods, services = _rows_to_send(whole, _held_lines(order, locks))
	left = sorted(place for place in goods if place not in drafts) or ([""] if services else [])
	if drafts:
		services = []
		left = [place for place in left if place]
	made = []
	for number, place in enumerate(left):
		rows = [*goods.get(place, ()), *(() if number else services)]
		made.append(_insert(whole, rows))
	return {*made, *drafts.values()}


def _held_lines(order: str, locks: list[reservations.OpenLock]) -> set[str] | None:
	"""The order lines that hold something, or a component of them does; None where nothing has to be held."""
	if not locks and not is_on(STOCK_LOCK):
		return None
	doc = frappe.get_doc("Sales Order", order)
	bundles = {part.name: part.parent_detail_docname for part in doc.get("packed_items") or ()}
	return {bundles.get(lock.sales_order_item, lock.sales_order_item) for lock in locks}


def _rows_to_send(whole, held: set[str] | None) -> tuple[dict[str, list], list]:
	"""({warehouse: rows of goods}, rows of services) of a note as ERPNext fills it; goods only as far as
	they are held.
	"""
	bundles = {row.parent_item for row in whole.get("packed_items") or ()}
	goods: dict[str, list] = defaultdict(list)
	services = []
	for row in whole.items:
		if row.item_code in bundles or frappe.get_cached_value("Item", row.item_code, "is_stock_item"):
			if held is None or row.so_detail in held:
				goods[row.warehouse or ""].append(row)
		else:
			services.append(row)
	return goods, services


def _insert(whole, rows: list) -> str:
	note = frappe.copy_doc(whole)
	note.set("items", [])
	note.set("packed_items", [])
	for idx, row in enumerate(rows, 1):
		part = frappe.copy_doc(row)
		part.update({"name": None, "idx": idx})
		note.append("items", part)
	bear_once(note)
	note.insert()
	return note.name
