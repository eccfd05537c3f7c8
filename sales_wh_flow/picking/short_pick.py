"""A picker did not find all of a row: why, and where the rest comes from now."""

from collections.abc import Sequence
from dataclasses import dataclass

import frappe
from frappe.model.document import Document
from frappe.utils import flt

from sales_wh_flow.base import background, control_fields, hold_rows, said, settings
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_less, is_positive
from sales_wh_flow.base.refusals import refuse, require_reason
from sales_wh_flow.base.serial_nos import each_serial
from sales_wh_flow.base.timeline import note
from sales_wh_flow.dispatch import cut_units
from sales_wh_flow.order import hold
from sales_wh_flow.order.store import lines
from sales_wh_flow.picking import count_task, sayings, timeline
from sales_wh_flow.picking.answers import ShortRest
from sales_wh_flow.picking.rules import wave
from sales_wh_flow.picking.store.count_tasks import SHORT_PICK
from sales_wh_flow.reroute import move
from sales_wh_flow.reroute.rules.moves import Move
from sales_wh_flow.shortage.rules import ways_out
from sales_wh_flow.shortage.store import actions, supply
from sales_wh_flow.shortage.store.actions import Deed
from sales_wh_flow.stock_lock.store import picks


@dataclass(frozen=True, slots=True)
class Rest:
	"""What came of what was not found. ``moved``: (warehouse, quantity) it comes from now; ``left_stock``:
	what no other warehouse has free, still locked where it was not found until somebody counts.
	``is_served_soon``: the flow looks elsewhere for it by itself.
	"""

	missing_stock: float
	moved: tuple[tuple[str, float], ...]
	left_stock: float
	pick_list_is_gone: bool
	is_served_soon: bool = False


def record_short_pick(pick_list: str, row: str, found_stock: float, reason: str, *, may_move: bool) -> Rest:
	"""Bring a row of a draft Pick List down to what was found, and serve the rest from elsewhere.

	``may_move``: the user may change the order; else the rest waits for somebody who may, and its timeline
	says so, or the flow serves it right after the commit, as the settings say. Components stay: bundles move
	whole, by Re-route. Call it in a fresh transaction.
	Raises: ValidationError for a submitted list, without a reason, or when nothing is short.
	"""
	order = frappe.db.get_value("Pick List Item", row, "sales_order")
	if order:
		hold_rows.hold_order_row(order)
	picks.hold_pick_list(pick_list)
	return shorten_held(pick_list, row, found_stock, reason, may_move=may_move)


def shorten_held(
	pick_list: str,
	row: str,
	found_stock: float,
	reason: str,
	*,
	may_move: bool,
	found_serials: Sequence[str] = (),
) -> Rest:
	"""``record_short_pick`` for whoever holds the list and the order of the row. ``found_serials``: in the
	picker's hands.
	"""
	doc = frappe.get_doc("Pick List", pick_list)
	line, missing = _check_short(doc, row, found_stock, reason)
	found = flt(found_stock)
	gone = _shorten(doc, line, found, reason, found_serials)
	order_doc = frappe.get_doc("Sales Order", line.sales_order)
	is_part = bool(line.product_bundle_item)
	moved = _move(order_doc, line.sales_order_item, missing, reason) if may_move and not is_part else ()
	left = missing - sum(qty for _place, qty in moved)
	# After the move, which holds the Bins; before the ledger: what is missing waits for this task.
	count_task.ask_for_count(line.item_code, line.warehouse, found, found + missing, reason)
	_note(order_doc, line, missing, moved, reason, pick_list)
	is_served_soon = not may_move and not is_part and bool(settings.flow_settings().serve_short_picks)
	if is_served_soon:
		_serve_soon(order_doc, line, missing, reason)
	return Rest(missing, moved, left, gone, is_served_soon)


def _check_short(doc: Document, row: str, found_stock: float, reason: str) -> tuple[Document, float]:
	"""(the row of the draft list, what is short of it in stock UOM).

	Raises: ValidationError for a submitted list, without a reason, for what nobody can have found, or when
	nothing is short.
	"""
	line = _checked(doc, row, reason)
	_check_found(line, flt(found_stock))
	missing = wave.short(line.stock_qty, found_stock)
	if not is_positive(missing):
		refuse(RuleViolation("not_short", idx=line.idx, item=line.item_code, qty=flt(line.stock_qty)))
	return line, missing


def leave_out(pick_list: str, row: str, reason: str) -> Rest:
	"""Take a row whose order stopped off a draft list; nobody is sent to count, and nothing is short.

	The list and its orders are held. Raises: ValidationError for a submitted list, or without a reason.
	"""
	doc = frappe.get_doc("Pick List", pick_list)
	return Rest(0.0, (), 0.0, _shorten(doc, _checked(doc, row, reason), 0.0, reason))


