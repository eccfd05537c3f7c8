"""Which warehouse serves each line of a draft: planned anew on every save and at submit, never afterwards."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from math import inf

import frappe
from frappe.model.document import Document
from frappe.utils import cint, flt, nowdate

from sales_wh_flow.base import said, settings
from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.quantities import rounded
from sales_wh_flow.base.said import Kept
from sales_wh_flow.order import check_lines
from sales_wh_flow.routing import promise_dates, read_facts, split_lines, words
from sales_wh_flow.routing import rules as routing
from sales_wh_flow.routing.read_facts import RoutingFacts
from sales_wh_flow.routing.rules import RoutedPart, RoutingPlan, RoutingPolicy, RoutingRequest
from sales_wh_flow.routing.split_lines import Line
from sales_wh_flow.routing.store import sales_items
from sales_wh_flow.routing.store.rules import Rules
from sales_wh_flow.routing.words import BY_CENT, BY_QUANTITY


def suggest(doc) -> None:
	"""Give each line its warehouse, split it where one can't serve it, and say why and until when.

	Lines that no rule is for stay as they are.

	Raises: ValidationError for a kept row whose warehouse can't be used, or a negative quantity
	"""
	if not settings.is_on(settings.ROUTING) or not _is_planned(doc):
		return
	order = read(doc)
	if order is None:
		return
	if order.lines:
		write_plan(order, plan_document(order))
	promise_dates.write_promises(order.doc, order.facts, order.goods)


@dataclass(frozen=True, slots=True)
class Order:
	"""What is planned: the lines that may move, beside those that stay."""

	doc: Document
	facts: RoutingFacts
	lines: list[Line]
	kept: list[Line]
	items: Mapping[str, sales_items.SalesItem]

	@property
	def goods(self) -> list:
		"""The order's rows that leave one of our warehouses, as they are by now."""
		return [row for row in self.doc.items if _is_goods(row, self.items)]


@dataclass(slots=True)
class OrderPlan:
	"""The parts of each line, why some lines stay whole, and which stay where they are."""

	parts: dict[str, list[RoutedPart]] = field(default_factory=dict)
	whole: dict[str, str] = field(default_factory=dict)
	put: set[str] = field(default_factory=set)
	found: RoutingPlan | None = None


def read(doc, rules: Rules | None = None) -> Order | None:
	"""The order as it is planned; None when no rule is for any of its lines. ``rules``: instead of those that
	are saved.

	Raises: ValidationError for rows that nobody could serve
	"""
	items = sales_items.sales_items(row.item_code for row in doc.items)
	goods = [row for row in doc.items if _is_goods(row, items)]
	facts = read_facts.read_routing_facts(doc, goods, items, rules)
	if facts is None:
		return None
	split_lines.keep_choices(doc)
	ruled = [row for row in goods if read_facts.row_key(row) in facts.policies]
	kept = [row for row in ruled if cint(row.swf_keep_warehouse)]
	check_lines.check_rows(doc, [row for row in ruled if row in kept or flt(row.qty) < 0], facts.warehouses)
	_leave([row for row in doc.items if row not in kept], None)
	for row in kept:
		row.swf_route_reason = words.kept(row.swf_brought_to)
	free_to_move = [row for row in ruled if not cint(row.swf_keep_warehouse) and flt(row.qty) > 0]
	split_lines.ungroup(doc, free_to_move)
	staying = [row for row in goods if row not in free_to_move and flt(row.qty) > 0]
	return Order(
		doc, facts, split_lines.merged(free_to_move, items), split_lines.merged(staying, items), items
	)


