"""Which candidates come first, and what it costs to send from them."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, cos, inf, radians, sin, sqrt
from typing import Any

from sales_wh_flow.routing.rules.facts import BALANCE, BY_RANK, NEAREST, Place, WarehouseFacts

EARTH_RADIUS_KM = 6371.0088
"""Mean radius, IUGG."""

Ranked = tuple[WarehouseFacts, float | None]
"""(warehouse, distance in km)"""


def distance_km(here: Place, there: Place) -> float:
	"""Great-circle distance in kilometres (haversine)."""
	lat1, lon1, lat2, lon2 = map(radians, (*here, *there))
	chord = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
	return 2 * EARTH_RADIUS_KM * asin(sqrt(min(chord, 1.0)))


def rank(
	candidates: Iterable[WarehouseFacts], destination: Place | None, strategy: str = BY_RANK
) -> tuple[Ranked, ...]:
	"""Candidates with their distance, best first.

	The customer's own choice comes first, what is full for today last. Between them the strategy decides: by
	rank, then nearest; nearest, then by rank; least load, then by rank. Unknown distances come last, then the
	name decides. A warehouse that is named twice counts once, where it stands best; else its stock would be
	promised twice.
	"""
	measured = [(warehouse, _distance(warehouse, destination)) for warehouse in candidates]
	measured.sort(key=lambda it: _key(strategy, *it))
	best: dict[str, Ranked] = {}
	for warehouse, km in measured:
		best.setdefault(warehouse.name, (warehouse, km))
	return tuple(best.values())


@dataclass(frozen=True, slots=True)
class Costs:
	"""What the candidates cost, by their place in the ranking.

	``handling``: of an order; ``parcel``: of sending it; ``line``: of one line; ``kg``: of a kilogram sent.
	"""

	handling: tuple[float, ...]
	parcel: tuple[float, ...]
	line: tuple[float, ...]
	kg: tuple[float, ...]


def costs(ranked: Iterable[Ranked]) -> Costs:
	"""An unknown distance counts as the farthest one known: nobody is cheap for want of coordinates."""
	places = tuple(ranked)
	farthest = max((km for _warehouse, km in places if km is not None), default=0.0)
	return Costs(
		handling=tuple(it.per_order for it, _km in places),
		parcel=tuple(
			it.freight + it.per_km * (farthest if km is None else km) if it.per_km else it.freight
			for it, km in places
		),
		line=tuple(it.per_line for it, _km in places),
		kg=tuple(it.per_kg for it, _km in places),
	)


def _key(strategy: str, warehouse: WarehouseFacts, km: float | None) -> tuple[Any, ...]:
	first = (not warehouse.is_preferred, warehouse.is_full)
	far = inf if km is None else km
	if strategy == NEAREST:
		return (*first, far, warehouse.rank, warehouse.name)
	if strategy == BALANCE:
		return (*first, warehouse.load, warehouse.rank, far, warehouse.name)
	return (*first, warehouse.rank, far, warehouse.name)


def _distance(warehouse: WarehouseFacts, destination: Place | None) -> float | None:
	if destination is None or warehouse.latitude is None or warehouse.longitude is None:
		return None
	return distance_km((warehouse.latitude, warehouse.longitude), destination)
