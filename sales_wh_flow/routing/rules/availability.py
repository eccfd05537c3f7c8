"""Where the stock for a line is, in one word: here, elsewhere, on its way, or nowhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sales_wh_flow.base.quantities import is_less, is_positive, rounded

HERE, ELSEWHERE, ON_ITS_WAY, SHORT = "here", "elsewhere", "on its way", "short"


@dataclass(frozen=True, slots=True)
class Availability:
	"""Quantities in stock UOM. ``day``: when enough is there, for what is on its way. ``short``: what is
	neither there nor on its way.
	"""

	state: str
	here: float
	elsewhere: float
	day: date | None = None
	short: float = 0.0


def of_line(
	needed: float, here: float, elsewhere: float, deliveries: Iterable[tuple[date, float, str]]
) -> Availability:
	"""``elsewhere``: free in all other warehouses. ``deliveries``: to all of them, earliest first."""
	here, elsewhere = max(rounded(here), 0.0), max(rounded(elsewhere), 0.0)
	if not is_less(here, needed):
		return Availability(HERE, here, elsewhere)
	missing = rounded(needed - here - elsewhere)
	if not is_positive(missing):
		return Availability(ELSEWHERE, here, elsewhere)
	for day, qty, _document in sorted(deliveries):
		missing = rounded(missing - qty)
		if not is_positive(missing):
			return Availability(ON_ITS_WAY, here, elsewhere, day)
	return Availability(SHORT, here, elsewhere, None, missing)
