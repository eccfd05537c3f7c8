"""Lines served by the set of warehouses that is best for all of them: fewest splits, or cheapest."""

from collections.abc import Mapping, Sequence

from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.quantities import is_less, rounded
from sales_wh_flow.routing.rules.facts import CHEAPEST, ENOUGH, SPLIT, Deliveries, RoutedPart
from sales_wh_flow.routing.rules.grouping import PolicyLines
from sales_wh_flow.routing.rules.ranked_lines import part_of, wait_with_best, with_missing
from sales_wh_flow.routing.rules.ranking import Ranked
from sales_wh_flow.routing.rules.search import choose
from sales_wh_flow.routing.rules.supply_of_plan import MONEY_DIGITS, Demand, Terms

_FULL = 1 << 120
"""Of a line for a warehouse that is full for today: only what nobody else has goes there."""


def searched(
	group: PolicyLines,
	left: Mapping[BinKey, float],
	incoming: Deliveries,
	opened: set[str],
	terms: Terms,
) -> list[RoutedPart]:
	"""Where each line of a group is served from, by search over sets of warehouses; a last part for what
	nobody has.

	``left``: what is free, ``opened``: warehouses that send already. Unit: stock UOM.
	"""
	places = [warehouse.name for warehouse, _km in group.ranked]
	stocks: dict[str, dict[int, float]] = {}
	for item in {demand.item_code for demand in group.demands}:
		found = ((place, left.get((item, name), 0.0)) for place, name in enumerate(places))
		stocks[item] = {place: qty for place, qty in found if qty > 0}
	is_open = sum(1 << place for place, name in enumerate(places) if name in opened)
	limit = group.policy.max_warehouses
	room = max(limit - len(opened), 0 if is_open else 1) if limit else 0
	closed = limit and not room
	chosen = choose(
		group.demands,
		{
			item: {at: qty for at, qty in stock.items() if not closed or is_open >> at & 1}
			for item, stock in stocks.items()
		},
		terms,
		room,
		is_open,
		group.policy.min_parcel,
	).pieces
	used = {place for pieces in chosen.values() for place, _qty in pieces}
	used |= {place for place in range(len(places)) if is_open >> place & 1}
	pool = tuple(group.ranked[place] for place in sorted(used)) or group.ranked
	parts: list[RoutedPart] = []
	for demand in group.demands:
		stock = stocks[demand.item_code]
		routed = _parts(demand, chosen[demand.row], group.ranked, stock, pool, incoming)
		if not used and limit:  # whatever waits as well waits with it
			pool = tuple(it for it in group.ranked if it[0].name == routed[0].warehouse)
		parts.extend(routed)
	return parts


def _parts(
	demand: Demand,
	pieces: Sequence[tuple[int, float]],
	ranked: Sequence[Ranked],
	stock: Mapping[int, float],
	pool: Sequence[Ranked],
	incoming: Deliveries,
) -> list[RoutedPart]:
	if not pieces:
		return [wait_with_best(demand, pool, incoming)]
	first = pieces[0][0]
	if len(pieces) == 1 and not is_less(pieces[0][1], demand.needed):
		others = (at for at in sorted(stock) if at != first and not is_less(stock[at], demand.needed))
		runner_up = next((ranked[at][0].name for at in others), None)
		return [part_of(demand, ranked[first], demand.needed, ENOUGH, runner_up)]
	parts = [part_of(demand, ranked[place], qty, SPLIT) for place, qty in pieces]
	return with_missing(parts, rounded(demand.needed - sum(qty for _place, qty in pieces)))


def by_strategy(group: PolicyLines) -> Terms:
	"""Fewest: what is missing, lines for who is full, parcels, money, parts, ranking. Cheapest: money before
	parcels.
	"""
	by_money = group.policy.strategy == CHEAPEST
	part, parcel, money = (1 << 24, 1 << 44, 1 << 56) if by_money else (1 << 24, 1 << 100, 1 << 44)
	return _weighed(group, part, parcel, money)


def by_ranking(group: PolicyLines) -> Terms:
	"""As much as can be from so few warehouses, the best-ranked of them."""
	return _weighed(group, 0, 0, 0)


def _weighed(group: PolicyLines, part: int, parcel: int, money: int) -> Terms:
	costs = group.costs

	def worth(amount: float) -> int:
		return money * round(amount * MONEY_DIGITS)

	opening = zip(costs.handling, costs.parcel, strict=True)
	return Terms(
		opening=tuple(parcel + worth(sum(it)) + place for place, it in enumerate(opening)),
		part=tuple(
			part + worth(amount) + (_FULL if it.is_full and not it.is_preferred else 0)
			for amount, (it, _km) in zip(costs.line, group.ranked, strict=True)
		),
		kg=costs.kg if money else tuple(0.0 for _amount in costs.kg),
		money=money,
		missing=1 << 140,
	)
