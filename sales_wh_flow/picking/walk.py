"""A picker walks for a Pick List: takes it, says row by row what was found, and is done.

Nothing of it posts stock. What was found is kept on the rows of the draft, so that a reload, another phone or
a dead battery loses nothing; the Pick List's own submit certifies it.
"""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

import frappe
from frappe.utils import flt, getdate, nowdate

from sales_wh_flow.base import control_fields, hold_rows, settings
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import rounded
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.serial_nos import each_serial, typed_lots
from sales_wh_flow.picking import short_pick, walk_shown
from sales_wh_flow.picking.answers import FinishedList, FoundOfRow, RestOfRow
from sales_wh_flow.picking.rules import found as rules
from sales_wh_flow.picking.rules.found import Found, RowToPick, Scanned
from sales_wh_flow.picking.store import found as store
from sales_wh_flow.picking.store.found import HeldList
from sales_wh_flow.scanning import read
from sales_wh_flow.scanning.read import Scan
from sales_wh_flow.scanning.units import in_stock_units
from sales_wh_flow.stock_lock.follow_picked_lot import follow_picked_lot
from sales_wh_flow.stock_lock.store import bad_lots

Part = TypeVar("Part", Found, RowToPick)
"""What the rules find of a list, where they do not refuse."""


def take_list(pick_list: str) -> str:
	"""The session's user walks for this list from now on. Returns who does.

	Raises: ValidationError when somebody else does, or when it is no draft.
	"""
	return _claimed(pick_list).picker or frappe.session.user


def hand_list_on(pick_list: str, user: str | None) -> None:
	"""Somebody else walks for the list from now on, or nobody; what was found stays.

	Raises: ValidationError for who may not pick; PermissionError for who neither walks for it nor is a Stock
	Manager.
	"""
	held = _draft(pick_list)
	me = frappe.session.user
	if held.picker not in ("", me) and walk_shown.MANAGER not in frappe.get_roles(me):
		refuse(RuleViolation("not_your_list", name=pick_list, picker=held.picker))
	if user and not _may_pick(user, pick_list):
		refuse(RuleViolation("may_not_pick", user=user, name=pick_list))
	store.set_picker(pick_list, user)


def _may_pick(user: str, pick_list: str) -> bool:
	enabled = frappe.db.get_value("User", user, "enabled")
	return bool(enabled) and frappe.has_permission("Pick List", "write", doc=pick_list, user=user)


def confirm_scan(pick_list: str, text: str, chosen: str = "", batch: str = "") -> FoundOfRow:
	"""What was scanned lies in the picker's hands.

	``chosen``: the row in front of the picker; ``batch``: what the picker read on what is picked
	for it, where the label names none; it says nothing of another item.
	Another batch or serial number than the row's: the lock follows when it is free for this order. Raises:
	ValidationError in the picker's words.
	"""
	held = _claimed(pick_list)
	scan = read.read_scan(text)
	rows = store.rows_to_pick(pick_list)
	if scan.kind == read.TOTE:
		return _put_into_tote(rows, chosen, str(scan.name), held)
	if scan.kind in (read.BOX, read.PICK_LIST):
		refuse(RuleViolation("scanned_no_goods", text=text))
	if not scan.item_code or scan.kind == read.UNKNOWN:
		refuse(RuleViolation("unknown_barcode", text=text))
	batch = scan.batch_no or (batch if rules.may_be_in_front(rows, chosen, str(scan.item_code)) else "")
	scanned = Scanned(str(scan.item_code), _stock_qty(scan), batch, scan.serial_no or "")
	is_trusted = walk_shown.trusts_batches()
	found = _or_refuse(rules.what_was_found(rows, scanned, chosen, pick_list, trusts_batches=is_trusted))
	_check_is_good(found.row, scanned, scan.expires_on)
	if found.swaps_lot:
		_swap_lot(held, found.row, scanned)
	return _write(found, scanned.serial_no)


