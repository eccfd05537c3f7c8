"""Which boxes of a document have come back with what was returned of it."""

from collections.abc import Sequence, Set

from sales_wh_flow.packing.rules import states
from sales_wh_flow.packing.rules.leaving import LeavingGoods, PackedBox, leave

_NOT_TAKEN = states.ON_ITS_WAY | {states.REFUSED, states.RETURNING, states.RETURNED, states.LOST}
"""The customer has nothing of such a box, so what comes back can be what lies in it."""


def came_back(
	goods: Sequence[LeavingGoods], boxes: Sequence[tuple[PackedBox, str]], named: Set[str] = frozenset()
) -> frozenset[str]:
	"""Those of the boxes that are back as a whole. ``goods``: all that was returned; ``boxes``: each with its
	state; ``named``: boxes that a return names.

	A box that the customer took, or that left without a word, is back where a return names it, or where
	everything is back: nobody knows else whose goods they are.
	"""
	in_turn = sorted(boxes, key=lambda it: (it[0].name not in named, it[1] != states.RETURNED, it[0].name))
	full = [box for box, _state in in_turn if box.goods]
	everything = leave(goods, full).boxes
	if len(everything) == len(full):
		return frozenset(everything)
	sure = [box for box, state in in_turn if box.name in named or state in _NOT_TAKEN]
	return frozenset(leave(goods, sure).boxes)


def refused_is_back(goods: Sequence[LeavingGoods], boxes: Sequence[tuple[PackedBox, str]]) -> frozenset[str]:
	"""Those of the boxes that were accepted in part of which all that was refused is back. ``boxes``: each
	with its state and what the customer did not keep of it; those that are back as a whole come first.
	"""
	in_turn = sorted(boxes, key=lambda it: (it[1] != states.RETURNED, it[0].name))
	back = leave(goods, [box for box, _state in in_turn if box.goods]).boxes
	return frozenset(
		box.name for box, state in in_turn if state == states.PARTLY_ACCEPTED and box.name in back
	)
