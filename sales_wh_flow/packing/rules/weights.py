"""Whether a box weighs what it should."""

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_less, is_positive

_SCALE_KG = 0.02
"""What a scale of a packing table may be off by; below that nothing is a mispick."""

_KG = {"kg": 1.0, "kilogram": 1.0, "g": 0.001, "gram": 0.001, "lb": 0.45359237, "pound": 0.45359237}
_KG |= {"lbs": 0.45359237, "oz": 0.028349523125, "ounce": 0.028349523125, "tonne": 1000.0}


def in_kg(weight: float | None, uom: str | None) -> float:
	"""0 where the weight is not known, or its unit is none of weight."""
	return round((weight or 0.0) * _KG.get((uom or "Kg").strip().lower(), 0.0), 9)


def is_off(weighed_kg: float, expected_kg: float, tolerance_pct: float, *, knows_all: bool) -> bool:
	"""Whether somebody should look again. Where the weight of some goods is not known nobody can say."""
	if not (knows_all and is_positive(tolerance_pct) and is_positive(expected_kg)):
		return False
	return is_less(max(expected_kg * tolerance_pct / 100, _SCALE_KG), abs(weighed_kg - expected_kg))


def check_weight(box: str, weighed_kg: float, box_type: str | None, max_kg: float) -> None:
	"""Raises: RuleViolation for a scale that says nothing, and for a box that is too heavy for its type."""
	if not is_positive(weighed_kg):
		raise RuleViolation("no_weight", box=box, weight=weighed_kg)
	if is_positive(max_kg) and is_less(max_kg, weighed_kg):
		raise RuleViolation("too_heavy", box=box, weight=weighed_kg, box_type=box_type, limit=max_kg)
