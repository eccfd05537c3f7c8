"""What of an order's fixed charge, or fixed discount, is on none of its notes or invoices yet."""

from collections.abc import Iterable, Mapping, Sequence


def left_to_bear(
	totals: Mapping[str, float], borne: Iterable[tuple[Sequence[str], float]]
) -> dict[str, float]:
	"""{order: what is left of its total}. ``borne``: (orders of a document, what it bears for them), the
	oldest first; more than there is counts for nothing.
	"""
	left = dict(totals)
	for orders, amount in borne:
		for order in orders:
			whole = left.get(order, 0.0)
			if whole * amount > 0:
				part = min(abs(amount), abs(whole)) * (1 if whole > 0 else -1)
				left[order], amount = whole - part, amount - part
	return left
