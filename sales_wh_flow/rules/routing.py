"""Which warehouse serves which line, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import asin, cos, inf, radians, sin, sqrt

from .facts import BinKey, LineFacts, RoutingPolicy, WarehouseFacts
from .quantities import is_less, is_positive, open_qty, rounded, whole_steps

EARTH_RADIUS_KM = 6371.0088
"""Mean radius, IUGG."""

Offer = tuple[WarehouseFacts, float | None, float]
"""(warehouse, distance in km, what it can serve in stock UOM)"""

Place = tuple[float, float]
"""(latitude, longitude) in decimal degrees."""

ENOUGH, SPLIT, SHORT, NOTHING = "enough", "split", "short", "nothing"


@dataclass(frozen=True, slots=True)
class RoutedPart:
	"""A part of a line for one warehouse.

	``reason``: enough (serves the whole line), split (serves a part), short (serves what it has, the rest
	waits here), nothing (no candidate has any: all waits here). ``distance_km`` is None without coordinates.
	``runner_up`` is the next best that could serve the whole line. ``missing_stock`` is what nobody has.
	"""

	row: str
	warehouse: str
	qty_stock: float
	reason: str
	rank: int
	distance_km: float | None = None
	runner_up: str | None = None
	missing_stock: float = 0.0


def distance_km(here: Place, there: Place) -> float:
	"""Great-circle distance in kilometres (haversine)."""
	lat1, lon1, lat2, lon2 = map(radians, (*here, *there))
	chord = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
	return 2 * EARTH_RADIUS_KM * asin(sqrt(min(chord, 1.0)))


def first(policies: Iterable[RoutingPolicy]) -> RoutingPolicy | None:
	"""Of the rules that fit an order: highest priority, then narrowest customer group, then by name."""
	return min(policies, key=lambda it: (-it.priority, -it.group_depth, it.rule), default=None)


def rank(
	candidates: Iterable[WarehouseFacts], destination: Place | None
) -> tuple[tuple[WarehouseFacts, float | None], ...]:
	"""Candidates with their distance, best first: by rank, then nearest (unknown distances last), then name.

	A warehouse that is named twice counts once, where it stands best; else its stock would be promised twice.
	"""
	measured = [(warehouse, _distance(warehouse, destination)) for warehouse in candidates]
	measured.sort(key=lambda it: (it[0].rank, inf if it[1] is None else it[1], it[0].name))
	best: dict[str, tuple[WarehouseFacts, float | None]] = {}
	for warehouse, km in measured:
		best.setdefault(warehouse.name, (warehouse, km))
	return tuple(best.values())


def plan(
	lines: Iterable[LineFacts],
	free: Mapping[BinKey, float],
	policy: RoutingPolicy,
	destination: Place | None = None,
	unsplittable: frozenset[str] = frozenset(),
) -> tuple[RoutedPart, ...]:
	"""Parts for every stock line, in line order; the parts of a line add up to its open quantity.

	The best candidate that can serve the whole line takes it. Where none can, the line is split over at most
	``max_splits`` warehouses: the best ones if they cover it, else those with the most stock, so that as much
	as can be is served. What is missing waits with the first part's warehouse. Stock promised to an earlier
	line of the order is not promised again. Rows in ``unsplittable`` stay whole.
	"""
	ranked = rank(policy.candidates, destination)
	if not ranked:
		return ()
	left = dict(free)
	parts: list[RoutedPart] = []
	for line in sorted(lines, key=lambda line: (line.idx, line.row)):
		splits = 1 if line.row in unsplittable else max(policy.max_splits, 1)
		routed = _route_line(line, ranked, left, splits)
		for part in routed:
			key = (line.item_code, part.warehouse)
			left[key] = rounded(max(left.get(key, 0.0) - part.qty_stock, 0.0))
		parts.extend(routed)
	return tuple(parts)


def _route_line(
	line: LineFacts,
	ranked: tuple[tuple[WarehouseFacts, float | None], ...],
	left: Mapping[BinKey, float],
	max_splits: int,
) -> list[RoutedPart]:
	needed = open_qty(line.qty_stock, line.delivered_stock)
	if not (line.is_stock_item and is_positive(needed)):
		return []
	stocks = [
		(warehouse, km, rounded(max(left.get((line.item_code, warehouse.name), 0.0), 0.0)))
		for warehouse, km in ranked
	]
	full = [stock for stock in stocks if not is_less(stock[2], needed)]
	if full:
		warehouse, km, _available = full[0]
		runner_up = full[1][0].name if len(full) > 1 else None
		return [RoutedPart(line.row, warehouse.name, needed, ENOUGH, warehouse.rank, km, runner_up)]

	offers = _offers(stocks, line.step_stock if max_splits > 1 else 0.0, line.is_whole_number)
	if not offers:  # nobody has a whole step: the line stays whole where there is most
		max_splits, offers = 1, _offers(stocks, 0.0, line.is_whole_number)
	if not offers:
		warehouse, km = ranked[0]
		return [RoutedPart(line.row, warehouse.name, needed, NOTHING, warehouse.rank, km, None, needed)]

	parts, missing = [], needed
	for warehouse, km, available in _chosen(offers, needed, max_splits):
		take = rounded(min(available, missing))
		if not is_positive(take):
			break
		parts.append(RoutedPart(line.row, warehouse.name, take, SPLIT, warehouse.rank, km))
		missing = rounded(missing - take)
	if is_positive(missing):
		qty = rounded(parts[0].qty_stock + missing)
		parts[0] = replace(parts[0], qty_stock=qty, reason=SHORT, missing_stock=missing)
	return parts


def _offers(stocks: Iterable[Offer], step: float, is_whole_number: bool) -> list[Offer]:
	"""What each warehouse can serve in full steps; in whole units, or all it has, when there is no step."""
	step = step or float(is_whole_number)
	offers = [(warehouse, km, whole_steps(available, step)) for warehouse, km, available in stocks]
	return [offer for offer in offers if is_positive(offer[2])]


def _chosen(offers: list[Offer], needed: float, max_splits: int) -> list[Offer]:
	"""The best-ranked offers when they cover the need, else the largest ones; in ranking order either way."""
	best = offers[:max_splits]
	if not is_positive(needed - sum(available for *_, available in best)):
		return best
	largest = sorted(range(len(offers)), key=lambda at: (-offers[at][2], at))[:max_splits]
	return [offers[at] for at in sorted(largest)]


def _distance(warehouse: WarehouseFacts, destination: Place | None) -> float | None:
	if destination is None or warehouse.latitude is None or warehouse.longitude is None:
		return None
	return distance_km((warehouse.latitude, warehouse.longitude), destination)
