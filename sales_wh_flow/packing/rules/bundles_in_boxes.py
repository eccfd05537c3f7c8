"""How many whole bundles the components in boxes make."""

from collections.abc import Mapping

from sales_wh_flow.base.quantities import is_less, rounded


def whole_bundles(there: Mapping[str, float], needed: Mapping[str, float], ordered: float) -> float | None:
	"""So many bundles of a line lie there; None when components are left over. ``there``: {component: in the
	boxes}, ``needed``: {component: of the whole line}, ``ordered``: bundles of the line.
	"""
	made = {part: there.get(part, 0.0) * ordered / qty for part, qty in needed.items() if qty}
	if not made:
		return None
	fewest = min(made.values())
	if any(is_less(fewest, qty) for qty in made.values()):
		return None
	return rounded(fewest)
