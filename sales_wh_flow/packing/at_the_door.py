"""What the receiver of a box is to pay at the door."""

from collections.abc import Sequence

from sales_wh_flow.packing.rules import collect
from sales_wh_flow.packing.store import collecting


def asked_for_box(box: str, orders: Sequence[str]) -> float:
	"""The box's part of what its ``orders``, which the caller holds, owe now."""
	found = collecting.to_collect(box, orders)
	return sum(collect.collected_part(it.total, it.whole, it.before, it.own) for it in found)