def confirm_row(pick_list: str, row: str) -> FoundOfRow:
	"""Write on a row that the picker found all of it, by a tap instead of scans."""
	held = _claimed(pick_list)
	chosen = _row(store.rows_to_pick(pick_list), row, held)
	_refuse_bad(chosen.item_code, (chosen.batch_no, *chosen.serial_nos))
	return _write(_or_refuse(rules.tapped(chosen, pick_list)), "", chosen.serial_nos)


def put_back(pick_list: str, row: str) -> None:
	"""Nothing of a row was found after all: the picker begins it anew."""
	held = _claimed(pick_list)
	store.set_found(_row(store.rows_to_pick(pick_list), row, held).name, 0.0, ())


def found_less(pick_list: str, row: str, found_stock: float, reason: str, *, may_move: bool) -> RestOfRow:
	"""Only so much of a row was found, and why: the row shrinks to that and is done; the rest comes from
	elsewhere or waits, see `short_pick.record_short_pick`. Unit: stock UOM.

	A row whose order stopped is left out by that: nothing of it is missing anywhere.
	"""
	_hold_order_of(row)
	held = _claimed(pick_list)
	line = _row(store.rows_to_pick(pick_list), row, held)
	if line.gone:
		return {"rest": short_pick.rest_in_words(short_pick.leave_out(pick_list, row, reason))}
	if line.found_stock:
		# Who walks says what he holds: nothing of it is left over. What is refused below undoes this, too.
		store.set_found(row, 0.0, ())
	serials = line.found_serials
	rest = short_pick.shorten_held(
		pick_list, row, found_stock, reason, may_move=may_move, found_serials=serials
	)
	if not rest.pick_list_is_gone and found_stock > 0:
		store.set_found(row, found_stock, serials[: int(found_stock)])
	return {"rest": short_pick.rest_in_words(rest)}


def _hold_order_of(row: str) -> None:
	"""Orders are locked before Pick Lists."""
	order = frappe.db.get_value("Pick List Item", row, "sales_order")
	if order:
		hold_rows.hold_order_row(order)


def finish_list(pick_list: str) -> FinishedList:
	"""Everything was found or said to be short: submit the list.

	Raises: ValidationError naming the rows that nobody confirmed or whose order stopped, and what ERPNext
	refuses.
	"""
	_claimed(pick_list)
	rows = store.rows_to_pick(pick_list)
	if gone := [row for row in rows if row.gone]:
		refuse([rules.refused_for_order(row, pick_list, row.gone) for row in gone])
	if open_rows := rules.not_confirmed(rows):
		refuse(RuleViolation("rows_not_confirmed", rows=open_rows, name=pick_list))
	doc = frappe.get_doc("Pick List", pick_list)
	doc.submit()
	return {"submitted": doc.name, "is_packed_now": settings.packing_gate(doc.company) != settings.OFF}


def forget_changed_rows(doc) -> None:
	"""A row that somebody changes in the form is found anew: another item, lot or place, or more of it."""
	before = doc.get_doc_before_save()
	known = {row.name: row for row in before.locations} if before else {}
	for row in doc.get("locations") or ():
		was = known.get(row.name)
		if was and was.swf_found_on and _asks_for_more(row, was):
			control_fields.put(
				row, swf_found_qty=0, swf_found_serials=None, swf_found_by=None, swf_found_on=None
			)


def _asks_for_more(row, was) -> bool:
	same = all((row.get(it) or "") == (was.get(it) or "") for it in ("item_code", "warehouse", "batch_no"))
	lost = set(each_serial(was.swf_found_serials)) - set(each_serial(row.serial_no))
	return not same or bool(lost) or flt(row.stock_qty) > flt(was.stock_qty)


def _claimed(pick_list: str) -> HeldList:
	"""The list, held, for which the session's user walks; nobody's list becomes the user's."""
	held = _draft(pick_list)
	if not held.picker:
		store.set_picker(pick_list, frappe.session.user)
	elif held.picker != frappe.session.user:
		refuse(RuleViolation("somebody_picks_it", name=pick_list, picker=held.picker))
	return held