def rest_in_words(rest: Rest) -> ShortRest:
	"""What came of it, for the picker; in stock UOM."""
	return {
		"missing": rest.missing_stock,
		"moved": [list(part) for part in rest.moved],
		"left": rest.left_stock,
		"pick_list_is_gone": rest.pick_list_is_gone,
		"is_served_soon": rest.is_served_soon,
	}


def serve_rest(
	order: str, row: str, warehouse: str, row_stock: float, missing: float, reason: str
) -> tuple[tuple[str, float], ...]:
	"""Serve what was not found of an order's row from warehouses that have it free: (warehouse, quantity).

	Nothing moves when the row is not as the picker left it (``warehouse``, ``row_stock``): somebody dealt
	with it, or this ran before. Call it in a fresh transaction, as a user who may change the order.
	"""
	doc = hold.hold_order(order)
	line = next((it for it in doc.items if it.name == row), None)
	if not doc.docstatus.is_submitted() or doc.status in lines.NO_DEMAND or line is None:
		return ()
	if line.warehouse != warehouse or is_positive(abs(flt(line.stock_qty) - row_stock)):
		return ()
	return _move(doc, row, missing, reason)


def _serve_soon(order, line, missing: float, reason: str) -> None:
	"""By a job after the commit: what the settings let the flow do is the system's act, not the picker's."""
	row = next(it for it in order.items if it.name == line.sales_order_item)
	background.owe(
		"sales_wh_flow.picking.jobs.serve_short_pick",
		queue="short",
		sales_order=order.name,
		row=row.name,
		warehouse=row.warehouse,
		row_stock=flt(row.stock_qty),
		missing=missing,
		reason=reason,
	)


def _checked(doc, row: str, reason: str):
	if not doc.docstatus.is_draft():
		refuse(RuleViolation("not_a_draft_list", name=doc.name))
	line = next((it for it in doc.locations if it.name == row), None)
	if line is None or not line.sales_order_item:
		refuse(RuleViolation("row_not_on_list", row=row, name=doc.name))
	require_reason(reason, RuleViolation("short_reason_missing", idx=line.idx, item=line.item_code))
	return line


def _check_found(line, found: float) -> None:
	"""Raises: ValidationError for less than nothing, and for a part of what comes in whole numbers only."""
	if is_less(found, 0.0) or cut_units.is_cut(line.stock_uom, found):
		refuse(RuleViolation("found_is_no_count", idx=line.idx, qty=found, item=line.item_code))


def _shorten(doc, line, found: float, reason: str, found_serials: Sequence[str] = ()) -> bool:
	"""Returns whether the list is gone: nothing else was on it."""
	if not is_positive(found):
		doc.locations.remove(line)
		if not doc.locations:
			actions.forget_document(doc.doctype, doc.name)
			# Who may pick may also give a list back that has become empty.
			frappe.delete_doc("Pick List", doc.name, ignore_permissions=True)
			return True
	else:
		line.stock_qty = found
		line.qty = found / (flt(line.conversion_factor) or 1.0)
		line.picked_qty = min(flt(line.picked_qty), found)
		first = found_serials or each_serial(line.swf_found_serials)
		serials = sorted(each_serial(line.serial_no), key=lambda it: it not in first)
		line.serial_no = "\n".join(serials[: int(found)]) or None
		control_fields.put(line, swf_short_reason=reason.strip())
	for idx, one in enumerate(doc.locations, start=1):
		one.idx = idx
	doc.save()
	return False


def _move(order, row: str, missing: float, reason: str) -> tuple[tuple[str, float], ...]:
	line = next(it for it in order.items if it.name == row)
	free = supply.free_by_warehouse([line.item_code], order.company).get(line.item_code, {})
	elsewhere = sorted(
		((place, qty) for place, qty in free.items() if place != line.warehouse),
		key=lambda it: (-it[1], it[0]),
	)
	source = supply.sources([line.item_code], order.company)[line.item_code]
	parts = ways_out.transfer_parts(missing, elsewhere, source.is_whole)
	if parts:
		moves = [Move(row, place, qty) for place, qty in parts]
		move.move(order.name, moves, said.keep(sayings.not_found, reason=said.typed(reason)))
	return parts


def _note(order, line, missing: float, moved, reason: str, pick_list: str) -> None:
	actions.record(
		[
			Deed(
				sales_order=order.name,
				sales_order_item=line.sales_order_item,
				item_code=line.item_code,
				warehouse=line.warehouse,
				action=SHORT_PICK,
				qty_stock=missing,
				reference_doctype="Pick List",
				reference_name=pick_list,
				reason=said.typed(reason),
			)
		]
	)
	note(
		order,
		timeline.picked_short,
		item_code=line.item_code,
		warehouse=line.warehouse,
		missing=missing,
		moved=[[place, qty] for place, qty in moved],
		reason=said.typed(reason),
	)
