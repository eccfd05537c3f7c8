"""Three plans for a draft, side by side, and taking one of them."""

import frappe
from frappe.utils import cint, flt

from sales_wh_flow import routing_messages
from sales_wh_flow.flow import promise_dates, route
from sales_wh_flow.flow.route import Order, Plan
from sales_wh_flow.messages import refuse
from sales_wh_flow.rules import promise
from sales_wh_flow.rules.problems import RuleViolation
from sales_wh_flow.rules.routing import NOTHING, RoutedPart, RoutingPolicy, alternatives

AS_RULED = "rule"
"""The way back: every line is planned by its rule again."""


def of(doc) -> dict:
	"""Shape: see ``api.route_plans``."""
	order = route.read(doc)
	if order is None or not order.lines:
		return {"plans": [], "kept": _kept(doc), "currency": _currency(doc)}
	return {
		"plans": [_shown(order, way, planned(order, way)) for way in alternatives.WAYS],
		"kept": _kept(doc),
		"currency": _currency(doc),
	}


def planned(order: Order, way: str) -> Plan:
	days = {
		name: (
			(promise.arrival(calendar, order.facts.now) or order.facts.now.date()) - order.facts.now.date()
		).days
		for name, calendar in order.facts.calendars.items()
	}

	def change(policy: RoutingPolicy) -> RoutingPolicy:
		return alternatives.changed(policy, way, days)

	return route.plan(order, change)


def take(doc, way: str) -> None:
	"""Write one of the plans into a draft and mark its rows as chosen; ``rule`` takes the marks away.

	Raises: ValidationError for a submitted order, or a plan that there is not
	"""
	if not doc.docstatus.is_draft():
		refuse([RuleViolation("not_a_draft_to_route", order=doc.name)])
	if way not in (*alternatives.WAYS, AS_RULED):
		refuse([RuleViolation("unknown_plan", plan=way)])
	if way == AS_RULED:
		for row in doc.items:
			row.swf_keep_warehouse = 0
		doc.save()
		return
	order = route.read(doc)
	if order and order.lines:
		found = planned(order, way)
		before = {id(row) for line in order.kept for row in line.rows}
		route.write(order, found)
		for row in order.goods:
			if id(row) not in before:
				row.swf_keep_warehouse = 1
	doc.save()


def _shown(order: Order, way: str, found: Plan) -> dict:
	parts = [part for line in order.lines for part in found.parts.get(line.key, ())]
	lines = {line.key: line for line in order.lines}
	promises = promise.of_parts(
		parts,
		{key: line.head.item_code for key, line in lines.items()},
		order.facts.calendars,
		order.facts.incoming(),
		order.facts.now,
		order.facts.ship_complete,
	)
	sending = [part.sent_from for part in parts if part.reason != NOTHING]
	last = promise_dates.last_day(promises)
	return {
		"way": way,
		"warehouses": list(dict.fromkeys(sending)),
		"parcels": len(set(sending)),
		"cost": found.found.cost if found.found else 0.0,
		"last_day": str(last or ""),
		"short": sum(1 for part in parts if part.missing_stock),
		"lines": [_line(lines[part.row], part, told) for part, told in zip(parts, promises, strict=True)],
	}


def _line(line, part: RoutedPart, told: promise.Promise) -> dict:
	return {
		"idx": cint(line.head.idx),
		"item_code": line.head.item_code,
		"item_name": line.head.item_name or "",
		"warehouse": part.warehouse,
		"qty": flt(part.qty_stock / line.factor, line.decimals),
		"uom": line.uom,
		"missing": flt(part.missing_stock / line.factor, line.decimals),
		"brought_to": part.brought_to or "",
		"promised_on": str(told.arrives or ""),
		"source": routing_messages.promised(told, None),
	}


def _kept(doc) -> int:
	return sum(1 for row in doc.items if cint(row.swf_keep_warehouse))


def _currency(doc) -> str:
	return frappe.get_cached_value("Company", doc.company, "default_currency")
