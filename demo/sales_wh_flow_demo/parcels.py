"""In how few parcels an order could leave: the planner's answer beside a search that tries everything."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations
from math import comb, fsum

from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.quantities import is_less, is_positive
from sales_wh_flow_demo import events as ev
from sales_wh_flow_demo.dataset import Item, Order

MOST_TRIED = 20_000
"""Sets of warehouses; an order that has more is not compared."""
EQUAL = 1e-6
"""Shares of a line that count as equal."""


Part = tuple[str, str, float]
"""Item, warehouse and the quantity it is asked for there."""
Wanted = tuple[str, float]
"""Item and quantity of a line as it was ordered."""


def ordered(order: Order, items: Mapping[str, Item]) -> list[Wanted]:
	"""The order's lines of goods from stock, in stock UOM."""
	return [
		(line.item, line.qty * items[line.item].factor(line.uom))
		for line in order.lines
		if items[line.item].is_stock_item and not line.is_drop_shipped
	]


def bins(parts: Iterable[Part], places: Sequence[str]) -> set[BinKey]:
	"""Where the goods may lie."""
	return {(item, place) for item, _place, _qty in parts for place in places}


def planned(
	today: date,
	order: str,
	parts: Sequence[Part],
	free: Mapping[BinKey, float],
	places: Sequence[str],
	lines: Sequence[Wanted],
) -> ev.ParcelsPlanned:
	"""What is told of an order when it was planned. ``free``: what of `bins` could be promised then.

	``parts``: where its ``lines`` were sent to.
	"""
	return ev.ParcelsPlanned(
		today,
		order,
		parcels=len(used(parts, free)),
		least=least(parts, free, places),
		lines=len(lines),
		short=short(lines, parts, free),
	)


def used(parts: Iterable[Part], free: Mapping[BinKey, float]) -> set[str]:
	"""The warehouses that send some of it."""
	return {place for item, place, _qty in parts if is_positive(free.get((item, place), 0.0))}


def short(lines: Iterable[Wanted], parts: Iterable[Part], free: Mapping[BinKey, float]) -> int:
	"""How many lines are not all there where the order sends them from; the first of an item take first."""
	left: dict[str, float] = {}
	for item, place in {(item, place) for item, place, _qty in parts}:
		left[item] = left.get(item, 0.0) + max(free.get((item, place), 0.0), 0.0)
	count = 0
	for item, qty in lines:
		there = left.get(item, 0.0)
		count += is_less(there, qty)
		left[item] = max(there - qty, 0.0)
	return count


def least(parts: Sequence[Part], free: Mapping[BinKey, float], places: Sequence[str]) -> int | None:
	"""The fewest warehouses that could send as much of the order as those that do; None where too many sets
	would have to be tried.
	"""
	senders = used(parts, free)
	wanted = _wanted(parts)
	goal = _missing(wanted, free, senders) + EQUAL
	for count in range(1, len(senders)):
		if comb(len(places), count) > MOST_TRIED:
			return None
		if any(_missing(wanted, free, chosen) <= goal for chosen in combinations(places, count)):
			return count
	return len(senders)


def _wanted(parts: Iterable[Part]) -> dict[str, float]:
	wanted: dict[str, float] = {}
	for item, _place, qty in parts:
		wanted[item] = wanted.get(item, 0.0) + qty
	return wanted


def _missing(wanted: Mapping[str, float], free: Mapping[BinKey, float], places: Iterable[str]) -> float:
	"""The sum of the items' missing shares when these warehouses send."""
	places = tuple(places)
	return fsum(
		max(1 - fsum(max(free.get((item, place), 0.0), 0.0) for place in places) / qty, 0.0)
		for item, qty in wanted.items()
	)