def _draft(pick_list: str) -> HeldList:
	held = store.hold_list(pick_list)
	if held is None:
		refuse(RuleViolation("list_is_gone", name=pick_list))
	if held.docstatus != 0:
		refuse(RuleViolation("list_is_done", name=pick_list))
	return held


def _row(rows: Sequence[RowToPick], name: str, held: HeldList) -> RowToPick:
	found = next((row for row in rows if row.name == name), None)
	if found is None:
		refuse(RuleViolation("row_is_gone", name=held.name))
	return found


def _or_refuse(found: Part | RuleViolation) -> Part:
	if isinstance(found, RuleViolation):
		refuse(found)
	return found


def _stock_qty(scan: Scan) -> float:
	"""How much one scan stands for: a serial number is one; else the count of the label times its unit."""
	if scan.serial_no:
		return 1.0
	return flt(scan.qty or 1) * in_stock_units(str(scan.item_code), scan.uom)


def _write(found: Found, serial_no: str, all_serials: Sequence[str] = ()) -> FoundOfRow:
	row = found.row
	total = rounded(row.found_stock + found.qty_stock)
	serials = tuple(all_serials) or (*row.found_serials, *([serial_no] if serial_no else []))
	store.set_found(row.name, total, serials)
	return {"row": row.name, "found": total}


def _put_into_tote(rows: Sequence[RowToPick], chosen: str, tote: str, held: HeldList) -> FoundOfRow:
	"""Everything of the order in front of the picker lies in this tote."""
	row = _row(rows, chosen, held) if chosen else _or_refuse(rules.last_without_tote(rows, tote))
	other = rules.tote_is_taken(rows, row.sales_order, tote)
	if other:
		refuse(RuleViolation("tote_is_taken", tote=tote, order=other))
	elsewhere = store.order_in_tote(tote, row.sales_order, held.name)
	if elsewhere:
		refuse(RuleViolation("tote_stands_elsewhere", tote=tote, order=elsewhere))
	store.set_tote([one.name for one in rows if one.sales_order == row.sales_order], tote)
	return {"row": row.name, "found": row.found_stock}


def _check_is_good(row: RowToPick, scanned: Scanned, expires_on: date | None) -> None:
	"""Raises: ValidationError for a batch that has expired or is kept back, the row's own included: it may
	have gone bad since the list was made.
	"""
	if expires_on and expires_on < getdate(nowdate()):
		refuse(RuleViolation("label_is_expired", item=scanned.item_code, date=expires_on))
	_refuse_bad(scanned.item_code, (scanned.batch_no or row.batch_no, scanned.serial_no))


def _refuse_bad(item_code: str, lots: Sequence[str]) -> None:
	bad = sorted(bad_lots.among(lots))
	if bad:
		refuse(RuleViolation("found_lot_is_bad", item=item_code, lot=bad[0]))


def _swap_lot(held: HeldList, row: RowToPick, scanned: Scanned) -> None:
	"""The row, and the lock behind it, name what the picker holds."""
	if row.sales_order:
		hold_rows.hold_order_row(row.sales_order)
	doc = frappe.get_doc("Pick List", held.name)
	line = next(it for it in doc.locations if it.name == row.name)
	if scanned.serial_no:
		spare = next(it for it in row.serial_nos if it not in row.found_serials)
		line.serial_no = "\n".join(scanned.serial_no if it == spare else it for it in row.serial_nos)
		if scanned.batch_no:
			line.batch_no = None
	elif row.found_stock:
		refuse(
			RuleViolation("part_of_another_batch", idx=row.idx, batch=row.batch_no, scanned=scanned.batch_no)
		)
	else:
		line.batch_no = scanned.batch_no
	if line.sales_order_item:
		same = [it for it in doc.locations if _serves(it, line)]
		follow_picked_lot(
			doc,
			line.sales_order_item,
			line.item_code,
			line.warehouse,
			[typed_lots(it.serial_no, it.batch_no, flt(it.stock_qty)) for it in same],
		)
	doc.save()


def _serves(row, line) -> bool:
	fields = ("sales_order_item", "item_code", "warehouse")
	return all(row.get(it) == line.get(it) for it in fields)
