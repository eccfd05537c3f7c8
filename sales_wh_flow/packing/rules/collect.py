"""What is to be collected at the door for one box of an order that is paid there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sales_wh_flow.base.quantities import is_positive


@dataclass(frozen=True, slots=True)
class BoxToPay:
	"""A box that is paid at the door. ``amount``: what it bears of its ``orders``; ``taken``: what was taken
	for it and is not posted yet, None until somebody answered it.
	"""

	name: str
	amount: float
	taken: float | None
	orders: list[str]


def shares_of(boxes: Iterable[BoxToPay], debts: Mapping[str, float], decimals: int = 2) -> dict[str, float]:
	"""{box: what is to be collected for it}, in their order: together no more than the orders owe
	(``debts``), less what was taken for boxes before it.
	"""
	owed, found = dict(debts), {}
	for box in boxes:
		found[box.name] = round(min(box.amount, sum(owed[order] for order in box.orders)), decimals)
		left = found[box.name] if box.taken is None else box.taken
		for order in box.orders:
			part = min(left, owed[order])
			owed[order], left = owed[order] - part, left - part
	return found


def collected_part(total: float, whole: float, before: float, own: float, decimals: int = 2) -> float:
	"""The part of ``total`` that a box bears. ``whole``: what all goods of the order are worth; ``before``:
	what lies in boxes that were closed already; ``own``: in this one. Over all boxes it adds up to the total
	to the last decimal. 0 where nothing is to be collected, or the goods are worth nothing.
	"""
	if not (is_positive(total) and is_positive(whole) and is_positive(own)):
		return 0.0
	start, end = (min(worth / whole, 1.0) for worth in (before, before + own))
	return round(round(total * end, decimals) - round(total * start, decimals), decimals)
