"""What the timeline of an order says about lines that moved; HTML.

The names of these functions, and of what they take, are stored: what was there once stays.
"""

import frappe
from frappe import _
from frappe.utils import escape_html

from sales_wh_flow.base.in_words import figure


def moved(parts: list[list], reason: str) -> str:
	"""``parts``: [row number, quantity, item, warehouse before, warehouse now]."""
	listed_parts = ", ".join(
		_("row {0}: {1} of {2} from {3} to {4}").format(
			idx, figure(qty), frappe.bold(escape_html(item_code)), escape_html(before), escape_html(now)
		)
		for idx, qty, item_code, before, now in parts
	)
	return _("Re-routed: {0}. Reason: {1}").format(listed_parts, escape_html(reason))


def sent_directly() -> str:
	return _("The goods are sent from where they lie, not brought together first")
