"""Which warehouse serves which line, and why: the plan of a whole order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.quantities import is_less, rounded
from sales_wh_flow.order.rules.facts import LineFacts
from sales_wh_flow.routing.rules import consolidation, parcels
from sales_wh_flow.routing.rules.facts import (
	BALANCE,
	CHEAPEST,
	FEWEST,
	FULL_LINES,
	FULL_ORDER,
	NOTHING,
	Deliveries,
	Place,
	RoutedPart,
	RoutingPlan,
	RoutingPolicy,
	RoutingRequest,
)
from sales_wh_flow.routing.rules.grouping import PolicyLines, grouped
from sales_wh_flow.routing.rules.ranked_lines import route_line
from sales_wh_flow.routing.rules.ranking import Ranked, rank
from sales_wh_flow.routing.rules.searched_lines import by_ranking, by_strategy, searched


def plan_parts(
	lines: Iterable[LineFacts],
	free: Mapping[BinKey, float],
	policy: RoutingPolicy,
	destination: Place | None = None,
	unsplittable: frozenset[str] = frozenset(),
) -> tuple[RoutedPart, ...]:
	"""The parts alone, for an order whose lines all follow one policy."""
	found = tuple(lines)
	request = RoutingRequest(found, {line.row: policy for line in found}, free, destination, unsplittable)
	return plan_order(request).parts


def plan_order(request: RoutingRequest) -> RoutingPlan:
	"""Parts for every stock line that has a policy; the parts of a line add up to its open quantity.

	Lines are planned with those of the same policy, in line order of the policies' first lines. Stock that
	was promised is not promised again, and a warehouse that sends a parcel anyway costs nothing to open. The
	result does not depend on the order in which lines and candidates are given: ties go by line number, then
	row, and by rank, distance, then name.
	"""
	left = _stock(request)
	parts: list[RoutedPart] = []
	groups: list[PolicyLines] = []
	opened: set[str] = set()
	for policy, lines in _by_policy(request):
		group = grouped(policy, lines, request)
		if not (group.ranked and group.demands):
			continue
		routed = _plan_group(group, left, request, opened)
		for part in routed:
			key = (group.item(part.row), part.warehouse)
			left[key] = rounded(max(left.get(key, 0.0) - part.qty_stock, 0.0))
			opened.add(part.sent_from)
		parts.extend(routed)
		groups.append(group)
	order = {line.row: at for at, line in enumerate(sorted(request.lines, key=lambda it: (it.idx, it.row)))}
	parts.sort(key=lambda part: order[part.row])
	return _summed(parts, groups)


def _stock(request: RoutingRequest) -> dict[BinKey, float]:
	"""What is there of the order's items at the candidates: ``free`` may be a whole company's."""
	items = {line.item_code for line in request.lines}
	policies = {policy.rule: policy for policy in request.policies.values()}.values()
	names = {it.name for policy in policies for it in policy.candidates}
	free = request.free
	return {key: free[key] for item in items for name in names if (key := (item, name)) in free}


def _by_policy(request: RoutingRequest) -> list[tuple[RoutingPolicy, list[LineFacts]]]:
	found: dict[str, tuple[RoutingPolicy, list[LineFacts]]] = {}
	for line in sorted(request.lines, key=lambda line: (line.idx, line.row)):
		policy = request.policies.get(line.row)
		if policy is not None:
			found.setdefault(policy.rule, (policy, []))[1].append(line)
	return list(found.values())


def _plan_group(
	group: PolicyLines, left: Mapping[BinKey, float], request: RoutingRequest, opened: set[str]
) -> list[RoutedPart]:
	"""Planned anew with the lines that may not be cut held whole, until all is well."""
	whole = frozenset(demand.row for demand in group.demands if demand.max_parts == 1)
	while True:
		parts = _attempt(group.whole(whole), left, request.incoming, opened)
		more = _too_short(group, parts) - whole
		if not more:
			break
		whole |= more
	if group.policy.consolidates:
		return consolidation.gathered(parts, group.ranked, group.costs, opened)
	return parts


def _too_short(group: PolicyLines, parts: Sequence[RoutedPart]) -> frozenset[str]:
	"""Lines that the policy does not want to be cut, as less of them is there than it asks for."""
	policy = group.policy
	share = 100.0 if policy.ship_complete in (FULL_LINES, FULL_ORDER) else policy.min_share_pct
	if share <= 0:
		return frozenset()
	missing = {part.row: part.missing_stock for part in parts if part.missing_stock}
	short = frozenset(
		demand.row
		for demand in group.demands
		if is_less((demand.needed - missing.get(demand.row, 0.0)) * 100, demand.needed * share)
	)
	if short and policy.ship_complete == FULL_ORDER:
		return frozenset(demand.row for demand in group.demands)
	return short


def _attempt(
	group: PolicyLines, left: Mapping[BinKey, float], incoming: Deliveries, opened: set[str]
) -> list[RoutedPart]:
	"""By the strategy; without the candidates whose parcels would not be worth sending."""
	if group.policy.strategy in (CHEAPEST, FEWEST):
		return searched(group, left, incoming, opened, by_strategy(group))
	while True:
		parts = _in_ranking(group, left, incoming, opened)
		dropped = parcels.not_worth(_worth(group, parts), group.policy.min_parcel, opened)
		if dropped is None:
			return parts
		group = group.without(dropped)


def _worth(group: PolicyLines, parts: Iterable[RoutedPart]) -> dict[str, float]:
	"""What each warehouse serves at once, in money, better ones first."""
	prices = {demand.row: demand.worth for demand in group.demands}
	found = {warehouse.name: 0.0 for warehouse, _km in group.ranked}
	sending = set()
	for part in parts:
		if part.reason != NOTHING:
			found[part.warehouse] += prices[part.row] * (part.qty_stock - part.missing_stock)
			sending.add(part.warehouse)
	return {name: worth for name, worth in found.items() if name in sending}


def _in_ranking(
	group: PolicyLines, left: Mapping[BinKey, float], incoming: Deliveries, opened: set[str]
) -> list[RoutedPart]:
	parts = _one_by_one(group, group.ranked, left, incoming)
	limit = group.policy.max_warehouses
	if limit and len({part.warehouse for part in parts} | opened) > max(limit, len(opened)):
		filled = searched(group, left, incoming, opened, by_ranking(group))
		names = {part.warehouse for part in filled}
		within = tuple(it for it in group.ranked if it[0].name in names)
		again = _one_by_one(group, within, left, incoming)
		return again if _missing(again) <= _missing(filled) else filled
	return parts


def _one_by_one(
	group: PolicyLines, ranked: tuple[Ranked, ...], left: Mapping[BinKey, float], incoming: Deliveries
) -> list[RoutedPart]:
	stock = dict(left)
	parts: list[RoutedPart] = []
	for demand in group.demands:
		routed = route_line(demand, ranked, stock, incoming)
		for part in routed:
			key = (demand.item_code, part.warehouse)
			stock[key] = rounded(max(stock.get(key, 0.0) - part.qty_stock, 0.0))
		if group.policy.strategy == BALANCE:
			ranked = _loaded(ranked, {part.warehouse for part in routed})
		parts.extend(routed)
	return parts


def _loaded(ranked: tuple[Ranked, ...], names: set[str]) -> tuple[Ranked, ...]:
	"""The ranking after a line more for each of these warehouses."""
	heavier = [
		(replace(it, load=it.load + 1 / (it.lines_per_day or 1)) if it.name in names else it, km)
		for it, km in ranked
	]
	distances = {it.name: km for it, km in heavier}
	again = rank((it for it, _km in heavier), None, BALANCE)
	return tuple((it, distances[it.name]) for it, _km in again)


def _missing(parts: Iterable[RoutedPart]) -> float:
	return rounded(sum(part.missing_stock for part in parts))


def _summed(parts: Sequence[RoutedPart], groups: Sequence[PolicyLines]) -> RoutingPlan:
	shortages: dict[str, float] = {}
	for part in parts:
		if part.missing_stock:
			shortages[part.row] = rounded(shortages.get(part.row, 0.0) + part.missing_stock)
	names = tuple(sorted({part.sent_from for part in parts}))
	return RoutingPlan(tuple(parts), shortages, names, consolidation.cost(parts, groups))
