"""Figures as users read them."""

from sales_wh_flow.base.quantities import rounded


def number(qty: float) -> str:
	return f"{rounded(qty):.6f}".rstrip("0").rstrip(".")
