"""What the receiver of a box is to pay at the door."""

from collections.abc import Sequence

from sales_wh_flow.packing.rules import collect
from sales_wh_flow.packing.store import collecting


def asked_for_box(box: str, orders: Sequence[str]) -> float | None:
	"""The box's part of what its ``orders``, which the caller holds, owe now; None where none of them is paid
	at the door.
	"""
	found = collecting.to_collect(box, orders)
	parts = [collect.collected_part(it.total, it.whole, it.before, it.own) for it in found]
	return sum(parts) if parts else None
