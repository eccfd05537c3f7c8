"""The set of warehouses that serves an order best: exact for up to 12 warehouses and 20 lines, near beyond.

A set costs the opening of its members and, for each line, the best that can be done within it.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from sales_wh_flow.routing.rules import beginnings
from sales_wh_flow.routing.rules.problem import ItemLines, Problem, groups_of, places_in, solved
from sales_wh_flow.routing.rules.supply_of_plan import Demand, Piece, Terms

EXACT_WAREHOUSES, EXACT_LINES = 12, 20
"""Up to here every set that could be better is looked at: there are 4,096."""

_BEGINNINGS, _STEPS, _WIDEST = 12, 60, 50
"""Beyond: from how many single warehouses a search for up to EXACT_LINES begins, how many steps it takes, and
among how many warehouses, the most promising ones, it looks."""

_FEW_LINES = 6
"""Up to here every way to divide the lines among warehouses is looked at (there are 203), and every pair."""


@dataclass(frozen=True, slots=True)
class Choice:
	"""Pieces by row, and what the whole choice costs in terms' whole numbers."""

	pieces: Mapping[str, tuple[Piece, ...]]
	cost: int


def choose(
	demands: Iterable[Demand],
	stocks: Mapping[str, Mapping[int, float]],
	terms: Terms,
	limit: int = 0,
	is_open: int = 0,
	min_parcel: float = 0.0,
) -> Choice:
	"""The best pieces for every line. ``stocks``: item -> place in the ranking -> what may be promised."""
	problem = Problem(groups_of(demands, stocks, terms), terms, limit, is_open, min_parcel)
	useful = 0
	for group in problem.groups:
		useful |= group.mask
	lines = sum(len(group.demands) for group in problem.groups)
	start, is_best = _start(problem, useful)
	best = start if is_best else _worth_sending(problem, useful, start)
	if not is_best and useful.bit_count() <= EXACT_WAREHOUSES and lines <= EXACT_LINES:
		best = _exact(problem, useful, best)
	pieces = {row: taken for group in problem.groups for row, taken in solved(group, best, terms)[1]}
	return Choice(pieces, problem.opening(best) + problem.value(best))


def _start(problem: Problem, useful: int) -> tuple[int, bool]:
	"""The best single warehouse, and whether no set of several can be better."""
	terms, nobody = problem.terms, sum(group.nobody for group in problem.groups)
	best, best_cost = problem.is_open, problem.opening(problem.is_open) + problem.value(problem.is_open)
	if not useful:
		return best, True
	if not problem.is_open:
		best_cost = nobody
		for place in places_in(useful):
			cost = terms.opening[place]
			for group in problem.groups:
				cost += group.alone.get(place, group.nobody)
			if cost < best_cost:
				best, best_cost = 1 << place, cost
	if best_cost >= terms.missing:
		return best, False
	openings = sorted(terms.opening[place] for place in places_in(useful & ~problem.is_open))
	return best, best_cost <= sum(openings[: 1 if problem.is_open else 2]) + sum(
		_least(group, terms) for group in problem.groups
	)


def _worth_sending(problem: Problem, useful: int, start: int) -> int:
	"""A good set; the warehouse whose parcel is worth least is given up until all are worth enough."""
	while True:
		best = _near(problem, useful, start)
		dropped = problem.not_worth(best)
		if dropped is None:
			return best
		useful &= ~(1 << dropped)
		start, _is_best = _start(problem, useful)


def _least(group: ItemLines, terms: Terms) -> int:
	"""Less than this the lines of a group can't cost, wherever they come from."""
	kg = min(terms.kg[place] for place in group.stock) if group.stock else 0.0
	part = min((terms.part[place] for place in group.stock), default=0)
	weight = sum(demand.weight_kg * demand.needed for demand in group.demands)
	return part * len(group.demands) + terms.money * int(kg * weight * 10_000)


def _exact(problem: Problem, useful: int, start: int) -> int:
	"""Branch and bound over the sets: a set is given up when one opening more can't beat the best."""
	order = sorted(
		places_in(useful & ~problem.is_open),
		key=lambda place: (sum(group.alone.get(place, group.nobody) for group in problem.groups), place),
	)
	best = (problem.opening(start) + problem.value(start), start)
	cheapest = [
		min((problem.terms.opening[place] for place in order[at:]), default=0) for at in range(len(order) + 1)
	]
	stack = [(0, problem.is_open, 0)]
	rest = [sum(1 << place for place in order[at:]) for at in range(len(order) + 1)]
	while stack:
		at, chosen, opening = stack.pop()
		found = (opening + problem.value(chosen), chosen)
		if found < best and problem.not_worth(chosen) is None:
			best = found
		if at == len(order) or not problem.is_allowed(chosen | 1 << order[at]):
			continue
		if opening + cheapest[at] + problem.value(chosen | rest[at]) >= best[0]:
			continue
		stack.append((at + 1, chosen, opening))
		stack.append((at + 1, chosen | 1 << order[at], opening + problem.terms.opening[order[at]]))
	return best[1]


