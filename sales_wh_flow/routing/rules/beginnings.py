"""Sets of warehouses from which the search for an order of few lines begins; mostly one is the best."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sales_wh_flow.routing.rules.problem import Problem, places_in

_NEVER = 1 << 400
"""More than any choice costs."""


def of_few_lines(problem: Problem, useful: int, alone: Sequence[Sequence[int]]) -> list[int]:
	"""Masks of warehouses. ``alone``: what each line costs at each place when only that one is open.

	Its work grows with three to the power of the lines.
	"""
	return [*_whole_lines(problem, useful, alone), *_pair(problem, useful, alone)]


def _whole_lines(problem: Problem, useful: int, alone: Sequence[Sequence[int]]) -> Iterator[int]:
	"""Of the sets that serve lines whole the best for all lines, and for all but each one: that one may then
	be served in parts by the others.

	Each set of lines is first given to the one warehouse that serves it at the least cost, then divided among
	several.
	"""
	full, nobody = (1 << len(alone)) - 1, problem.terms.missing
	least, by_whom = [_NEVER] * (full + 1), [0] * (full + 1)
	for place in places_in(useful):
		sums = [(0, _opening(problem, place))]
		for at, row in enumerate(alone):
			if row[place] < nobody:
				sums += [(mask | 1 << at, cost + row[place]) for mask, cost in sums]
		for mask, cost in sums[1:]:
			if cost < least[mask]:
				least[mask], by_whom[mask] = cost, 1 << place
	chosen = _divided(least, by_whom, problem.is_open)
	can = sum(1 << at for at, row in enumerate(alone) if min(row) < nobody)
	for mask in (can, *(can & ~(1 << at) for at in range(len(alone)))):
		if problem.is_allowed(chosen[mask]):
			yield chosen[mask]


def _divided(least: Sequence[int], by_whom: Sequence[int], is_open: int) -> list[int]:
	"""For each set of lines the warehouses that serve it at the least cost, each a part of the set."""
	total, chosen = [0] * len(least), [is_open] * len(least)
	for mask in range(1, len(least)):
		lowest, part, best = mask & -mask, mask, _NEVER
		while part:
			if part & lowest and (cost := least[part] + total[mask ^ part]) < best:
				best, chosen[mask] = cost, by_whom[part] | chosen[mask ^ part]
			part = (part - 1) & mask
		total[mask] = best
	return chosen


@dataclass(frozen=True, slots=True, order=True)
class _Place:
	"""A warehouse. ``whole``: the lines that it can serve alone, ``some``: those it can serve in part."""

	opening: int
	at: int
	whole: int
	some: int


def _pair(problem: Problem, useful: int, alone: Sequence[Sequence[int]]) -> Iterator[int]:
	"""The best two warehouses that serve every line between them, some lines in parts."""
	if problem.limit == 1:
		return
	full, best, found = (1 << len(alone)) - 1, _NEVER, 0
	sorted_places = _places(problem, useful, alone)
	for at, one in enumerate(sorted_places):
		room = best - one.opening
		for other in sorted_places[at + 1 :]:
			if other.opening >= room:
				break
			cut = full & ~(one.whole | other.whole)
			if cut and not cut & ~(one.some & other.some):
				cost = one.opening + other.opening + _between(problem, alone, one.at, other.at, cut)
				if cost < best:
					best, room, found = cost, cost - one.opening, 1 << one.at | 1 << other.at
	if found:
		yield problem.is_open | found


def _places(problem: Problem, useful: int, alone: Sequence[Sequence[int]]) -> list[_Place]:
	count = len(problem.terms.opening)
	whole, some = [0] * count, [0] * count
	for at, (group, row) in enumerate(zip(problem.groups, alone, strict=True)):
		can_be_cut = len(group.demands) == 1 and group.demands[0].max_parts > 1
		for place in group.stock:
			if row[place] < problem.terms.missing:
				whole[place] |= 1 << at
			if can_be_cut:
				some[place] |= 1 << at
	return sorted(
		_Place(_opening(problem, place), place, whole[place], some[place]) for place in places_in(useful)
	)


def _between(problem: Problem, alone: Sequence[Sequence[int]], one: int, other: int, cut: int) -> int:
	"""What the lines cost that two warehouses serve, those in ``cut`` together; _NEVER if they can't."""
	cost, part = 0, problem.terms.part
	for line, row in enumerate(alone):
		if not cut >> line & 1:
			cost += min(row[one], row[other])
			continue
		group = problem.groups[line]
		demand = group.demands[0]
		if group.stock[one] + group.stock[other] < demand.needed or demand.needed < 2 * demand.least:
			return _NEVER
		cost += part[one] + part[other]
	return cost


def _opening(problem: Problem, place: int) -> int:
	return 0 if problem.is_open >> place & 1 else problem.terms.opening[place]
