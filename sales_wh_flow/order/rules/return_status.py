"""How much of an order came back, beside its flow status."""

from collections.abc import Sequence
from dataclasses import dataclass

from sales_wh_flow.base.quantities import is_less, is_positive


@dataclass(frozen=True, slots=True)
class ReturnedLine:
	"""A line with goods, in its own UOM."""

	ordered_qty: float
	returned_qty: float
	replaced_qty: float


def return_status(lines: Sequence[ReturnedLine]) -> str:
	"""Returned: of every line as much as was ordered and was sent again. Empty where nothing came back."""
	if not any(is_positive(line.returned_qty) for line in lines):
		return ""
	is_whole = not any(is_less(line.returned_qty, line.ordered_qty + line.replaced_qty) for line in lines)
	return "Returned" if is_whole else "Partly Returned"
