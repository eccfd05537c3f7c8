"""Which routing rule decides: the first that fits, for the order and for each line."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from sales_wh_flow.routing.rules.facts import LineScope, OrderScope, RoutingPolicy, Scope


def first(policies: Iterable[RoutingPolicy]) -> RoutingPolicy | None:
	"""Of the rules that fit: highest priority, then narrowest customer group, then by name."""
	return min(policies, key=_turn, default=None)


def first_per_line(
	policies: Iterable[RoutingPolicy], order: OrderScope, lines: Mapping[str, LineScope]
) -> dict[str, RoutingPolicy]:
	"""Row -> its rule; a row that none is for is missing. A rule of no item fits every line of its orders."""
	fitting = [policy for policy in sorted(policies, key=_turn) if fits_order(policy.scope, order)]
	found = {}
	for row, line in lines.items():
		policy = next((policy for policy in fitting if fits_line(policy.scope, line)), None)
		if policy:
			found[row] = policy
	return found


def fits_order(scope: Scope, order: OrderScope) -> bool:
	"""Every part of the scope that says something says yes; ``min`` and ``max`` belong to it."""
	return (
		scope.customer in ("", order.customer)
		and scope.customer_group.holds(order.customer_group)
		and scope.territory.holds(order.territory)
		and scope.order_type in ("", order.order_type)
		and _is_same(scope.country, order.country)
		and _is_same(scope.state, order.state)
		and fits_postcode(scope.postcode, order.postcode)
		and _is_between(order.value, scope.min_value, scope.max_value)
		and _is_between(order.weight_kg, scope.min_weight_kg, scope.max_weight_kg)
	)


def fits_line(scope: Scope, line: LineScope) -> bool:
	"""Whether a rule's scope holds for a line: item, brand, item group."""
	return (
		scope.item in ("", line.item)
		and scope.brand in ("", line.brand)
		and scope.item_group.holds(line.item_group)
	)


def fits_postcode(patterns: str, postcode: str) -> bool:
	"""Patterns by commas: ``10*`` (begins with), ``SW1?`` (one more), ``10000-10999`` (from, to) or in full.

	Blanks and case do not count. An order without a postcode fits no pattern.
	"""
	if not patterns.strip():
		return True
	code = _plain(postcode)
	return bool(code) and any(_fits_one(_plain(part), code) for part in patterns.split(",") if part.strip())


def is_postcode_pattern(patterns: str) -> bool:
	"""Whether each pattern is one that can be understood."""
	return all(re.fullmatch(r"[A-Z0-9*?]+|[A-Z0-9]+-[A-Z0-9]+", _plain(part)) for part in patterns.split(","))


def _fits_one(pattern: str, code: str) -> bool:
	low, dash, high = pattern.partition("-")
	if dash and low and high and "*" not in pattern and "?" not in pattern:
		# "10115-14199" is a range where both ends are as long as the code; else a code with a dash in it.
		if len(low) == len(high) == len(code.replace("-", "")):
			return low <= code.replace("-", "") <= high
	words = "".join({"*": ".*", "?": "."}.get(letter, re.escape(letter)) for letter in pattern)
	return re.fullmatch(words, code) is not None


def _plain(code: str) -> str:
	return re.sub(r"\s+", "", code or "").upper()


def _is_same(wanted: str, found: str) -> bool:
	return not wanted.strip() or wanted.strip().casefold() == (found or "").strip().casefold()


def _is_between(value: float, low: float, high: float) -> bool:
	return (not low or value >= low) and (not high or value <= high)


def _turn(policy: RoutingPolicy) -> tuple[Any, ...]:
	return (-policy.priority, -policy.group_depth, policy.rule)
