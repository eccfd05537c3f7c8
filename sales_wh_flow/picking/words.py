"""What users read about picking."""

import frappe
from frappe import _
from frappe.utils import escape_html

from sales_wh_flow.base.in_words import number


def not_found(reason: str) -> str:
	return _("not found where it was picked ({0})").format(reason.strip())


def picked_short(line, missing: float, moved: tuple[tuple[str, float], ...], reason: str) -> str:
	"""The order's timeline: what a picker did not find, and where it comes from now; HTML."""
	words = _("{0} of {1} not found in {2} ({3}).").format(
		number(missing),
		frappe.bold(escape_html(line.item_code)),
		escape_html(line.warehouse),
		escape_html(reason),
	)
	left = missing - sum(qty for _place, qty in moved)
	if moved:
		places = ", ".join(f"{number(qty)} {escape_html(place)}" for place, qty in moved)
		words += " " + _("Served from elsewhere: {0}.").format(places)
	if left > 0:
		words += " " + _("{0} need another warehouse or a count of the stock.").format(number(left))
	return words
