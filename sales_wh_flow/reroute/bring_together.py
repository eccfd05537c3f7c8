"""Bring the goods of an order to the one warehouse it is sent from, where routing found that cheaper.

The goods stay locked where they lie until they go: a Material Request asks for their transfer. The Stock
Entry made from it takes the lines and their locks along, so that nobody else gets them on the way.
"""

import frappe

from sales_wh_flow.base import background, said, settings
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_less, is_positive, rounded
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.timeline import note
from sales_wh_flow.order import hold, permissions, refresh_status
from sales_wh_flow.order.store import lines as orders
from sales_wh_flow.order.store import rows as order_rows
from sales_wh_flow.reroute import movable, move, timeline
from sales_wh_flow.reroute.answers import BroughtLine
from sales_wh_flow.reroute.rules.moves import Move
from sales_wh_flow.reroute.store import transfers
from sales_wh_flow.reroute.store.transfers import Carried
from sales_wh_flow.shortage import ask_for_stock
from sales_wh_flow.shortage.rules.ways_out import TRANSFER, Offer, ShortLine
from sales_wh_flow.shortage.store import actions
from sales_wh_flow.shortage.timeline import asked_to_bring
from sales_wh_flow.stock_lock import lock as lock_stock
from sales_wh_flow.stock_lock import sayings as lock_sayings
from sales_wh_flow.stock_lock.store import free_stock, reservations

BY_HAND = "By Hand"


def bring_together_soon(doc) -> None:
	"""Ask for the transfers of a submitted order in the background, once it is committed, unless the settings
	leave that to people.
	"""
	by_itself = settings.flow_settings().get("transfer_requests") != BY_HAND
	if settings.is_on(settings.STOCK_LOCK) and by_itself and any(row.swf_brought_to for row in doc.items):
		background.owe(
			"sales_wh_flow.reroute.jobs.request_transfers",
			queue="short",
			job_id=f"request_transfers::{doc.name}",
			sales_order=doc.name,
		)


def by_itself(order: str) -> str | None:
	"""Ask for the transfers of an order, in a job. Returns the request's name, None when nothing is to be
	brought. Safe to repeat."""
	doc = hold.hold_order(order)
	if not doc.docstatus.is_submitted() or doc.status in orders.NO_DEMAND:
		return None
	chosen = _to_ask(doc)
	return _request(doc, chosen, is_automatic=True) if chosen else None


def request_transfer(order: str) -> str:
	"""A Material Request for what is locked of the lines that are to be brought to another warehouse, less
	what was asked for already. Returns its name. Call it in a fresh transaction.

	Raises: ValidationError when nothing is to be brought, or it was asked for already.
	"""
	doc = hold.hold_order(order)
	if not doc.docstatus.is_submitted():
		refuse(RuleViolation("not_submitted", doctype=doc.doctype, name=doc.name))
	chosen = _to_ask(doc)
	if not chosen:
		refuse(RuleViolation("nothing_to_bring", order=order))
	return _request(doc, chosen, is_automatic=False)


def send_directly(order: str) -> None:
	"""The lines leave from where they lie after all; what was requested and not moved yet is taken back.

	Call it in a fresh transaction. Raises: ValidationError when nothing is to be brought.
	"""
	doc = hold.hold_order(order)
	rows = [row.name for row in doc.items if row.swf_brought_to]
	if not rows or not doc.docstatus.is_submitted():
		refuse(RuleViolation("nothing_to_bring", order=order))
	_take_back(order, [row.request for row in transfers.transfers_of_order(order) if row.docstatus == 0])
	order_rows.set_brought_to(rows, None)
	order_rows.touch(order)
	note(doc, timeline.sent_directly)


def drop_requests(order: str) -> None:
	"""An order that is cancelled or closed leaves no request behind that nobody acted on: drafts made for it,
	and transfers of its goods that were not begun.
	"""
	_take_back(order, transfers.requests_made_for(order))


def depart(entry) -> None:
	"""Before ERPNext moves the goods of a Stock Entry: the lines they are for go along, and their locks end
	where they lay.
	"""
	for order, rows in _by_order(entry).items():
		_move(entry, order, [(one, one.source, one.target) for one in rows if one.left == one.source])


def arrive(entry) -> None:
	"""After it: what came for lines is locked for them, before anybody else who waits is served."""
	for order, rows in _by_order(entry).items():
		_lock(entry, order, {(one.item_code, one.reached) for one in rows})


def turn_back(entry) -> None:
	"""Before a Stock Entry is cancelled: the lines go back to where their goods will be.

	Raises: ValidationError for goods that came by transit and that their order holds by now.
	"""
	for order, rows in _by_order(entry).items():
		_check_arrived(order, [one for one in rows if one.left != one.source])
		sent = [one for one in rows if one.left == one.source]
		moved = _move(entry, order, [(one, one.target, one.source) for one in sent])
		if moved:
			order_rows.set_brought_to(moved, sent[0].target)


def return_home(entry) -> None:
	"""After it: they are locked there again."""
	for order, rows in _by_order(entry).items():
		_lock(entry, order, {(one.item_code, one.left) for one in rows})


def bringing_state(doc) -> list[BroughtLine]:
	"""What is to be brought, line by line, and how far that is. No statement where nothing is."""
	pending = [row for row in doc.items if row.get("swf_brought_to")]
	if not pending or not doc.docstatus.is_submitted():
		return []
	asked = {row.line: row for row in transfers.transfers_of_order(doc.name) if row.status != "Stopped"}
	return [
		{
			"row": row.name,
			"idx": row.idx,
			"item_code": row.item_code,
			"source": row.warehouse,
			"target": row.swf_brought_to,
			"qty": row.stock_qty,
			"uom": row.stock_uom,
			"request": asked[row.name].request if row.name in asked else "",
			"docstatus": asked[row.name].docstatus if row.name in asked else None,
		}
		for row in pending
	]


