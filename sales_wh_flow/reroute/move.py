"""Serve what an order has not picked yet from other warehouses: its locks move with it, in one transaction.

A lock lies in its line's warehouse, because ERPNext delivers from there. So a lock moves by moving its line:
a line that leaves altogether gets the other warehouse itself; a part becomes a line of its own, through
ERPNext's Update Items. The order keeps its place among those that wait, its prices and its approvals.
"""

from collections.abc import Sequence

import frappe
from frappe.utils import flt, get_fullname

from sales_wh_flow.base import hold_rows, said, settings
from sales_wh_flow.base.hold_rows import Series
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import rounded
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.said import Kept
from sales_wh_flow.base.timeline import note
from sales_wh_flow.order import check_lines, hold, refresh_status
from sales_wh_flow.order.rules.facts import LineFacts
from sales_wh_flow.order.store import lines as orders
from sales_wh_flow.order.store import rows as order_rows
from sales_wh_flow.order_changes import change_lines
from sales_wh_flow.order_changes.change_lines import NewLine
from sales_wh_flow.reroute import movable, promise_again, sayings, timeline
from sales_wh_flow.reroute.answers import MovedLine, RerouteChoices
from sales_wh_flow.reroute.rules import moves as rules
from sales_wh_flow.reroute.rules.moves import Movable, Move, Step
from sales_wh_flow.routing import read_facts
from sales_wh_flow.routing import rules as routing
from sales_wh_flow.routing.rules import RoutingRequest
from sales_wh_flow.routing.store import sales_items
from sales_wh_flow.shortage.store import actions
from sales_wh_flow.shortage.store.actions import Deed
from sales_wh_flow.stock_lock import lock as lock_stock
from sales_wh_flow.stock_lock.rules import bundles
from sales_wh_flow.stock_lock.serving import serve
from sales_wh_flow.stock_lock.store import cuts, events, open_demand, reservations

ACTION = "Re-route"


def look_at_moves(doc) -> RerouteChoices:
	"""What may move, where to, and what the routing rules would do now; for the dialog Re-route."""
	_check_is_open(doc)
	lines = movable.movable_rows(doc)
	rows = {row.name: row for row in doc.items}
	free = movable.free(doc, lines)
	by_bin = {(item, place): qty for item, places in free.items() for place, qty in places.items()}
	moves = propose(doc, lines)
	after = rules.outcome(lines, moves, by_bin)
	return {
		"lines": [
			{
				"row": line.row,
				"idx": line.idx,
				"item_code": line.item_code,
				"item_name": rows[line.row].item_name,
				"uom": rows[line.row].stock_uom,
				"warehouse": line.warehouse,
				"open": line.open_stock,
				"locked": line.locked_stock,
				"waiting": rounded(line.open_stock - line.locked_stock),
				"listed": line.listed_stock,
				"choices": [
					{"warehouse": name, "free": qty}
					for name, qty in sorted(
						free.get(line.item_code, {}).items(), key=lambda it: (-it[1], it[0])
					)
					if name != line.warehouse
				],
				"proposal": [
					{"warehouse": one.warehouse, "qty": one.qty_stock, "locked": one.locked_stock}
					for one in after
					if one.row == line.row
				],
			}
			for line in lines
		]
	}


def propose(doc, lines: Sequence[Movable]) -> tuple[Move, ...]:
	"""What the routing rules would move now, the order's own unpicked locks counted as free; nothing without
	a rule, while routing is switched off, or for a line that no candidate has anything for. Rules route
	lines, so a bundle stays.
	"""
	lines = [line for line in lines if not line.is_bundle]
	if not lines or not settings.is_on(settings.ROUTING):
		return ()
	items = sales_items.sales_items(row.item_code for row in doc.items)
	of_row = {line.row: line for line in lines}
	rows = [row for row in doc.items if row.name in of_row]
	facts = read_facts.read_routing_facts(doc, rows, items)
	if facts is None:
		return ()
	key_of = {row.name: read_facts.row_key(row) for row in rows}
	planned = [line for line in lines if key_of[line.row] in facts.policies]
	prices = {row.name: flt(row.base_rate) / (flt(row.conversion_factor) or 1.0) for row in rows}
	request = RoutingRequest(
		lines=tuple(_facts(line, prices[line.row]) for line in planned),
		policies={line.row: facts.policies[key_of[line.row]] for line in planned},
		free=rules.free_for(planned, facts.free()),
		destination=facts.destination,
		weights={line.row: items[line.item_code].weight for line in planned},
		incoming=facts.incoming(),
	)
	parts = routing.plan_order(request).parts
	wanted = [(part.row, part.warehouse, part.qty_stock) for part in parts if part.reason != routing.NOTHING]
	return rules.moves_of(planned, wanted)


def _facts(line: Movable, price: float) -> LineFacts:
	return LineFacts(
		row=line.row,
		idx=line.idx,
		item_code=line.item_code,
		qty_stock=line.open_stock,
		step_stock=line.step_stock,
		rate_base=price,
	)


