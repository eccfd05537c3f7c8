"""What the timeline of an order says about picking; HTML.

The names of these functions, and of what they take, are stored: what was there once stays.
"""

import frappe
from frappe import _
from frappe.utils import escape_html

from sales_wh_flow.base.in_words import figure


def picked_short(item_code: str, warehouse: str, missing: float, moved: list[list], reason: str) -> str:
	"""What a picker did not find, and where it comes from now; ``moved``: [warehouse, quantity]."""
	sentences = [
		_("{0} of {1} not found in {2} ({3}).").format(
			figure(missing), frappe.bold(escape_html(item_code)), escape_html(warehouse), escape_html(reason)
		)
	]
	left = missing - sum(qty for _place, qty in moved)
	if moved:
		places = ", ".join(f"{figure(qty)} {escape_html(place)}" for place, qty in moved)
		sentences.append(_("Served from elsewhere: {0}.").format(places))
	if left > 0:
		sentences.append(_("{0} need another warehouse or a count of the stock.").format(figure(left)))
	return " ".join(sentences)


def certified_unscanned(rows: list[int], is_shadow: bool) -> str:
	"""Rows that were submitted although nobody scanned or tapped them."""
	numbers = ", ".join(str(row) for row in rows)
	if is_shadow:
		return _("Rows {0} were not scanned or tapped; the step would have stopped them.").format(numbers)
	return _("Rows {0} were not scanned or tapped; they were picked with a warning.").format(numbers)
