"""What of a delivery the customer has not got yet: it lies in a box that is still on its way."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sales_wh_flow.base.quantities import rounded
from sales_wh_flow.packing.rules import states
from sales_wh_flow.returns.rules.facts import ShippedRow

_TOLD = states.ON_ITS_WAY - {states.HANDED_OVER, states.IN_TRANSIT}
"""Whoever says so of a box says, too, when the customer has it."""


@dataclass(frozen=True, slots=True)
class BoxedGoods:
	"""What a box holds of an order's row. ``expected_on``: at the door, None where nobody knows."""

	note: str
	order_row: str
	item_code: str
	qty_stock: float
	state: str
	left_on: date | None = None
	expected_on: date | None = None


def is_away(box: BoxedGoods, today: date) -> bool:
	"""Whether the customer can't have the box yet. Of many couriers nobody hears again: their boxes are taken
	to be there from the day on which they are expected, else from the day after they left.
	"""
	if box.state not in states.ON_ITS_WAY or box.state in _TOLD:
		return box.state in _TOLD
	there_on = box.expected_on or (box.left_on and box.left_on + timedelta(days=1))
	return bool(there_on and today < there_on)


def away_of_rows(rows: Sequence[ShippedRow], boxes: Iterable[BoxedGoods], today: date) -> dict[str, float]:
	"""{row of a Delivery Note: what of it is on its way}, in the row's unit. Of a bundle as much as of the
	component of which the largest part is.
	"""
	packed: dict[tuple[str, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
	away: dict[tuple[str, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
	for it in boxes:
		packed[it.note, it.order_row][it.item_code] += it.qty_stock
		away[it.note, it.order_row][it.item_code] += it.qty_stock if is_away(it, today) else 0.0
	found = {}
	for row in rows:
		its, whole = away[row.note, row.order_row], packed[row.note, row.order_row]
		if row.is_bundle:
			found[row.name] = row.shipped_qty * max((its[item] / whole[item] for item in its), default=0.0)
		else:
			found[row.name] = min(row.shipped_qty, its[row.item_code] / row.conversion_factor)
			its[row.item_code] -= found[row.name] * row.conversion_factor
	return {name: rounded(qty) for name, qty in found.items()}
