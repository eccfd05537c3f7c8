"""Which warehouse returned goods go to."""

from collections.abc import Iterable

from sales_wh_flow.returns.rules.facts import QUARANTINE, RESTOCK, Place


def place_for(places: Iterable[Place], decision: str, company: str, left_from: str, otherwise: str) -> str:
	"""The warehouse by decision: the first Return Place of the warehouse the goods left from that says one,
	then of the company. Restocked goods go to ``otherwise`` where none does; the others nowhere: "".
	"""
	for its_warehouse in (left_from, ""):
		for place in places:
			if (place.company, place.warehouse) == (company, its_warehouse):
				found = _of(place, decision)
				if found:
					return found
	return otherwise if decision == RESTOCK else ""


def _of(place: Place, decision: str) -> str:
	if decision == RESTOCK:
		return place.restock
	return place.quarantine if decision == QUARANTINE else place.scrap
