"""Which warehouse serves each line of a draft: planned anew on every save and at submit, never afterwards."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import frappe
from frappe.model.document import Document
from frappe.utils import cint, flt, nowdate

from sales_wh_flow import routing_messages, settings
from sales_wh_flow.flow import check_lines, split_lines
from sales_wh_flow.flow.split_lines import Line
from sales_wh_flow.routing_messages import BY_CENT, BY_QUANTITY
from sales_wh_flow.rules import routing
from sales_wh_flow.rules.facts import BinKey
from sales_wh_flow.rules.quantities import rounded
from sales_wh_flow.rules.routing import RoutedPart, RoutingPolicy
from sales_wh_flow.store import sales_items, stocks


def suggest(doc) -> None:
	"""Give each line its warehouse, split it where one can't serve it, and say why.

	Raises: ValidationError for a kept row whose warehouse can't be used, or a negative quantity
	"""
	if not settings.is_on(settings.ROUTING) or not _is_planned(doc):
		return
	policy = routing.first(stocks.routing_policies(doc.company, doc.customer))
	if policy is None:
		return

	split_lines.keep_choices(doc)
	items = sales_items.sales_items(row.item_code for row in doc.items)
	goods = [row for row in doc.items if _is_goods(row, items)]
	kept = [row for row in goods if cint(row.swf_keep_warehouse)]
	check_lines.check_rows(doc, [row for row in goods if row in kept or flt(row.qty) < 0])
	_leave(doc.items, None)
	_leave(kept, routing_messages.kept())

	free_to_move = [row for row in goods if not cint(row.swf_keep_warehouse) and flt(row.qty) > 0]
	split_lines.ungroup(doc, free_to_move)
	order = _Order(doc, policy, split_lines.merged(free_to_move, items), split_lines.merged(kept, items))
	if order.lines and not policy.candidates:
		_leave(free_to_move, routing_messages.no_candidate(policy.rule))
	elif order.lines:
		_write(order, _plan(order))


@dataclass(frozen=True, slots=True)
class _Order:
	"""What is planned: the lines that may move, beside those that were told to stay."""

	doc: Document
	policy: RoutingPolicy
	lines: list[Line]
	kept: list[Line]


@dataclass(slots=True)
class _Plan:
	"""The parts of each line, why some lines stay whole, and which stay where they are."""

	parts: dict[str, list[RoutedPart]] = field(default_factory=dict)
	whole: dict[str, str] = field(default_factory=dict)
	put: set[str] = field(default_factory=set)


def _plan(order: _Order) -> _Plan:
	"""Plan, hold fast what was split or moved but must not be, and plan the rest again, until all is well."""
	doc = order.doc
	free = stocks.free_stock(
		(line.head.item_code for line in order.lines), (it.name for it in order.policy.candidates)
	)
	place = stocks.ship_to(doc.shipping_address_name, doc.customer_address, doc.customer)
	plan = _Plan()
	plan.whole = {line.key: BY_QUANTITY for line in order.lines if cint(line.head.is_free_item)}
	priced: dict[str, bool] = {}
	while True:
		moving = [line for line in order.lines if line.key not in plan.put]
		staying = [*order.kept, *(line for line in order.lines if line.key in plan.put)]
		facts = [line.facts() for line in moving]
		left = _less_promised(free, staying)
		parts = routing.plan(facts, left, order.policy, place, frozenset(plan.whole))
		plan.parts = _by_line(parts)
		whole = _found_unsplittable(doc, moving, plan, priced)
		put = _found_colliding(moving, staying, plan)
		if not whole and not put:
			return plan
		plan.whole.update(whole)
		plan.put.update(put)


def _less_promised(free: Mapping[BinKey, float], staying: Iterable[Line]) -> dict[BinKey, float]:
	left = dict(free)
	for line in staying:
		for row in line.rows:
			key = (row.item_code, row.warehouse)
			if key in left:
				left[key] = rounded(left[key] - flt(row.qty) * line.factor)
	return left


def _by_line(parts: Iterable[RoutedPart]) -> dict[str, list[RoutedPart]]:
	found = defaultdict(list)
	for part in parts:
		found[part.row].append(part)
	return dict(found)


def _found_unsplittable(doc, lines: list[Line], plan: _Plan, priced: dict[str, bool]) -> dict[str, str]:
	"""Lines that were split though it changes what the customer pays or gets. ``priced`` remembers items."""
	split = [line for line in lines if len(plan.parts[line.key]) > 1]
	if not cint(doc.ignore_pricing_rule):
		asked = {line.head.item_code for line in split} - priced.keys()
		found = sales_items.priced_by_quantity(asked, doc.company, doc.transaction_date or nowdate())
		priced.update({code: code in found for code in asked})
	reasons = {}
	for line in split:
		if priced.get(line.head.item_code):
			reasons[line.key] = BY_QUANTITY
		elif not line.amounts_add_up(line.quantities(plan.parts[line.key])):
			reasons[line.key] = BY_CENT
	return reasons


def _found_colliding(moving: list[Line], staying: Iterable[Line], plan: _Plan) -> set[str]:
	"""Lines that would meet another one of their item in a warehouse, where ERPNext is set to refuse that."""
	if cint(frappe.db.get_single_value("Selling Settings", "allow_multiple_items")):
		return set()
	there = Counter(_meeting_point(row, row.warehouse) for line in staying for row in line.rows)
	for line in moving:
		there.update(_meeting_point(line.head, part.warehouse) for part in plan.parts[line.key])
	crowded = {(item, description) for (item, description, _warehouse), count in there.items() if count > 1}
	return {line.key for line in moving if _meeting_point(line.head, None)[:2] in crowded}


def _meeting_point(row, warehouse: str | None) -> tuple[str, str, str | None]:
	return (row.item_code, row.description or "", warehouse)


def _write(order: _Order, plan: _Plan) -> None:
	planned = []
	for line in order.lines:
		if line.key in plan.put:
			_leave(line.rows, routing_messages.several_rows(line.head.item_code))
			continue
		parts = plan.parts[line.key]
		quantities = line.quantities(parts)
		why_whole = plan.whole.get(line.key)
		reasons = [
			routing_messages.of_part(line, part, qty, why_whole)
			for part, qty in zip(parts, quantities, strict=True)
		]
		planned.append((line, parts, reasons))
	split_lines.write(order.doc, planned)


def _leave(rows: Iterable, reason: str | None) -> None:
	for row in rows:
		row.swf_route_reason = reason


def _is_planned(doc) -> bool:
	return doc.docstatus.is_draft() or getattr(doc, "_action", None) == "submit"


def _is_goods(row, items: Mapping[str, sales_items.SalesItem]) -> bool:
	"""Rows that leave one of our warehouses. The goods of a product bundle stand in its packed items."""
	item = items.get(row.item_code)
	return bool(item and item.is_stock_item) and not cint(row.delivered_by_supplier)
