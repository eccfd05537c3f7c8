"""What is to be collected at the door for one box of orders that are paid there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sales_wh_flow.base.quantities import is_positive

_CENT = 0.01


@dataclass(frozen=True, slots=True)
class RowWorth:
	"""A row of a box that is paid at the door. ``worth``: with what it bears of its order's taxes."""

	order: str
	worth: float


@dataclass(frozen=True, slots=True)
class BoxToPay:
	"""A box that is paid at the door. ``amount``: what it bears of its orders; ``taken``: what was taken for
	it and is not posted yet, None until somebody answered it; ``worths``: {order: its goods in the box}.
	"""

	name: str
	amount: float
	taken: float | None
	worths: Mapping[str, float]


def shares_of(boxes: Iterable[BoxToPay], debts: Mapping[str, float]) -> dict[str, dict[str, float]]:
	"""{box: {order: what is to be collected for it}}, in their order: together no more than the orders owe
	(``debts``; of one that is not named, what the box bears), less what was taken for boxes before it.
	"""
	owed, found = dict(debts), {}
	for box in boxes:
		parts = _parts(box, owed)
		owed = {**parts, **owed}
		found[box.name] = asked = {order: min(part, owed[order]) for order, part in parts.items()}
		left = sum(asked.values()) if box.taken is None else box.taken
		for most in (asked, dict(owed)):
			for order in asked:
				part = min(left, most[order], owed[order])
				owed[order], left = owed[order] - part, left - part
	return found


def _parts(box: BoxToPay, owed: Mapping[str, float]) -> dict[str, float]:
	"""What the box bears of each order. Where it bears less than its goods are worth, an order was paid in
	part before it was closed: by what they owe now.
	"""
	if len(box.worths) == 1:
		return dict.fromkeys(box.worths, box.amount)
	whole = sum(box.worths.values())
	if box.amount > whole - _CENT * len(box.worths):
		return {order: box.amount * worth / whole if whole else 0.0 for order, worth in box.worths.items()}
	weights = {order: min(worth, owed.get(order, worth)) for order, worth in box.worths.items()}
	total = sum(weights.values())
	return {
		order: min(box.amount * weights[order] / total, worth) if is_positive(total) else 0.0
		for order, worth in box.worths.items()
	}


def borne_by_boxes(total: float, owed: float, delivered: float, worth: float) -> float:
	"""What all boxes of an order bear together: what it owes, and what was paid for those that the customer
	has. ``delivered``: what these bear, ``worth``: their goods, both of ``total``, what the order costs.
	"""
	if not (is_positive(delivered) and is_positive(worth)):
		return owed
	doubt = _CENT * total / worth
	ahead = total * (1 - delivered / worth)
	paid = total - owed - (ahead if ahead > doubt else 0.0)
	if paid > delivered - doubt:
		return owed + delivered
	return owed + paid if paid > doubt else owed


def collected_part(total: float, whole: float, before: float, own: float, decimals: int = 2) -> float:
	"""The part of ``total`` that a box bears. ``whole``: what all goods of the order are worth; ``before``:
	what lies in boxes that were closed already; ``own``: in this one. Over all boxes it adds up to the total
	to the last decimal. 0 where nothing is to be collected, or the goods are worth nothing.
	"""
	if not (is_positive(total) and is_positive(whole) and is_positive(own)):
		return 0.0
	start, end = (min(worth / whole, 1.0) for worth in (before, before + own))
	return round(round(total * end, decimals) - round(total * start, decimals), decimals)
