"""Plans for a draft, side by side, and taking one of them."""

from dataclasses import replace
from datetime import date

import frappe
from frappe.utils import cint, flt

from sales_wh_flow.base import said
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.routing import promise_dates, route, words
from sales_wh_flow.routing.answers import PlannedLine, RoutePlans, ShownPlan
from sales_wh_flow.routing.route import Order, OrderPlan
from sales_wh_flow.routing.rules import FULL_ORDER, NOTHING, RoutedPart, RoutingPolicy, alternatives, promise

AS_RULED = "rule"
"""The way back: every line is planned by its rule again."""


def draw_plans(doc) -> RoutePlans:
	"""The ways to serve a draft, none where no rule is for any line that may move."""
	order = route.read(doc)
	if order is None or not order.lines:
		return {"plans": [], "kept": _kept(doc), "currency": _currency(doc)}
	shown = [_shown(order, way, planned(order, way)) for way in alternatives.WAYS]
	later = one_parcel_later(order)
	if later and not any(_is_one_parcel(plan) for plan in shown):
		shown.append(_shown(order, alternatives.ONE_PARCEL_LATER, later))
	return {
		"plans": shown,
		"kept": _kept(doc),
		"currency": _currency(doc),
	}


def planned(order: Order, way: str) -> OrderPlan:
	"""The plan of one way: fewest, fastest or cheapest."""
	days = {
		name: (
			(promise.arrival(calendar, order.facts.now) or order.facts.now.date()) - order.facts.now.date()
		).days
		for name, calendar in order.facts.calendars.items()
	}

	def change(policy: RoutingPolicy) -> RoutingPolicy:
		return alternatives.policy_for_way(policy, way, days)

	return route.plan_document(order, change)


def one_parcel_later(order: Order) -> OrderPlan | None:
	"""Everything from the one warehouse that has all of it first; None where no day is known for any."""
	staying = {row.warehouse for line in order.kept for row in line.rows}
	policies = [order.facts.policies[line.key] for line in order.lines]
	best: tuple[date, float, int] | None = None
	chosen = None
	for at, name in enumerate(alternatives.common_candidates(policies)):
		if staying - {name}:
			continue
		found = route.plan_document(order, lambda policy, name=name: alternatives.alone(policy, name))
		parts = _parts(order, found)
		if found.put or len(parts) < len(order.lines):
			continue
		days = [told.latest_known for told in _promises(order, parts, FULL_ORDER)]
		if None in days:
			continue
		figures = (max(days), found.found.cost, at)
		if best is None or figures < best:
			best, chosen = figures, found
	return chosen


def take_plan(doc, way: str) -> None:
	"""Write one of the plans into a draft and mark its rows as chosen; ``rule`` takes the marks away.

	Raises: ValidationError for a submitted order, or a plan that there is not, or not any more
	"""
	if not doc.docstatus.is_draft():
		refuse([RuleViolation("not_a_draft_to_route", order=doc.name)])
	if way not in (*alternatives.WAYS, alternatives.ONE_PARCEL_LATER, AS_RULED):
		refuse([RuleViolation("unknown_plan", plan=way)])
	if way == AS_RULED:
		for row in doc.items:
			row.swf_keep_warehouse = 0
		doc.save()
		return
	order = route.read(doc)
	if order and order.lines:
		is_later = way == alternatives.ONE_PARCEL_LATER
		found = one_parcel_later(order) if is_later else planned(order, way)
		if found is None:
			refuse([RuleViolation("no_parcel_later", order=doc.name)])
		before = {id(row) for line in order.kept for row in line.rows}
		route.write_plan(order, found)
		for row in order.goods:
			if id(row) not in before:
				row.swf_keep_warehouse = 1
	doc.save()


def _shown(order: Order, way: str, found: OrderPlan) -> ShownPlan:
	parts, is_later = _parts(order, found), way == alternatives.ONE_PARCEL_LATER
	lines = {line.key: line for line in order.lines}
	promises = _promises(order, parts, FULL_ORDER if is_later else order.facts.ship_complete)
	if is_later:
		leaves = max(told.ships for told in promises)
		promises = tuple(replace(told, ships=leaves) for told in promises)
	sending = [part.sent_from for part in parts if is_later or part.reason != NOTHING]
	last = promise_dates.last_day(promises)
	return {
		"way": way,
		"warehouses": list(dict.fromkeys(sending)),
		"parcels": len(set(sending)),
		"cost": found.found.cost if found.found else 0.0,
		"has_freight": _has_freight(order, sending),
		"last_day": str(last or ""),
		"last_leaves": str(promise_dates.last_leaving(promises) or ""),
		"short": sum(1 for part in parts if part.missing_stock),
		"lines": [_line(lines[part.row], part, told) for part, told in zip(parts, promises, strict=True)],
	}


def _parts(order: Order, found: OrderPlan) -> list[RoutedPart]:
	return [part for line in order.lines for part in found.parts.get(line.key, ())]


def _promises(order: Order, parts: list[RoutedPart], ship_complete: str) -> tuple[promise.Promise, ...]:
	items = {line.key: line.head.item_code for line in order.lines}
	facts = order.facts
	return promise.of_parts(parts, items, facts.calendars, facts.incoming(), facts.now, ship_complete)


def _is_one_parcel(plan: ShownPlan) -> bool:
	"""Nothing has to wait for it, and it has a day."""
	return plan["parcels"] == 1 and not plan["short"] and bool(plan["last_leaves"])


def _has_freight(order: Order, sending: list[str]) -> bool:
	"""Whether it is known for all of these what a parcel from there costs."""
	known = {
		it.name for policy in order.facts.policies.values() for it in policy.candidates if it.has_freight
	}
	return bool(sending) and known.issuperset(sending)


def _line(line, part: RoutedPart, told: promise.Promise) -> PlannedLine:
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
		"ships_on": str(told.ships or ""),
		"source": said.worded(words.promised(told, None)),
	}


def _kept(doc) -> int:
	return sum(1 for row in doc.items if cint(row.swf_keep_warehouse))


def _currency(doc) -> str:
	return frappe.get_cached_value("Company", doc.company, "default_currency")
