"""Rounding and comparing quantities: the only place that knows about float noise."""

from fractions import Fraction
from math import floor

PRECISION = 9
"""Decimals at which two stock quantities count as equal. ERPNext stores decimal(21,9)."""

MOST = 999_999_999
"""The most of one thing that a document may name: its sums and what it costs still fit into their columns."""

NOISE = 10**-PRECISION
"""What a float may be off by before it is cut to whole pieces or parts."""

HALF_CENT = 0.005
"""Less than this is nothing in money, and two prices so near are the same."""

FACTOR_NOISE = 0.001
"""Which share two conversion factors of a UOM may differ by and count as one: what rounding makes of them."""

SQL_NOISE = "0.0000005"
"""What two sums of quantities may differ by in SQL: below half of the least that is told apart on a form."""


def rounded(qty: float) -> float:
	"""The quantity without float noise, never minus zero."""
	return round(qty, PRECISION) + 0.0


def rounded_down(qty: float) -> float:
	"""The quantity at stock precision, never above it: shares of a whole must not add up to more."""
	return rounded(floor(qty * 10**PRECISION) / 10**PRECISION)


def is_positive(qty: float) -> bool:
	"""Whether something is left of a quantity, at the precision of stock."""
	return rounded(qty) > 0


def is_less(left: float, right: float) -> bool:
	"""Whether a quantity is smaller, at the precision of stock."""
	return rounded(left - right) < 0


def is_whole(qty: float) -> bool:
	"""Whether a quantity is a whole number, at the precision of stock."""
	return rounded(qty).is_integer()


def whole_part(qty: float) -> float:
	"""The largest whole quantity not above ``qty``."""
	return float(floor(rounded(qty)))


def whole_steps(qty: float, step: float) -> float:
	"""The largest multiple of ``step`` not above ``qty``; ``qty`` itself when there is no step."""
	return rounded(whole_part(qty / step) * step) if step > 0 else rounded(qty)


def split_step(factor: float, decimals: int, is_whole_order: bool, is_whole_stock: bool) -> float:
	"""The smallest quantity, in stock UOM, that a line can be split by.

	In the line's own UOM (``factor`` stock units each) it is whole where that UOM must be, else it has at
	most ``decimals`` decimals, which is all ERPNext keeps; in stock UOM it is whole where that UOM must be.
	"""
	grid = Fraction(1) if is_whole_order else Fraction(1, 10**decimals)
	if is_whole_stock:
		# A third of a box is kept as 0.333333333: taken literally, it would never make a whole piece.
		return float((grid * Fraction(str(factor)).limit_denominator(1000)).numerator)
	return float(grid * Fraction(str(factor)))


def delivery_step(factor: float, is_whole_order: bool, is_whole_stock: bool) -> float:
	"""In what quantity a line can be delivered, in stock UOM; 0 = any. Only a UOM of its own that must be
	whole sets one.
	"""
	if not is_whole_order or factor in (0, 1):
		return 0.0
	return split_step(factor, 0, True, is_whole_stock)


def open_qty(ordered: float, delivered: float, locked: float = 0.0) -> float:
	"""What is still to be locked of a line: ordered - delivered - locked, never below zero."""
	return max(rounded(ordered - delivered - locked), 0.0)
