"""Which batches and serial numbers of picked components have not left yet, and which of them leave next."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sales_wh_flow.base.quantities import is_positive, rounded

NO_LOT = ""
"""The lot of what has neither batches nor serial numbers."""


@dataclass(frozen=True, slots=True)
class PickedPart:
	"""A row of a Pick List that holds a component of a bundle. ``lots``: {serial number, or batch: quantity
	in stock UOM}.
	"""

	name: str
	lots: Mapping[str, float]


def left_of_rows(rows: Iterable[PickedPart], gone: Mapping[str, float]) -> dict[str, dict[str, float]]:
	"""{row: {lot: what of it is still there}} of one component, of which these lots have left.

	What left of other lots than were picked is taken from the rows in their order.
	"""
	left = {row.name: dict(row.lots) for row in rows}
	others = rounded(sum(gone.values()))
	for most in (gone, None):
		spent: dict[str, float] = defaultdict(float)
		for lots in left.values():
			for lot, qty in lots.items():
				room = others if most is None else most.get(lot, 0.0) - spent[lot]
				taken = rounded(min(qty, room))
				if is_positive(taken):
					lots[lot] = rounded(qty - taken)
					spent[lot] += taken
					others = rounded(others - taken)
	return left


def next_lots(needed: float, left: Mapping[str, float], named: Mapping[str, float]) -> dict[str, float]:
	"""{lot: quantity} of so much of a component: first what is named already, then what was picked first;
	nothing where not all of it is there.
	"""
	chosen: dict[str, float] = defaultdict(float)
	for most in (named, left):
		for lot, there in left.items():
			part = rounded(min(most.get(lot, 0.0), there - chosen[lot], needed))
			if is_positive(part):
				chosen[lot] += part
				needed = rounded(needed - part)
	return {} if is_positive(needed) else {lot: qty for lot, qty in chosen.items() if qty}
