"""What would come of approving an order now: exposure, margin, locks, and which other orders get less.

Reads only; the answer is a picture of this moment and promises nothing.
"""

from datetime import datetime, time

import frappe
from frappe.utils import flt, getdate

from sales_wh_flow.approval import figure_rights
from sales_wh_flow.approval import permissions as approval_permissions
from sales_wh_flow.approval.desk.answers import (
	Exposure,
	LossesOfOthers,
	Margin,
	StockIf,
	StockIfApproved,
	WhatIf,
)
from sales_wh_flow.approval.rules import what_if
from sales_wh_flow.approval.rules.what_if import Loss, WhatIfOutcome
from sales_wh_flow.approval.store import credit as credit_store
from sales_wh_flow.approval.store import what_if as store
from sales_wh_flow.base import settings
from sales_wh_flow.order import permissions as order_permissions
from sales_wh_flow.order.rules.facts import LineFacts
from sales_wh_flow.order.store import lines as orders
from sales_wh_flow.stock_lock.rules.facts import WaitingLine
from sales_wh_flow.stock_lock.serving import queue
from sales_wh_flow.stock_lock.store import free_stock, incoming, reservations, waiting_lines

MOST_OTHERS = 20
"""How many lines of other orders are named; the rest is counted."""


def show_what_if(doc) -> WhatIf:
	"""What would come of approving an order now. Statements: constant, whatever the number of lines."""
	lines = orders.lines_of_order(doc, _held(doc))
	return {
		"sales_order": doc.name,
		"customer": doc.customer,
		"customer_name": doc.customer_name,
		"currency": frappe.get_cached_value("Company", doc.company, "default_currency"),
		"exposure": _exposure(doc) if approval_permissions.may_see_credit(doc) else None,
		"margin": _margin(doc, lines),
		"stock": _stock(doc, lines) if settings.is_on(settings.STOCK_LOCK) else None,
	}


def _held(doc) -> dict[str, float]:
	"""Row -> what is locked for it already: only a submitted order holds anything."""
	return reservations.by_row(reservations.open_of_order(doc.name) if doc.docstatus.is_submitted() else ())


def _exposure(doc) -> Exposure:
	"""``before`` counts a submitted order already, so its own amount is taken out of it. ``shared_by``: the
	group whose customers share the limit, and owe ``before`` together.
	"""
	credit = credit_store.read_credit(doc.customer, doc.company)
	own = flt(doc.base_grand_total)
	others, value = credit_store.pending(doc.name, doc.customer, doc.company)
	shared = credit.shared
	view = shared if shared and shared.limit_base > 0 else credit
	before = view.outstanding_base - credit_store.counted_already(doc.name)
	return {
		"shared_by": shared.group if view is shared else "",
		"limit": view.limit_base,
		"before": before,
		"order": own,
		"after": before + own,
		"share_pct": round(100 * (before + own) / view.limit_base, 1) if view.limit_base > 0 else None,
		"pending_orders": others,
		"pending_value": value,
	}


def _margin(doc, lines: tuple[LineFacts, ...]) -> Margin | None:
	"""What the order earns over the goods' cost; None for who may not see ERPNext's own gross profit."""
	if not figure_rights.may_see_costs():
		return None
	costs = store.unit_costs((line.bin_key for line in lines if line.is_stock_item), doc.company)
	priced = [(line, line.qty_stock * costs[line.bin_key]) for line in lines if costs.get(line.bin_key)]
	revenue, cost = sum(line.amount_base for line, _cost in priced), sum(cost for _line, cost in priced)
	shares = sorted((_share(line.amount_base, cost), line.idx, line.item_code) for line, cost in priced)
	return {
		"revenue": revenue,
		"cost": cost,
		"margin": revenue - cost,
		"margin_pct": _share(revenue, cost) if priced else None,
		"worst": [{"margin_pct": pct, "idx": idx, "item_code": item} for pct, idx, item in shares[:1]],
		"lines_without_cost": len(lines) - len(priced),
	}


def _share(revenue: float, cost: float) -> float:
	"""Margin in percent of the revenue; goods given away for nothing lose all of it."""
	return round(100 * (revenue - cost) / revenue, 1) if revenue > 0 else -100.0


def _stock(doc, lines: tuple[LineFacts, ...]) -> StockIf:
	items = {line.item_code for line in lines if line.is_stock_item and line.is_lockable}
	places = {line.warehouse for line in lines if line.warehouse}
	rivals = [*waiting_lines.lines_at(items, places), *store.lines_awaiting_approval(items, places)]
	queued = queue.in_turn([*rivals, _place(doc)])
	found = what_if.if_submitted_now(
		lines,
		free_stock.free_stock(items, places),
		next(line for line in queued if line.order == doc.name and not line.row),
		[line for line in queued if line.row],
		incoming.of_items(items),
		queue.take_of(doc),
	)
	return {
		"lines": _lines(doc, found),
		"others": _others(found.losses),
	}


def _place(doc) -> WaitingLine:
	"""The order as it would queue for what it misses."""
	return WaitingLine(
		order=doc.name,
		row="",
		item_code="",
		warehouse="",
		qty_stock=0.0,
		due=datetime.combine(getdate(doc.delivery_date), time.min) if doc.delivery_date else None,
		since=doc.creation,
		company=doc.company,
		customer=doc.customer,
		customer_group=doc.customer_group or "",
	)


def _lines(doc, found: WhatIfOutcome) -> list[StockIfApproved]:
	rows = {row.idx: row for row in doc.items}
	return [
		{
			"idx": line.idx,
			"item_code": line.item_code,
			"item_name": rows[line.idx].item_name,
			"uom": rows[line.idx].stock_uom,
			"warehouse": line.warehouse,
			"needed": line.needed_stock,
			"free": line.free_stock,
			"locked": line.locked_stock,
			"missing": line.missing_stock,
			"expected": str(line.expected or ""),
		}
		for line in found.lines
	]


def _others(losses: tuple[Loss, ...]) -> LossesOfOthers:
	"""Orders the user may not read are counted, not named: not even by what they ask for."""
	readable = order_permissions.readable_orders({loss.order for loss in losses})
	shown = [loss for loss in losses if loss.order in readable]
	named = shown[:MOST_OTHERS]
	return {
		"named": [
			{
				"sales_order": loss.order,
				"customer": readable[loss.order],
				"item_code": loss.item_code,
				"warehouse": loss.warehouse,
				"wanted": loss.wanted_stock,
				"before": loss.before_stock,
				"after": loss.after_stock,
				"lost": loss.lost_stock,
				"day_before": str(loss.day_before or ""),
				"day_after": str(loss.day_after or ""),
			}
			for loss in named
		],
		"more": len({loss.order for loss in shown} - {loss.order for loss in named}),
		"hidden": len({loss.order for loss in losses} - set(readable)),
	}