def plan_document(order: Order, change: Callable[[RoutingPolicy], RoutingPolicy] | None = None) -> OrderPlan:
	"""Plan, hold fast what was split or moved but must not be, and plan the rest again, until all is well.

	``change``: makes another rule of each, to see what that would do.
	"""
	doc, facts = order.doc, order.facts
	free, incoming = facts.free(), facts.incoming()
	policies = {
		line.key: change(facts.policies[line.key]) if change else facts.policies[line.key]
		for line in order.lines
	}
	result = OrderPlan()
	result.whole = {line.key: BY_QUANTITY for line in order.lines if cint(line.head.is_free_item)}
	priced: dict[str, bool] = {}
	while True:
		moving = [line for line in order.lines if line.key not in result.put]
		staying = [*order.kept, *(line for line in order.lines if line.key in result.put)]
		request = RoutingRequest(
			lines=tuple(replace(line.facts(), rate_base=_price(doc, line)) for line in moving),
			policies={line.key: policies[line.key] for line in moving},
			free=_less_promised(free, staying),
			destination=facts.destination,
			unsplittable=frozenset(result.whole),
			weights={line.key: order.items[line.head.item_code].weight for line in moving},
			incoming=incoming,
		)
		result.found = routing.plan_order(request)
		result.parts = _by_line(result.found.parts)
		whole = _found_unsplittable(doc, moving, result, priced)
		put = _found_colliding(moving, staying, result)
		if not whole and not put:
			return result
		result.whole.update(whole)
		result.put.update(put)


def _price(doc, line: Line) -> float:
	"""Of one stock unit, in the company's currency; one that is not known yet speaks against no parcel."""
	rate = flt(line.head.rate)
	if not rate and line.head.is_new():
		return inf
	return rate * (flt(doc.conversion_rate) or 1.0) / line.factor


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


def _found_unsplittable(doc, lines: list[Line], plan: OrderPlan, priced: dict[str, bool]) -> dict[str, str]:
	"""Lines that were split though it changes what the customer pays or gets. ``priced`` remembers items."""
	split = [line for line in lines if len(plan.parts.get(line.key, [])) > 1]
	if not cint(doc.ignore_pricing_rule):
		asked = {line.head.item_code for line in split} - priced.keys()
		found = sales_items.priced_by_quantity(asked, doc.company, doc.transaction_date or nowdate())
		priced.update({code: code in found for code in asked})
	reasons = {}
	for line in split:
		if priced.get(line.head.item_code):
			reasons[line.key] = BY_QUANTITY
		elif not line.amounts_add_up(line.quantities(plan.parts.get(line.key, []))):
			reasons[line.key] = BY_CENT
	return reasons


def _found_colliding(moving: list[Line], staying: Iterable[Line], plan: OrderPlan) -> set[str]:
	"""Lines that would meet another one of their item in a warehouse, where ERPNext is set to refuse that."""
	if cint(frappe.db.get_single_value("Selling Settings", "allow_multiple_items")):
		return set()
	there = Counter(_meeting_point(row, row.warehouse) for line in staying for row in line.rows)
	for line in moving:
		there.update(_meeting_point(line.head, part.warehouse) for part in plan.parts.get(line.key, []))
	crowded = {(item, description) for (item, description, _warehouse), count in there.items() if count > 1}
	return {line.key for line in moving if _meeting_point(line.head, None)[:2] in crowded}


def _meeting_point(row, warehouse: str | None) -> tuple[str, str, str | None]:
	return (row.item_code, row.description or "", warehouse)


def write_plan(order: Order, found: OrderPlan) -> None:
	"""Bring the order's rows in line with a plan."""
	planned = []
	for line in order.lines:
		if line.key in found.put:
			_leave(line.rows, words.several_rows(line.head.item_code))
			continue
		parts = found.parts.get(line.key)
		policy = order.facts.policies[line.key]
		if not parts:
			_leave(line.rows, words.no_candidate(policy.rule))
			continue
		quantities = line.quantities(parts)
		why_whole = found.whole.get(line.key)
		reasons = [
			words.of_part(line, part, qty, why_whole, policy)
			for part, qty in zip(parts, quantities, strict=True)
		]
		planned.append((line, parts, reasons))
	split_lines.write_lines(order.doc, planned)


def _leave(rows: Iterable, reason: Kept | None) -> None:
	for row in rows:
		row.swf_route_reason, row.swf_brought_to = said.checked_code(reason), None


def _is_planned(doc) -> bool:
	return doc.docstatus.is_draft() or getattr(doc, "_action", None) == "submit"


def _is_goods(row, items: Mapping[str, sales_items.SalesItem]) -> bool:
	"""Rows that leave one of our warehouses. The goods of a product bundle stand in its packed items."""
	item = items.get(row.item_code)
	return bool(item and item.is_stock_item) and not cint(row.delivered_by_supplier)
