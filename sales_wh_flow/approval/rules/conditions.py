"""Conditions of an approval: what the order's lines become when the sales user accepts one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import rounded, whole_steps

SMALLER_DISCOUNT, PREPAYMENT, AVAILABLE_QUANTITY = "Smaller Discount", "Prepayment", "Available Quantity"
CONDITIONS = (SMALLER_DISCOUNT, PREPAYMENT, AVAILABLE_QUANTITY)


@dataclass(frozen=True, slots=True)
class PriceLine:
	"""``rate`` as written on the line and ``list_rate`` (0 = none), both in the order's currency."""

	row: str
	rate: float
	list_rate: float


@dataclass(frozen=True, slots=True)
class QuantityLine:
	"""``qty_stock`` wanted of a Bin, in multiples of ``step_stock`` (0 = any); not of stock: kept."""

	row: str
	key: BinKey
	qty_stock: float
	step_stock: float = 0.0
	is_stock_item: bool = True


def check_condition(kind: str, value: float) -> None:
	"""Raises: RuleViolation when the condition makes no sense."""
	if kind not in CONDITIONS:
		raise RuleViolation("unknown_condition", kind=kind, known=CONDITIONS)
	if kind == SMALLER_DISCOUNT and not 0 <= value < 100:
		raise RuleViolation("condition_percent", kind=kind, value=value)
	if kind == PREPAYMENT and not 0 < value <= 100:
		raise RuleViolation("condition_percent", kind=kind, value=value)


def capped_rates(
	lines: Iterable[PriceLine], cap_pct: float, kept_share: float, decimals: int
) -> dict[str, float]:
	"""{row: rate} so that no line is sold more than ``cap_pct`` below list price, and none gets cheaper.

	``kept_share``: what the order's own discount leaves of each rate (1 = there is none); it is worked into
	the lines, so that the order needs none of its own. A line without list price keeps what it costs.
	"""
	unit = 10**-decimals
	rates = {}
	for line in lines:
		sold = rounded(line.rate * kept_share)
		floor = rounded(line.list_rate * (1 - cap_pct / 100)) if line.list_rate > 0 else sold
		rate = round(max(sold, floor), decimals)
		rates[line.row] = rounded(rate + unit) if rounded(floor - rate) > 0 else rounded(rate)
	return rates


def available(lines: Iterable[QuantityLine], free: Mapping[BinKey, float]) -> dict[str, float]:
	"""{row: quantity in stock UOM} that is there now; lines of one Bin are served in their order."""
	left = defaultdict(float, free)
	given = {}
	for line in lines:
		if not line.is_stock_item:
			given[line.row] = line.qty_stock
			continue
		there = whole_steps(max(min(line.qty_stock, left[line.key]), 0.0), line.step_stock)
		given[line.row] = line.qty_stock if rounded(line.qty_stock - there) <= 0 else there
		left[line.key] -= given[line.row]
	return given
