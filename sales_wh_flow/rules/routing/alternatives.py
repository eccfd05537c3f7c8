"""Three ways to serve the same order, to choose from: fewest parcels, earliest, cheapest."""

from collections.abc import Mapping
from dataclasses import replace

from .facts import BY_RANK, CHEAPEST, FEWEST, RoutingPolicy

FEWEST_PARCELS, EARLIEST, LEAST_COST = "fewest", "fastest", "cheapest"
WAYS = (FEWEST_PARCELS, EARLIEST, LEAST_COST)


def changed(policy: RoutingPolicy, way: str, days: Mapping[str, int]) -> RoutingPolicy:
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
