"""Which boxes leave together, and what is missing of their orders."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

GONE = frozenset({"Cancelled", "Lost"})
"""States of boxes that nobody waits for."""

NOT_LEFT = frozenset({"Open", "Closed"})


@dataclass(frozen=True, slots=True)
class BoxOfOrder:
	"""A box with goods of an order; one for each order in it."""

	order: str
	box: str
	state: str
	handover: str = ""


@dataclass(frozen=True, slots=True)
class OrderCount:
	"""How many boxes of an order are in a hand-over, of how many; ``missing``: (box, its state), those that
	have not left and are in no hand-over or in another one.
	"""

	order: str
	here: int
	of: int
	missing: tuple[tuple[str, str], ...]


def leaving_together(orders_of: Mapping[str, Iterable[str]]) -> tuple[tuple[str, ...], ...]:
	"""{box: its orders} as groups that have to leave in one transaction: boxes that share an order, and
	orders that share a box. By the first box of each.
	"""
	boxes_of: dict[str, list[str]] = defaultdict(list)
	for box in sorted(orders_of):
		for order in orders_of[box]:
			boxes_of[order].append(box)
	found, seen = [], set()
	for box in sorted(orders_of):
		if box not in seen:
			group = _reached_from(box, orders_of, boxes_of)
			seen |= group
			found.append(tuple(sorted(group)))
	return tuple(found)


def _reached_from(box: str, orders_of: Mapping[str, Iterable[str]], boxes_of: Mapping) -> set[str]:
	group, waiting = set(), [box]
	while waiting:
		one = waiting.pop()
		if one not in group:
			group.add(one)
			waiting += [other for order in orders_of[one] for other in boxes_of[order]]
	return group


def missing_of_orders(boxes: Iterable[BoxOfOrder], handover: str) -> tuple[OrderCount, ...]:
	"""Each order that has a box in the hand-over, those with something missing first."""
	by_order: dict[str, list[BoxOfOrder]] = defaultdict(list)
	for box in boxes:
		if box.state not in GONE:
			by_order[box.order].append(box)
	found = []
	for order in sorted(by_order):
		mine = by_order[order]
		here = sum(box.handover == handover for box in mine)
		if here:
			missing = sorted(
				(box.box, box.state) for box in mine if box.state in NOT_LEFT and box.handover != handover
			)
			found.append(OrderCount(order, here, len(mine), tuple(missing)))
	return tuple(sorted(found, key=lambda it: (not it.missing, it.order)))
