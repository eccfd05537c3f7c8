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
	batch_no: str = ""


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

	Rows of one order line and batch share what is away; those that stand first take it first.
	"""
	packed: dict[tuple[str, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
	away: dict[tuple[str, str], dict[tuple[str, str], float]] = defaultdict(lambda: defaultdict(float))
	for it in boxes:
		packed[it.note, it.order_row][it.item_code] += it.qty_stock
		if is_away(it, today):
			away[it.note, it.order_row][it.item_code, it.batch_no] += it.qty_stock
	found = {}
	for row in rows:
		its, whole = away[row.note, row.order_row], packed[row.note, row.order_row]
		found[row.name] = row.shipped_qty * _away_share(its, whole) if row.is_bundle else _take(its, row)
	return {name: rounded(qty) for name, qty in found.items()}


def _away_share(away: dict[tuple[str, str], float], packed: dict[str, float]) -> float:
	items: dict[str, float] = defaultdict(float)
	for (item, _batch), qty in away.items():
		items[item] += qty
	return max((qty / packed[item] for item, qty in items.items()), default=0.0)


def _take(away: dict[tuple[str, str], float], row: ShippedRow) -> float:
	"""What of the row is away, taken off for the rows that follow. Of another batch it can't be."""
	left = row.shipped_qty * row.conversion_factor
	for (item, batch), qty in away.items():
		if item == row.item_code and (not batch or not row.batches or batch in row.batches):
			away[item, batch] -= min(qty, left)
			left -= min(qty, left)
	return row.shipped_qty - left / row.conversion_factor
