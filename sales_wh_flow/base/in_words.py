"""Figures as their reader writes them: with the separators of the reader's settings."""

import frappe
from frappe.utils import flt, fmt_money

from sales_wh_flow.base.alongside import alongside_request
from sales_wh_flow.base.quantities import rounded

QTY_DECIMALS = 6
"""Decimals of a quantity that people read; what is stored has more."""


def figure(qty: float, decimals: int = QTY_DECIMALS) -> str:
	"""A quantity or another figure, without needless zeros.

	Frappe's own formatter cuts the decimals off where the number format has none, and small ones get lost in
	it; half a box must not be told as one.
	"""
	digits = f"{abs(rounded(flt(qty))):.{decimals}f}"
	whole, _point, part = digits.partition(".")
	style, part = number_format(), part.rstrip("0")
	shown = fmt_money(int(whole), precision=0, format=style) + (decimal_mark(style) + part if part else "")
	return f"-{shown}" if qty < 0 and shown != "0" else shown


def percent(value: float) -> str:
	"""A percentage as people read it, with the sign."""
	return f"{figure(value, 2)} %"


def money(amount: float, currency: str | None) -> str:
	"""An amount with the sign of its currency.

	Frappe may format by currency; only a number format of the reader's own goes before that.
	"""
	style = number_format()
	own = None if style == site_number_format() else style
	return fmt_money(flt(amount), currency=currency or None, format=own)


def number_format() -> str:
	"""``#.###,##`` or the like: the reader's own (see ``base.reader``), else the site's."""
	own = frappe.defaults.get_user_default("number_format", alongside_request().reader)
	return own or site_number_format()


def site_number_format() -> str:
	"""How the site writes numbers; Frappe's usual way where nobody has chosen."""
	return frappe.db.get_default("number_format") or "#,###.##"


def decimal_mark(style: str) -> str:
	"""What stands before decimals; formats without decimals name none."""
	shown = fmt_money(0.5, precision=1, format=style)
	if len(shown) > 1:
		return shown[1]
	return "," if "." in style else "."
