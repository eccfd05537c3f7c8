"""What a set of warehouses costs: each line solved once for each set of warehouses that has its item.

Sets of warehouses are bit masks over the ranking.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from sales_wh_flow.routing.rules import parcels
from sales_wh_flow.routing.rules.supply_of_plan import Demand, Piece, Terms, serve


@dataclass(frozen=True, slots=True)
class ItemLines:
	"""Lines of one item, who has it (``stock`` by place), and what was found out so far, by mask."""

	demands: tuple[Demand, ...]
	stock: Mapping[int, float]
	mask: int
	alone: Mapping[int, int]
	nobody: int
	found: dict[int, tuple[int, tuple[tuple[str, tuple[Piece, ...]], ...]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
	"""``limit``: how many warehouses may be opened; ``is_open``: mask of those that cost no opening;
	``min_parcel``: what each beyond the first serves is worth at least that.
	"""

	groups: tuple[ItemLines, ...]
	terms: Terms
	limit: int
	is_open: int = 0
	min_parcel: float = 0.0

	def value(self, mask: int) -> int:
		"""What the lines cost when these warehouses are open."""
		return sum(solved(group, mask, self.terms)[0] for group in self.groups)

	def opening(self, mask: int) -> int:
		return sum(self.terms.opening[place] for place in places_in(mask & ~self.is_open))

	def is_allowed(self, mask: int) -> bool:
		return (mask & ~self.is_open).bit_count() <= self.limit if self.limit else True

	def not_worth(self, mask: int) -> int | None:
		"""The place whose parcel is least worth sending when these warehouses are open; None = all are."""
		if not self.min_parcel:
			return None
		worth: dict[int, float] = {}
		for group in self.groups:
			prices = {demand.row: demand.worth for demand in group.demands}
			for row, pieces in solved(group, mask, self.terms)[1]:
				for place, qty in pieces:
					worth[place] = worth.get(place, 0.0) + qty * prices[row]
		return parcels.not_worth(dict(sorted(worth.items())), self.min_parcel, places_in(self.is_open))


def groups_of(
	demands: Iterable[Demand], stocks: Mapping[str, Mapping[int, float]], terms: Terms
) -> tuple[ItemLines, ...]:
	"""Lines of each item with what every warehouse has for them; what one alone can have is cut to what it
	needs.
	"""
	by_item = sorted(demands, key=lambda demand: (demand.item_code, -demand.needed, demand.idx))
	groups = []
	for item, found in groupby(by_item, key=lambda demand: demand.item_code):
		own = tuple(found)
		stock = stocks.get(item, {})
		if len(own) == 1:
			needed, available = own[0].needed, own[0].available
			offers = {place: needed if qty >= needed else available(qty) for place, qty in stock.items()}
			stock = {place: qty for place, qty in offers.items() if qty > 0}
		mask = sum(1 << place for place in stock)
		nobody = sum(terms.of_missing(demand, demand.needed) for demand in own)
		group = ItemLines(own, stock, mask, {}, nobody)
		alone = {place: _alone(group, place, terms) for place in stock}
		groups.append(ItemLines(own, stock, mask, alone, nobody))
	return tuple(groups)


def _alone(group: ItemLines, place: int, terms: Terms) -> int:
	"""What the group costs when only this warehouse is open."""
	if len(group.demands) == 1:
		demand, qty = group.demands[0], group.stock[place]
		missing = demand.needed - qty
		if missing <= 0 and not demand.weight_kg:
			return terms.part[place]
		return terms.of_piece(demand, place, qty) + (terms.of_missing(demand, missing) if missing > 0 else 0)
	if group.stock[place] >= sum(demand.needed for demand in group.demands):
		return sum(terms.of_piece(demand, place, demand.needed) for demand in group.demands)
	return solved(group, 1 << place, terms)[0]


def solved(
	group: ItemLines, mask: int, terms: Terms
) -> tuple[int, tuple[tuple[str, tuple[Piece, ...]], ...]]:
	"""The cheapest way to serve a group from these warehouses, and its cost; found once for each set.
	``mask``: a bit a warehouse.
	"""
	key = mask & group.mask
	known = group.found.get(key)
	if known is None:
		known = group.found[key] = _solve(group, key, terms)
	return known


def _solve(
	group: ItemLines, mask: int, terms: Terms
) -> tuple[int, tuple[tuple[str, tuple[Piece, ...]], ...]]:
	if not mask:
		return group.nobody, tuple((demand.row, ()) for demand in group.demands)
	inside = places_in(mask)
	if len(group.demands) == 1:
		demand = group.demands[0]
		cost, pieces = serve(demand, [(place, group.stock[place]) for place in inside], terms)
		return cost, ((demand.row, pieces),)
	large_first = _in_turn(group.demands, group, inside, terms)
	small_first = _in_turn(group.demands[::-1], group, inside, terms)
	return min(large_first, small_first, key=lambda found: found[0])


def _in_turn(
	demands: Sequence[Demand], group: ItemLines, inside: Sequence[int], terms: Terms
) -> tuple[int, tuple[tuple[str, tuple[Piece, ...]], ...]]:
	"""Lines of the same item, each served from what those before it left."""
	left = {place: group.stock[place] for place in inside}
	total, served = 0, []
	for demand in demands:
		offers = [(place, demand.available(left[place])) for place in inside]
		cost, pieces = serve(demand, [offer for offer in offers if offer[1] > 0], terms)
		for place, qty in pieces:
			left[place] -= qty
		total += cost
		served.append((demand.row, pieces))
	return total, tuple(served)


def places_in(mask: int) -> list[int]:
	"""The numbers of the warehouses whose bits are set, ascending."""
	found = []
	while mask:
		lowest = mask & -mask
		found.append(lowest.bit_length() - 1)
		mask ^= lowest
	return found