def _near(problem: Problem, useful: int, start: int) -> int:
	"""From several beginnings: grow, then change one warehouse for another, as long as it helps.

	What a line costs is first taken from who can serve it alone; only where nobody can, it is solved.
	"""
	alone = [
		[group.alone.get(place, group.nobody) for place in range(len(problem.terms.opening))]
		for group in problem.groups
	]
	opening = problem.terms.opening
	singles = sorted(
		places_in(useful & ~problem.is_open),
		key=lambda place: (opening[place] + sum(row[place] for row in alone), place),
	)
	is_small = len(problem.groups) <= EXACT_LINES
	in_parts = tuple(
		group.stock.keys() if is_small or min(row) >= problem.terms.missing else frozenset()
		for group, row in zip(problem.groups, alone, strict=True)
	)
	floor = sum(_least(group, problem.terms) for group in problem.groups)
	search = _Climb(problem, alone, tuple(singles[:_WIDEST]), in_parts, floor, {})
	begins = [start]
	if len(problem.groups) <= _FEW_LINES:
		begins += beginnings.of_few_lines(problem, useful, alone)
		best = min((search.cost(mask), mask) for mask in begins)
		three = sum(sorted(opening[place] for place in singles)[:3])
		if not problem.is_open and best[0] <= three + floor:
			return best[1]
	if is_small:
		begins += [problem.is_open | 1 << place for place in singles[:_BEGINNINGS]]
	return min(search.climbed(mask) for mask in dict.fromkeys(begins))[1]


@dataclass(frozen=True, slots=True)
class _Climb:
	"""Steps from one set of warehouses to a better one.

	``in_parts``: where it is worth to look whether a group can be served in parts. ``floor``: what the lines
	cost at least. ``known``: sets that were looked at, and their cost.
	"""

	problem: Problem
	alone: list[list[int]]
	places: tuple[int, ...]
	in_parts: tuple[Container[int], ...]
	floor: int
	known: dict[int, int]

	def cost(self, mask: int) -> int:
		found = self.known.get(mask)
		if found is None:
			found = self.known[mask] = self.problem.opening(mask) + self.problem.value(mask)
		return found

	def climbed(self, mask: int) -> tuple[int, int]:
		best = (self.cost(mask), mask)
		steps = _STEPS
		while steps:
			steps -= 1
			better = self._added(best) or self._changed(best)
			if not better:
				break
			best = better
		return best

	def _added(self, best: tuple[int, int]) -> tuple[int, int] | None:
		return self._put_in(best, best[1])

	def _changed(self, best: tuple[int, int]) -> tuple[int, int] | None:
		for place in places_in(best[1] & ~self.problem.is_open):
			without = best[1] & ~(1 << place)
			if (cost := self.cost(without)) < best[0]:
				return (cost, without)
			if better := self._put_in(best, without):
				return better
		return None

	def _put_in(self, best: tuple[int, int], mask: int) -> tuple[int, int] | None:
		"""The best set with one warehouse more than ``mask``, if it beats the best."""
		terms, room = self.problem.terms, best[0] - self.problem.opening(mask)
		limit = self.problem.limit
		if limit and (mask & ~self.problem.is_open).bit_count() >= limit:
			return None
		nearby = [place for place in self.places if terms.opening[place] + self.floor < room]
		if not nearby:
			return None
		now = [solved(group, mask, terms)[0] for group in self.problem.groups]
		found: list[tuple[int, int]] = []
		for place in nearby:
			if mask >> place & 1:
				continue
			cost = terms.opening[place]
			for at, before in enumerate(now):
				one = self.alone[at][place]
				if one >= before:
					one = before
				if one >= terms.missing and place in self.in_parts[at]:
					one = solved(self.problem.groups[at], mask | 1 << place, terms)[0]
				cost += one
				if cost >= room:
					break
			else:
				found.append((cost, place))
		if not found:
			return None
		added = mask | 1 << min(found)[1]
		return min(best, (self.cost(added), added)) if self.cost(added) < best[0] else None
