"""Rounding and comparing quantities: the only place that knows about float noise."""

from math import floor

PRECISION = 9
"""Decimals at which two stock quantities count as equal. ERPNext stores decimal(21,9)."""


def rounded(qty: float) -> float:
	"""The quantity without float noise, never minus zero."""
	return round(qty, PRECISION) + 0.0


def is_positive(qty: float) -> bool:
	return rounded(qty) > 0


def is_less(left: float, right: float) -> bool:
	return rounded(left - right) < 0


def whole(qty: float) -> float:
	"""The largest whole quantity not above ``qty``."""
	return float(floor(rounded(qty)))


def open_qty(ordered: float, delivered: float, locked: float = 0.0) -> float:
	"""What is still to be locked of a line: ordered - delivered - locked, never below zero."""
	return max(rounded(ordered - delivered - locked), 0.0)
