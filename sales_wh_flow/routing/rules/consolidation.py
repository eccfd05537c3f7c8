"""What a plan costs, and whether it costs less to bring everything to one warehouse and send one parcel."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sales_wh_flow.base.quantities import rounded
from sales_wh_flow.routing.rules.facts import RoutedPart
from sales_wh_flow.routing.rules.grouping import PolicyLines
from sales_wh_flow.routing.rules.ranking import Costs, Ranked

_CENTS = 6
"""Decimals at which amounts of money count as equal."""


def cost(parts: Iterable[RoutedPart], groups: Iterable[PolicyLines]) -> float:
	"""Handling, freight and transfers of a plan, in the company's currency.

	An order and its parcel are counted once for each warehouse, at the dearest of what the policies say.
	Waiting parts cost like those that can go now: they are sent, too.
	"""
	orders: dict[str, float] = {}
	parcels: dict[str, float] = {}
	total = 0.0
	for group in groups:
		places = {warehouse.name: at for at, (warehouse, _km) in enumerate(group.ranked)}
		demands = {demand.row: demand for demand in group.demands}
		moved: set[str] = set()
		for part in parts:
			if part.row not in demands:
				continue
			here, there = places[part.warehouse], places[part.sent_from]
			orders[part.warehouse] = max(orders.get(part.warehouse, 0.0), group.costs.handling[here])
			parcels[part.sent_from] = max(parcels.get(part.sent_from, 0.0), group.costs.parcel[there])
			total += group.costs.line[here]
			total += group.costs.kg[there] * demands[part.row].weight_kg * part.qty_stock
			if part.brought_to:
				moved.add(part.warehouse)
		total += sum(group.ranked[places[source]][0].transfer for source in moved)
	return round(total + sum(orders.values()) + sum(parcels.values()), _CENTS)


def gathered(
	parts: list[RoutedPart], ranked: Sequence[Ranked], costs: Costs, opened: set[str]
) -> list[RoutedPart]:
	"""The same parts, all sent from the one warehouse that makes it cheapest, if that beats sending each.

	Goods are still picked where they lie; instead of a parcel from there a transfer is paid. A line of which
	nobody has any waits where the parcel leaves.
	"""
	places = {warehouse.name: at for at, (warehouse, _km) in enumerate(ranked)}
	used = {part.warehouse for part in parts}
	if len(used) < 2:
		return parts
	lying = {part.warehouse for part in parts if _is_there(part)}
	separate = sum(costs.parcel[places[name]] for name in used - opened)

	def together(hub: str) -> float:
		moved = sum(ranked[places[name]][0].transfer for name in lying if name != hub)
		return moved + (0.0 if hub in opened else costs.parcel[places[hub]])

	hub = min(used, key=lambda name: (round(together(name), _CENTS), places[name]))
	if round(together(hub), _CENTS) >= round(separate, _CENTS):
		return parts
	return [_sent_from(hub, part, ranked[places[hub]]) for part in parts]


def _sent_from(hub: str, part: RoutedPart, place: Ranked) -> RoutedPart:
	if part.warehouse == hub:
		return part
	if _is_there(part):
		return replace(part, brought_to=hub)
	warehouse, km = place
	return replace(part, warehouse=hub, rank=warehouse.rank, distance_km=km)


def _is_there(part: RoutedPart) -> bool:
	return rounded(part.qty_stock - part.missing_stock) > 0
