"""What is to be collected at the door for one box of an order that is paid there."""

from sales_wh_flow.base.quantities import is_positive


def collected_part(total: float, whole: float, before: float, own: float, decimals: int = 2) -> float:
	"""The part of ``total`` that a box bears. ``whole``: what all goods of the order are worth; ``before``:
	what lies in boxes that were closed already; ``own``: in this one. Over all boxes it adds up to the total
	to the last decimal. 0 where nothing is to be collected, or the goods are worth nothing.
	"""
	if not (is_positive(total) and is_positive(whole) and is_positive(own)):
		return 0.0
	start, end = (min(worth / whole, 1.0) for worth in (before, before + own))
	return round(round(total * end, decimals) - round(total * start, decimals), decimals)
