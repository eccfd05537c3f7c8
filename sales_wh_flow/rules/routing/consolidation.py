"""What a plan costs, and whether it costs less to bring everything to one warehouse and send one parcel."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ..quantities import rounded
from .facts import ENOUGH, SHORT, RoutedPart
from .grouping import Group
from .ranking import Costs, Ranked

_CENTS = 6
"""Decimals at which amounts of money count as equal."""


def cost(parts: Iterable[RoutedPart], groups: Iterable[Group]) -> float:
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
			at = places[part.warehouse]
			for source in _sources(part):
				there = places[source]
				orders[source] = max(orders.get(source, 0.0), group.costs.handling[there])
				total += group.costs.line[there]
				if source != part.warehouse:
					moved.add(source)
			parcels[part.warehouse] = max(parcels.get(part.warehouse, 0.0), group.costs.parcel[at])
			total += group.costs.kg[at] * demands[part.row].weight_kg * part.qty_stock
		total += sum(group.ranked[places[source]][0].transfer for source in moved)
	return round(total + sum(orders.values()) + sum(parcels.values()), _CENTS)


def gathered(
	parts: list[RoutedPart], ranked: Sequence[Ranked], costs: Costs, opened: set[str]
) -> list[RoutedPart]:
	"""The same parts, all sent from the one warehouse that makes it cheapest, if that beats sending each.

	Goods are still picked where they lie; instead of a parcel from there a transfer is paid.
	"""
	places = {warehouse.name: at for at, (warehouse, _km) in enumerate(ranked)}
	used = {part.warehouse for part in parts}
	if len(used) < 2:
		return parts
	separate = sum(costs.parcel[places[name]] for name in used - opened)

	def together(hub: str) -> float:
		moved = sum(ranked[places[name]][0].transfer for name in used if name != hub)
		extra = 0.0 if hub in used else costs.handling[places[hub]]
		return moved + extra + (0.0 if hub in opened else costs.parcel[places[hub]])

	hub = min(used, key=lambda name: (round(together(name), _CENTS), places[name]))
	if round(together(hub), _CENTS) >= round(separate, _CENTS):
		return parts
	return _brought_to(hub, parts, ranked[places[hub]])


def _brought_to(hub: str, parts: Sequence[RoutedPart], place: Ranked) -> list[RoutedPart]:
	by_row: dict[str, list[RoutedPart]] = {}
	for part in parts:
		by_row.setdefault(part.row, []).append(part)
	return [_merged(hub, own, place) for own in by_row.values()]


def _merged(hub: str, own: Sequence[RoutedPart], place: Ranked) -> RoutedPart:
	missing = rounded(sum(part.missing_stock for part in own))
	transfers = tuple(
		(part.warehouse, rounded(part.qty_stock - part.missing_stock))
		for part in own
		if part.warehouse != hub and rounded(part.qty_stock - part.missing_stock) > 0
	)
	return replace(
		own[0],
		warehouse=hub,
		qty_stock=rounded(sum(part.qty_stock for part in own)),
		reason=own[0].reason if len(own) == 1 else SHORT if missing else ENOUGH,
		rank=place[0].rank,
		distance_km=place[1],
		runner_up=None if len(own) > 1 else own[0].runner_up,
		missing_stock=missing,
		transfers=transfers,
	)


def _sources(part: RoutedPart) -> list[str]:
	"""Where the goods of a part are picked."""
	sources: Mapping[str, float] = dict(part.transfers)
	here = rounded(part.qty_stock - sum(sources.values()))
	return [*([part.warehouse] if here > 0 else []), *sources]
