"""Lines served one after the other, each by the best candidate that has it: by rank, nearest or by load."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.quantities import is_less, is_positive, rounded
from sales_wh_flow.routing.rules.facts import ENOUGH, NOTHING, SHORT, SPLIT, Deliveries, RoutedPart
from sales_wh_flow.routing.rules.ranking import Ranked
from sales_wh_flow.routing.rules.supply_of_plan import Demand, most_parts, taken_of_offers

Offer = tuple[int, float]
"""(place in the ranking, what it can serve in stock UOM)"""


def route_line(
	demand: Demand, ranked: Sequence[Ranked], left: Mapping[BinKey, float], incoming: Deliveries
) -> list[RoutedPart]:
	"""The parts of a line; they add up to what it needs.

	The best candidate that can serve the whole line takes it. Where none can, the line is split over at most
	``max_parts`` warehouses: the best ones if they cover it, else those with the most stock, so that as much
	as can be is served. What is missing waits with the first part's warehouse; when nobody has any, where
	enough is due first, else with the best.
	"""
	item, needed = demand.item_code, demand.needed
	full: list[int] = []
	stocks = []
	for place, (warehouse, _km) in enumerate(ranked):
		stock = left.get((item, warehouse.name), 0.0)
		if stock > 0:
			stocks.append((place, stock))
			if not is_less(stock, needed):
				full.append(place)
				if len(full) == 2:
					break
	if full:
		runner_up = ranked[full[1]][0].name if len(full) > 1 else None
		return [part_of(demand, ranked[full[0]], needed, ENOUGH, runner_up)]

	offers = _offers(demand, stocks)
	if not offers:
		return [wait_with_best(demand, ranked, incoming)]
	pieces = taken_of_offers(demand, _chosen(offers, needed, most_parts(demand)))
	parts = [part_of(demand, ranked[place], rounded(qty), SPLIT) for place, qty in pieces]
	return with_missing(parts, rounded(needed - sum(qty for _place, qty in pieces)))


def part_of(
	demand: Demand, place: Ranked, qty: float, reason: str, runner_up: str | None = None
) -> RoutedPart:
	"""So much of a line from this warehouse; ``runner_up``: the next one that could have served it. Unit:
	stock UOM.
	"""
	warehouse, km = place
	return RoutedPart(demand.row, warehouse.name, qty, reason, warehouse.rank, km, runner_up)


def with_missing(parts: list[RoutedPart], missing: float) -> list[RoutedPart]:
	"""What nobody has waits with the first part."""
	if is_positive(missing):
		qty = rounded(parts[0].qty_stock + missing)
		parts[0] = replace(parts[0], qty_stock=qty, reason=SHORT, missing_stock=missing)
	return parts


def wait_with_best(demand: Demand, ranked: Sequence[Ranked], incoming: Deliveries) -> RoutedPart:
	"""All of a line waits: where enough is due first, the better one of equals, else with the best."""
	days = [
		(day, place)
		for place, (warehouse, _km) in enumerate(ranked)
		if incoming
		and (day := due(incoming.get((demand.item_code, warehouse.name), ()), demand.needed)) is not None
	]
	place = min(days)[1] if days else 0
	return replace(
		part_of(demand, ranked[place], demand.needed, NOTHING),
		missing_stock=demand.needed,
	)


def due(deliveries: Iterable[tuple[Any, ...]], needed: float) -> date | None:
	"""The day by which so much has come, or None."""
	for day, qty, *_document in deliveries:
		needed = rounded(needed - qty)
		if not is_positive(needed):
			return day
	return None


def _offers(demand: Demand, stocks: Iterable[Offer]) -> list[Offer]:
	"""What each warehouse can serve in full steps, or all it has when there is no step; no crumbs."""
	offers = [(place, demand.available(stock)) for place, stock in stocks]
	return [offer for offer in offers if is_positive(offer[1])]


def _chosen(offers: list[Offer], needed: float, max_parts: int) -> list[Offer]:
	"""The best-ranked offers when they cover the need, else the largest ones; in ranking order either way."""
	best = offers[:max_parts]
	if not is_positive(needed - sum(available for _place, available in best)):
		return best
	largest = sorted(range(len(offers)), key=lambda at: (-offers[at][1], at))[:max_parts]
	return [offers[at] for at in sorted(largest)]