def move(order: str, moves: Sequence[Move], reason: Kept) -> list[MovedLine]:
	"""Serve so much of these rows from those warehouses. Returns where everything that moved is now.

	Call it in a fresh transaction. Locks the order, then the Bins of all warehouses concerned, in order; then
	ends the locks where the lines were and takes what is free where they are. Raises: ValidationError naming
	every row that can't move, or a warehouse that can't be used.
	"""
	doc = hold.hold_order(order)
	_check_is_open(doc)
	lines = movable.movable_rows(doc)
	refuse(rules.check_moves(order, lines, moves))
	of_row = {line.row: line for line in lines}
	_check_warehouses(doc, of_row, moves)
	parts = movable.parts_by_line(orders.lockable(doc))
	there = {
		(item, one.warehouse)
		for one in moves
		for item in (of_row[one.row].item_code, *(part.item_code for part in parts.get(one.row, ())))
	}
	hold_rows.hold_bins(orders.bin_keys_of_order(doc) | there)
	steps = rules.steps(lines, moves)
	words = said.keep(sayings.rerouted, by=get_fullname(frappe.session.user), reason=reason)
	added = _split(doc, steps, words)
	_move_whole_rows(order, {step.row: step.whole_to for step in steps if step.whole_to}, words)
	refresh_status.refresh_order(order)
	serve.serve_soon()  # what was given back may be what somebody else waits for
	names = [step.row for step in steps if step.whole_to] + added
	promise_again.promise_rows_again(order, names)
	_note(doc, of_row, moves, reason)
	frappe.get_doc("Sales Order", order).notify_update()
	return _where(order, names)


def _check_is_open(doc) -> None:
	if not settings.is_on(settings.STOCK_LOCK):
		refuse(RuleViolation("switched_off", capability="Stock Lock"))
	if not doc.docstatus.is_submitted():
		refuse(RuleViolation("not_submitted", doctype=doc.doctype, name=doc.name))
	if doc.status in orders.NO_DEMAND:
		refuse(RuleViolation("order_halted", order=doc.name, status=doc.status))


def _check_warehouses(doc, of_row: dict[str, Movable], moves: Sequence[Move]) -> None:
	"""A warehouse that is unknown, disabled, a group or another company's is named by row."""
	check_lines.check_rows(
		doc,
		[
			frappe._dict(
				idx=of_row[one.row].idx,
				item_code=of_row[one.row].item_code,
				warehouse=one.warehouse,
				qty=one.qty_stock,
			)
			for one in moves
		],
	)


def _split(doc, steps: Sequence[Step], words: Kept) -> list[str]:
	"""Parts that leave their rows become rows of their own. Returns the names of those."""
	rows = {row.name: row for row in doc.items}
	left, new = {}, []
	for step in steps:
		if not step.parts:
			continue
		row = rows[step.row]
		left[step.row] = change_lines.left_of(row, sum(part.qty_stock for part in step.parts))
		factor = flt(row.conversion_factor) or 1.0
		new += [
			NewLine(
				item_code=row.item_code,
				qty=flt(part.qty_stock / factor, row.precision("qty")),
				rate=row.rate,
				uom=row.uom,
				factor=factor,
				warehouse=part.warehouse,
				delivery_date=row.delivery_date or doc.delivery_date,
				like=row,
				values={
					"swf_route_reason": words,
					"swf_promised_on": row.swf_promised_on,
					"swf_promise_source": row.swf_promise_source,
				},
			)
			for part in step.parts
		]
	return change_lines.apply(doc.name, left, new, reason=words) if new else []


def _move_whole_rows(order: str, warehouses: dict[str, str], words: Kept) -> None:
	"""Rows get their other warehouse; demand and locks go with them."""
	if not warehouses:
		return
	Series(reservations.DOCTYPE)  # before its entries are read: see there
	doc = frappe.get_doc("Sales Order", order)
	before = orders.demand(doc)
	packed = {row.name for row in doc.get("packed_items") or () if row.parent_detail_docname in warehouses}
	held = [
		lock
		for lock in reservations.open_of_order(order, for_update=True)
		if lock.sales_order_item in warehouses or lock.sales_order_item in packed
	]
	cuts.end_entries(lock.name for lock in held)
	order_rows.set_warehouses(warehouses, words)
	if packed:
		order_rows.set_part_warehouses(warehouses)
	order_rows.touch(order)
	after = orders.demand(frappe.get_doc("Sales Order", order))
	bins = hold_rows.hold_bins(
		before.keys() | after.keys() | {(lock.item_code, lock.warehouse) for lock in held}
	)
	demand = open_demand.demand_after(bins, before, after)
	reservations.sync_lines(order)
	reservations.sync_bins(bins.values(), reservations.open_by_bin(bins.values()), demand)
	events.changed("Moved", ((lock, -lock.qty_stock) for lock in held), words)
	lock_stock.more(frappe.get_doc("Sales Order", order), words)


def _note(doc, of_row: dict[str, Movable], moves: Sequence[Move], reason: Kept) -> None:
	actions.record(
		Deed(
			sales_order=doc.name,
			sales_order_item=one.row,
			item_code=of_row[one.row].item_code,
			warehouse=one.warehouse,
			action=ACTION,
			qty_stock=one.qty_stock,
			reason=reason,
		)
		for one in moves
	)
	parts = [(of_row[one.row], one) for one in moves]
	told = [[line.idx, one.qty_stock, line.item_code, line.warehouse, one.warehouse] for line, one in parts]
	note(doc, timeline.moved, parts=told, reason=reason)


def _where(order: str, names: Sequence[str]) -> list[MovedLine]:
	doc = frappe.get_doc("Sales Order", order)
	held = reservations.by_row(reservations.open_of_order(order))
	parts = movable.parts_by_line(orders.lockable(doc, held))
	held |= {line: bundles.deliverable_bundles(own, held)[line] for line, own in parts.items()}
	return [
		{
			"row": row.name,
			"item_code": row.item_code,
			"warehouse": row.warehouse,
			"qty": flt(row.stock_qty),
			"locked": rounded(held.get(row.name, 0.0)),
		}
		for row in doc.items
		if row.name in names
	]
