"""The lines of an order in memory: as written, and as routed to the warehouses that serve them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from sales_wh_flow.base.quantities import rounded, split_step
from sales_wh_flow.routing import rules as routing
from sales_wh_flow.routing.rules import RoutingPolicy, RoutingRequest, WarehouseFacts, zones
from sales_wh_flow_demo import events as ev
from sales_wh_flow_demo.dataset import Customer, DataSet, Item, Order, Warehouse, group_lineage
from sales_wh_flow_demo.stock import StockBook
from sales_wh_flow_demo.world_state import Line, OrderState

_DECIMALS = 3
"""Of a quantity in its own UOM, as ERPNext keeps it."""
OTHER = "other"
"""Why a line has no warehouse: nothing of it lies in any."""


def drafted(order: Order, items: Mapping[str, Item]) -> list[Line]:
	"""The order's lines as they were written, in stock UOM and without a warehouse."""
	lines = []
	for idx, line in enumerate(order.lines, start=1):
		item = items[line.item]
		factor = item.factor(line.uom)
		lines.append(
			Line(
				row=f"{order.name}/{idx}",
				idx=idx,
				item=item,
				ordered=rounded(line.qty * factor),
				rate_base=line.price * order.exchange_rate / factor,
				list_rate_base=line.list_price * order.exchange_rate / factor,
				step=split_step(factor, _DECIMALS, item.is_whole_number, item.is_whole_number),
				is_drop_shipped=line.is_drop_shipped,
			)
		)
	return lines


def route(policy: RoutingPolicy, stock: StockBook, state: OrderState, today: date) -> list[ev.LineRouted]:
	"""Gives each line its warehouse and tells why; a line that is split becomes several of its number."""
	others = [line for line in state.lines if not line.is_from_stock]
	state.lines = [line for line in state.lines if line.is_from_stock]
	keys = [(line.item.code, place.name) for line in state.lines for place in policy.candidates]
	customer = state.customer
	has_place = customer.latitude is not None and customer.longitude is not None
	request = RoutingRequest(
		tuple(line.facts() for line in state.lines),
		{line.row: policy for line in state.lines},
		stock.free(keys, today),
		(customer.latitude, customer.longitude) if has_place else None,
		weights={line.row: line.item.weight_kg for line in state.lines},
	)
	parts = routing.plan_order(request).parts
	by_row = {line.row: line for line in state.lines}
	state.lines, story = [], []
	for idx, part in enumerate(parts, start=1):
		written = by_row[part.row]
		line = Line(
			row=f"{state.order.name}/{idx}",
			idx=written.idx,
			item=written.item,
			ordered=part.qty_stock,
			rate_base=written.rate_base,
			list_rate_base=written.list_rate_base,
			step=written.step,
			warehouse=part.warehouse,
		)
		state.lines.append(line)
		row = line.as_row(part.qty_stock)
		story.append(
			ev.LineRouted(today, state.order.name, row, part.reason, part.distance_km, part.runner_up or "")
		)
	for line in others:
		line.row = f"{state.order.name}/{len(state.lines) + len(state.other_lines) + 1}"
		state.other_lines.append(line)
		why = "sent by the supplier" if line.item.is_stock_item else "a service, of no warehouse"
		story.append(ev.LineRouted(today, state.order.name, line.as_row(line.ordered), OTHER, why=why))
	return story


def with_load(policy: RoutingPolicy, lines: Mapping[str, int]) -> RoutingPolicy:
	"""The policy as of now: ``lines`` were sent to each warehouse today."""
	return replace(
		policy,
		candidates=tuple(
			replace(
				place,
				load=lines.get(place.name, 0) / (place.lines_per_day or 1),
				is_full=bool(place.lines_per_day and lines.get(place.name, 0) >= place.lines_per_day),
			)
			for place in policy.candidates
		),
	)


def rates_by_zone(data: DataSet) -> dict[str, list[zones.Rate]]:
	"""The rows of the freight table, by zone."""
	rates: dict[str, list[zones.Rate]] = {}
	for row in data.freight:
		rates.setdefault(row.zone, []).append(
			zones.Rate(
				row.zone,
				row.warehouse,
				row.courier,
				row.service,
				row.per_parcel,
				row.per_kg,
				row.transit_days,
			)
		)
	return rates


def policy_for(data: DataSet, customer: Customer, courier: str = "", service: str = "") -> RoutingPolicy:
	"""The routing rule that decides for this customer, with the freight of this courier and service; without
	any rule, every warehouse may serve.
	"""
	lineage = group_lineage(data.customer_groups, customer.group)
	places = {row.name: row for row in data.warehouses}

	rates = rates_by_zone(data).get(customer.zone, [])

	def policy(name: str, candidates: tuple[tuple[str, int], ...], **scope) -> RoutingPolicy:
		facts = tuple(
			_facts(places[place], rank, zones.rate_for(rates, customer.zone, place, courier, service))
			for place, rank in candidates
		)
		return RoutingPolicy(name, facts, **scope)

	fitting = routing.first(
		policy(
			rule.name,
			rule.candidates,
			max_splits=rule.max_splits,
			priority=rule.priority,
			strategy=rule.strategy,
			max_warehouses=rule.max_warehouses,
			min_part_pct=rule.min_part_pct,
			ship_complete=rule.ship_complete,
			min_share_pct=rule.min_share_pct,
			min_parcel=rule.min_parcel,
			group_depth=len(lineage) - lineage.index(rule.customer_group) if rule.customer_group else 0,
		)
		for rule in data.routing_rules
		if not rule.customer_group or rule.customer_group in lineage
	)
	return fitting or policy("Any warehouse", tuple((row.name, 1) for row in data.warehouses))


def _facts(place: Warehouse, rank: int, rate: zones.Rate | None) -> WarehouseFacts:
	return WarehouseFacts(
		place.name,
		rank,
		place.latitude,
		place.longitude,
		per_order=place.per_order,
		per_line=place.per_line,
		per_km=place.per_km,
		freight=rate.freight if rate else 0.0,
		per_kg=rate.per_kg if rate else 0.0,
		lines_per_day=place.lines_per_day,
		has_freight=bool(rate or place.per_km),
	)
