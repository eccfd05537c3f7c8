"""How one line is served by some candidates: whole by one, else in parts, at the least cost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from sales_wh_flow.base.quantities import NOISE, is_less, is_positive, rounded, whole_steps

Piece = tuple[int, float]
"""(place in the ranking, quantity in stock UOM)"""

MILLIONTHS = 1_000_000
MONEY_DIGITS = 10_000
"""Money is counted in ten-thousandths, so that sums of it are exact and ties are ties."""

_WIDEST_CHOICE = 12
"""Of how many candidates all combinations are tried for a line that none can serve alone."""


@dataclass(frozen=True, slots=True)
class Demand:
	"""What one line needs, and over how many warehouses it may be cut: in multiples of ``step``; a line that
	stays whole takes multiples of ``grain``. 0 = any quantity. ``least``: so much a warehouse serves
	at least. ``worth``: the price of one stock unit.
	"""

	row: str
	idx: int
	item_code: str
	needed: float
	step: float
	max_parts: int
	grain: float = 0.0
	weight_kg: float = 0.0
	least: float = 0.0
	worth: float = 0.0

	def available(self, stock: float) -> float:
		"""What can be taken of a stock: all that is needed, else full steps of what is there; no crumb."""
		if stock >= self.needed or not is_less(stock, self.needed):
			return self.needed
		found = whole_steps(stock, self.step) if stock > 0 else 0.0
		return 0.0 if is_less(found, self.least) else found


@dataclass(frozen=True, slots=True)
class Terms:
	"""What a choice costs, as whole numbers that order plans: a more important figure is worth more than any
	sum of less important ones.

	``opening``: of sending a parcel, ``part``: of a part of a line, by place in the ranking; ``kg``: money of
	a kilogram; ``money``: the worth of a ten-thousandth of it; ``missing``: of a millionth of a line.
	"""

	opening: tuple[int, ...]
	part: tuple[int, ...]
	kg: tuple[float, ...]
	money: int
	missing: int

	def of_piece(self, demand: Demand, place: int, qty: float) -> int:
		if not (demand.weight_kg and self.kg[place]):
			return self.part[place]
		return self.part[place] + self.money * round(self.kg[place] * demand.weight_kg * qty * MONEY_DIGITS)

	def of_missing(self, demand: Demand, qty: float) -> int:
		if qty < NOISE and not is_positive(qty):
			return 0
		return self.missing * (int(qty / demand.needed * MILLIONTHS + 0.5) or 1)


def serve(demand: Demand, offers: Sequence[Piece], terms: Terms) -> tuple[int, tuple[Piece, ...]]:
	"""The cost of the best way to serve a line, and its pieces in ranking order.

	``offers``: what each open warehouse can give, in ranking order. What is missing is missed least first;
	then the terms decide, then the ranking.
	"""
	best: tuple[int, tuple[Piece, ...]] | None = None
	for place, qty in offers:
		if qty >= demand.needed:
			cost = terms.of_piece(demand, place, demand.needed)
			if best is None or cost < best[0]:
				best = (cost, ((place, demand.needed),))
	if demand.max_parts > 1 and len(offers) > 1:
		best = _combined(demand, _widest(offers), terms, best)
	return best or _partly(demand, offers, terms)


def _widest(offers: Sequence[Piece]) -> Sequence[Piece]:
	if len(offers) <= _WIDEST_CHOICE:
		return offers
	largest = sorted(offers, key=lambda offer: (-offer[1], offer[0]))[:_WIDEST_CHOICE]
	return sorted(largest)


def _combined(
	demand: Demand, offers: Sequence[Piece], terms: Terms, best: tuple[int, tuple[Piece, ...]] | None
) -> tuple[int, tuple[Piece, ...]] | None:
	cheapest = sorted(terms.part[place] for place, _qty in offers)
	least = sum(cheapest[:1])
	by_kg: Callable[..., Any] | None = None
	if demand.weight_kg and len({terms.kg[place] for place, _qty in offers}) > 1:
		by_kg = lambda offer: (terms.kg[offer[0]], offer[0])  # noqa: E731
	for count in range(2, min(most_parts(demand), len(offers)) + 1):
		least += cheapest[count - 1]
		if best and best[0] <= least:
			break
		for chosen in combinations(offers, count):
			if sum(qty for _place, qty in chosen) + NOISE < demand.needed:
				continue
			pieces = taken_of_offers(demand, sorted(chosen, key=by_kg) if by_kg else chosen)
			if len(pieces) < count:
				continue
			cost = sum(terms.of_piece(demand, place, qty) for place, qty in pieces)
			if best is None or cost < best[0]:
				best = (cost, tuple(sorted(pieces)))
	return best


def _partly(demand: Demand, offers: Sequence[Piece], terms: Terms) -> tuple[int, tuple[Piece, ...]]:
	"""Nobody has all: as much as can be, from the fullest, the better one of equals."""
	fullest = sorted(offers, key=lambda offer: (-offer[1], terms.part[offer[0]], offer[0]))
	pieces = taken_of_offers(demand, sorted(fullest[: most_parts(demand)]))
	cost = sum(terms.of_piece(demand, place, qty) for place, qty in pieces)
	missing = rounded(demand.needed - sum(qty for _place, qty in pieces))
	return cost + terms.of_missing(demand, missing), tuple(pieces)


def most_parts(demand: Demand) -> int:
	"""Over how many warehouses the line may be cut without a part below the least."""
	if not demand.least:
		return demand.max_parts
	return max(min(demand.max_parts, int(demand.needed / demand.least + NOISE)), 1)


def taken_of_offers(demand: Demand, offers: Sequence[Piece]) -> list[Piece]:
	"""Of each offer as much as is still missing; where that leaves a crumb for the last, the others give."""
	pieces, missing = [], demand.needed
	for place, available in offers:
		if not is_positive(missing):
			break
		pieces.append((place, min(available, missing)))
		missing = rounded(missing - available)
	if len(pieces) < 2 or not is_less(pieces[-1][1], demand.least):
		return pieces
	missing, evened = rounded(demand.needed - demand.least * len(pieces)), []
	for place, available in offers[: len(pieces)]:
		more = min(rounded(available - demand.least), missing)
		evened.append((place, rounded(demand.least + more)))
		missing = rounded(missing - more)
	return evened
