"""Which warehouse returned goods go to."""

from collections.abc import Iterable, Sequence

from sales_wh_flow.returns.rules.facts import QUARANTINE, RESTOCK, Place


def place_for(
	places: Iterable[Place],
	decision: str,
	company: str,
	left_from: str,
	otherwise: str,
	item_groups: Sequence[str] = (),
) -> str:
	"""The warehouse by decision: of the Return Places that say one, that of the warehouse the goods left
	from, then of their nearest item group, then of the company. Restocked goods go to ``otherwise`` where
	none does; the others nowhere: "". ``item_groups``: the narrowest first.
	"""
	meant = [
		place
		for place in places
		if place.company == company
		and place.warehouse in ("", left_from)
		and (not place.item_group or place.item_group in item_groups)
	]
	for place in sorted(meant, key=lambda it: (not it.warehouse, _steps(it.item_group, item_groups))):
		found = _of(place, decision)
		if found:
			return found
	return otherwise if decision == RESTOCK else ""


def _steps(group: str, groups: Sequence[str]) -> int:
	return list(groups).index(group) if group else len(groups)


def _of(place: Place, decision: str) -> str:
	if decision == RESTOCK:
		return place.restock
	return place.quarantine if decision == QUARANTINE else place.scrap
