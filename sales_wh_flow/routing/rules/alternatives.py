"""Ways to serve the same order, to choose from: fewest parcels, earliest, cheapest; one parcel, later."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sales_wh_flow.routing.rules.facts import BY_RANK, CHEAPEST, FEWEST, RoutingPolicy

FEWEST_PARCELS, EARLIEST, LEAST_COST = "fewest", "fastest", "cheapest"
WAYS = (FEWEST_PARCELS, EARLIEST, LEAST_COST)
ONE_PARCEL_LATER = "later"
"""All from one warehouse once the last of it has come: there only where that has a day."""


def policy_for_way(policy: RoutingPolicy, way: str, days: Mapping[str, int]) -> RoutingPolicy:
	"""The policy as it would be for one of the ways; candidates and limits stay.

	``days``: until goods that leave a warehouse now are with the customer; one that is not named comes last.
	Only the cheapest way brings goods together by transfer.
	"""
	if way == FEWEST_PARCELS:
		return replace(policy, strategy=FEWEST, consolidates=False)
	if way == LEAST_COST:
		return replace(policy, strategy=CHEAPEST, consolidates=True)
	last = max(days.values(), default=0) + 1
	candidates = tuple(
		replace(it, rank=days.get(it.name, last), is_preferred=False) for it in policy.candidates
	)
	return replace(policy, strategy=BY_RANK, consolidates=False, candidates=candidates)


def alone(policy: RoutingPolicy, warehouse: str) -> RoutingPolicy:
	"""The policy if only this candidate could serve: what it lacks waits there."""
	candidates = tuple(it for it in policy.candidates if it.name == warehouse)
	return replace(policy, strategy=BY_RANK, consolidates=False, candidates=candidates)


def common_candidates(policies: Iterable[RoutingPolicy]) -> list[str]:
	"""Warehouses that each of the policies lets serve, in the order of the first one."""
	found = [[it.name for it in policy.candidates] for policy in policies]
	return (
		[name for name in dict.fromkeys(found[0]) if all(name in names for names in found)] if found else []
	)
