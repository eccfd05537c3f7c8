"""Who has it? On hand, locked for whom since when until when, who waits, and what is on its way."""

from frappe.utils import getdate

from sales_wh_flow.order.permissions import readable_orders, readable_warehouses
from sales_wh_flow.stock_lock import expire, words
from sales_wh_flow.stock_lock.answers import (
	ComingIn,
	HeldLock,
	StockHeld,
	StockMoment,
	StockPlaceHeld,
	WaitingInTurn,
	WhoHasIt,
	YourTurn,
)
from sales_wh_flow.stock_lock.rules import expectation
from sales_wh_flow.stock_lock.serving import queue
from sales_wh_flow.stock_lock.store import for_production, holders, incoming, pos_sales, waiting_lines

MOST_ROWS = 100
"""Locks and waiting lines that are listed; the rest is counted."""


def tell_who_has_it(item_code: str, warehouse: str, sales_order: str | None = None) -> WhoHasIt:
	"""Everything about one item in one warehouse that this user may know; quantities in stock UOM.

	Orders the user may not read are counted, not named. ``sales_order``: whose place in the queue is told.
	"""
	locks = holders.open_locks(item_code=item_code, warehouse=warehouse)
	lines = queue.in_turn(waiting_lines.waiting_lines_in(item_code=item_code, warehouse=warehouse))
	coming = [one for one in incoming.of_items([item_code]) if one.warehouse == warehouse]
	days = expectation.expected(lines, coming)
	visible = readable_orders({lock.sales_order for lock in locks} | {line.order for line in lines})
	seen = [lock for lock in locks if lock.sales_order in visible]
	ends = expire.endings({lock.sales_order for lock in seen[:MOST_ROWS]})
	turns = {line.row: turn for turn, line in enumerate(lines, start=1)}
	mine = [line for line in lines if line.order in visible]
	held_by = [_lock(lock, ends.get(lock.reservation)) for lock in seen[:MOST_ROWS]]
	waits = [_line(line, days, turns[line.row]) for line in mine[:MOST_ROWS]]
	comes = [_coming(one) for one in coming]
	on_hand, locked = holders.on_hand(item_code, warehouse), sum(lock.qty_stock for lock in locks)
	production = for_production.reserved_beside_orders(item_code, warehouse)
	sold = sum(pos_sales.seen_at_tills([(item_code, warehouse)]).values())
	held: StockHeld = {
		"item_code": item_code,
		"warehouse": warehouse,
		"uom": holders.unit_of(item_code),
		"on_hand": on_hand,
		"locked": locked,
		"production": production,
		"sold": sold,
		"free": on_hand - locked - production - sold,
		"waiting_for": sum(line.qty_stock for line in lines),
		"locks": held_by,
		"waiting": waits,
		"incoming": comes,
		"you": _you(lines, days, turns, sales_order) if sales_order in visible else None,
		"others": {
			"locked": locked - sum(lock.qty_stock for lock in seen),
			"waiting": sum(line.qty_stock for line in lines if line.order not in visible),
		},
		"more": max(len(seen) - MOST_ROWS, 0) + max(len(mine) - MOST_ROWS, 0),
		"timeline": _timeline(held_by, waits, comes),
	}
	return {**held, "words": words.who_has_it(held, len({lock.sales_order for lock in locks}), len(lines))}


def places(item_code: str | None = None, warehouse: str | None = None) -> list[StockPlaceHeld]:
	"""Where an item lies, or what lies in a warehouse, the most locked first; readable warehouses only. Unit:
	stock UOM.
	"""
	found = holders.holding_bins(item_code=item_code, warehouse=warehouse)
	allowed = readable_warehouses({place["warehouse"] for place in found})
	return [place for place in found if place["warehouse"] in allowed]


def _lock(lock, ending) -> HeldLock:
	return {
		"sales_order": lock.sales_order,
		"customer_name": lock.customer_name,
		"row": lock.row,
		"bundle": lock.bundle,
		"qty": lock.qty_stock,
		"since": lock.locked_on,
		"age_days": lock.age_days,
		"due": lock.delivery_date,
		"ends_on": ending and ending.on,
		"why": words.reason_words(ending.reason) if ending else "",
	}


def _line(line, days: dict, turn: int) -> WaitingInTurn:
	return {
		"turn": turn,
		"sales_order": line.order,
		"bundle": line.bundle_item or None,
		"qty": line.qty_stock,
		"due": line.due and line.due.date(),
		"expected": days[line.row],
		"serving_class": line.serving_class,
	}


def _coming(one) -> ComingIn:
	return {
		"document": one.document,
		"document_type": one.document_type,
		"qty": one.qty_stock,
		"due": one.due,
	}


def _you(lines, days: dict, turns: dict[str, int], sales_order: str) -> YourTurn | None:
	"""The order's place in the queue: its first line here, and what others wait for before it."""
	own = [line for line in lines if line.order == sales_order]
	if not own:
		return None
	turn = turns[own[0].row]
	return {
		"turn": turn,
		"before_you": sum(line.qty_stock for line in lines[: turn - 1]),
		"qty": sum(line.qty_stock for line in own),
		"expected": days[own[-1].row],
	}


def _timeline(
	locks: list[HeldLock], waiting: list[WaitingInTurn], incoming: list[ComingIn]
) -> list[StockMoment]:
	"""What happened and what is to come, by day."""
	order = "Sales Order"
	moments = [
		*(("locked", lock["since"], lock["qty"], order, lock["sales_order"]) for lock in locks),
		*(("ends", lock["ends_on"], lock["qty"], order, lock["sales_order"]) for lock in locks),
		*(("comes in", it["due"], it["qty"], it["document_type"], it["document"]) for it in incoming),
		*(("expected", it["expected"], it["qty"], order, it["sales_order"]) for it in waiting),
	]
	rows: list[StockMoment] = [
		{"on": getdate(on), "kind": kind, "qty": qty, "document_type": doctype, "document": name}
		for kind, on, qty, doctype, name in moments
		if on
	]
	return sorted(rows, key=lambda it: (it["on"], it["kind"] != "comes in", it["document"]))[:MOST_ROWS]
