"""What a Delivery Note says of the boxes that leave on it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import rounded
from sales_wh_flow.dispatch.rules.courier import BETWEEN_NUMBERS


@dataclass(frozen=True, slots=True)
class BoxContent:
	"""One row of a box. ``packed_item``: the order's packed row where it is a component of a bundle."""

	box: str
	order: str
	order_row: str
	item_code: str
	warehouse: str
	qty_stock: float
	packed_item: str = ""


@dataclass(frozen=True, slots=True)
class Parcel:
	"""To whom a box goes: what all boxes of one note have to share."""

	box: str
	customer: str
	ship_to: str = ""


MOST_SIGNS = 140
"""What the field of a note holds."""


def numbers_that_fit(numbers: Iterable[str]) -> str:
	"""Tracking numbers in one line, each whole: as many of them as the note has room for."""
	line = ""
	for number in sorted(numbers):
		longer = f"{line}{BETWEEN_NUMBERS}{number}" if line else number
		if len(longer) > MOST_SIGNS:
			break
		line = longer
	return line


def goes_nowhere(parcels: Iterable[Parcel]) -> RuleViolation | None:
	"""Why the boxes can't leave on one note: they go to different people or places."""
	found = sorted(parcels, key=lambda it: it.box)
	for it in found[1:]:
		if (it.customer, it.ship_to) != (found[0].customer, found[0].ship_to):
			return RuleViolation("boxes_of_two_addresses", boxes=(found[0].box, it.box))
	return None


def differs(contents: Iterable[BoxContent], noted: dict[str, float]) -> tuple[str, float, float] | None:
	"""(order row, in the boxes, on the note) of the first row where a note is not what its boxes hold.

	``noted``: {order row, or packed row of the order: quantity on the note, in stock UOM}.
	"""
	boxed: dict[str, float] = defaultdict(float)
	for it in contents:
		boxed[it.packed_item or it.order_row] += it.qty_stock
	for row in sorted({*boxed, *noted}):
		there, said = rounded(boxed.get(row, 0.0)), rounded(noted.get(row, 0.0))
		if there != said:
			return row, there, said
	return None