def _to_ask(doc) -> list[tuple[ShortLine, Offer]]:
	"""What is locked of the rows to be brought and nobody was asked to bring."""
	targets = {row.name: row.swf_brought_to for row in doc.items if row.swf_brought_to}
	if not targets:
		return []
	asked: dict[str, float] = {}
	for row in transfers.transfers_of_order(doc.name):
		if row.status != "Stopped":
			asked[row.line] = asked.get(row.line, 0.0) + max(row.qty_stock - row.moved_stock, 0.0)
	chosen = []
	for line in movable.movable_rows(doc):
		qty = rounded(line.locked_stock - asked.get(line.row, 0.0))
		if line.row in targets and is_positive(qty):
			short = ShortLine(line.row, line.idx, line.item_code, targets[line.row], qty)
			chosen.append((short, Offer(TRANSFER, qty, ((line.warehouse, qty),))))
	return chosen


def _request(doc, chosen: list[tuple[ShortLine, Offer]], is_automatic: bool) -> str:
	return ask_for_stock.make_request(doc, TRANSFER, chosen, is_automatic, words=asked_to_bring)


def _take_back(order: str, drafts: list[str]) -> None:
	"""Drafts lose the order's rows, and go when nothing is left; transfers not begun yet are cancelled."""
	names = [*dict.fromkeys(drafts)]
	for name in (*names, *transfers.untouched(transfers.transfers_of_order(order))):
		made = frappe.get_doc("Material Request", name)
		# Whoever may cancel, close or change the order may take back what was asked for it.
		made.flags.ignore_permissions = True
		kept = [row for row in made.items if row.sales_order != order]
		if made.docstatus.is_submitted():
			made.cancel()
		elif kept:
			made.items = kept
			made.save()
		else:
			actions.forget_document(made.doctype, made.name)
			made.delete()


def _by_order(entry) -> dict[str, list[Carried]]:
	"""What a Stock Entry carries for each open order; read once for each of its events."""
	if entry.doctype != "Stock Entry" or not settings.is_on(settings.STOCK_LOCK):
		return {}
	found: dict[str, list[Carried]] = {}
	for one in transfers.carried(entry):
		found.setdefault(one.order, []).append(one)
	return found


def _move(entry, order: str, wanted: list[tuple[Carried, str, str]]) -> list[str]:
	"""Move what is carried of the order's rows: (what, from, to). Returns the rows that have it now."""
	doc = hold.hold_order(order, for_update=True)
	if not wanted or not doc.docstatus.is_submitted() or doc.status in orders.NO_DEMAND:
		return []
	left = {line.row: line for line in movable.movable_rows(doc)}
	moves: dict[tuple[str, str], float] = {}
	for one, here, there in wanted:
		rows = [it for it in left.values() if it.item_code == one.item_code and it.warehouse == here]
		qty = one.qty_stock
		for row in sorted(rows, key=lambda it: (it.row != one.line, it.idx)):
			taken = min(rounded(row.open_stock - moves.get((row.row, there), 0.0)), qty)
			if is_positive(taken):
				moves[row.row, there] = rounded(moves.get((row.row, there), 0.0) + taken)
				qty = rounded(qty - taken)
	if not moves:
		return []
	_check_parts(doc, left, moves)
	reason = said.keep(lock_sayings.moved_by, doctype=entry.doctype, name=entry.name)
	found = move.move(order, [Move(row, there, qty) for (row, there), qty in moves.items()], reason)
	return [one["row"] for one in found]


def _check_parts(doc, lines: dict, moves: dict[tuple[str, str], float]) -> None:
	"""A part that leaves its row makes a row of its own, which changes the order: not everybody may."""
	if permissions.may_move(doc):
		return
	refuse(
		RuleViolation(
			"part_of_a_row_brought",
			idx=lines[row].idx,
			item=lines[row].item_code,
			qty=qty,
			open=lines[row].open_stock,
			order=doc.name,
		)
		for (row, _there), qty in moves.items()
		if is_positive(lines[row].open_stock - qty) or not lines[row].is_untouched
	)


def _check_arrived(order: str, arrived: list[Carried]) -> None:
	"""What would go back into transit must be free: ERPNext would just say that some stock is needed."""
	held: dict[tuple[str, str], float] = {}
	for lock in reservations.open_of_order(order) if arrived else ():
		key = (lock.item_code, lock.warehouse)
		held[key] = held.get(key, 0.0) + lock.qty_stock
	keys = {(one.item_code, one.reached) for one in arrived} & set(held)
	free = free_stock.free_of_bins(keys)
	refuse(
		RuleViolation(
			"arrived_is_held",
			item=one.item_code,
			qty=one.qty_stock,
			warehouse=one.reached,
			locked=held[key],
			order=order,
		)
		for one in arrived
		if (key := (one.item_code, one.reached)) in keys and is_less(free[key], one.qty_stock)
	)


def _lock(entry, order: str, places: set[tuple[str, str]]) -> None:
	doc = hold.hold_order(order, for_update=True)
	if not doc.docstatus.is_submitted() or doc.status in orders.NO_DEMAND:
		return
	rows = {row.name for row in doc.items if (row.item_code, row.warehouse) in places}
	# Components are locked together, so all of a bundle is looked at when one of them came.
	kits = {
		part.parent_detail_docname for part in doc.packed_items if (part.item_code, part.warehouse) in places
	}
	rows |= {part.name for part in doc.packed_items if part.parent_detail_docname in kits}
	if rows:
		lock_stock.more(doc, said.keep(lock_sayings.moved_by, doctype=entry.doctype, name=entry.name), rows)
		refresh_status.refresh_order(order)
