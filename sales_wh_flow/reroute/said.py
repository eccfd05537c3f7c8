"""What the timeline of an order says about lines that moved."""

import frappe
from frappe import _
from frappe.utils import escape_html

from sales_wh_flow.base.in_words import number
from sales_wh_flow.reroute.rules.moves import Movable


def rerouted(reason: str, by: str) -> str:
	"""Why a row has its warehouse after somebody chose another one; plain text."""
	return _("Re-routed by {0}: {1}").format(by, reason)


def moved(parts: list[tuple[Movable, str, float]], reason: str) -> str:
	"""The order's timeline: (line, new warehouse, quantity) of what moved; HTML."""
	listed_parts = ", ".join(
		_("row {0}: {1} of {2} from {3} to {4}").format(
			line.idx,
			number(qty),
			frappe.bold(escape_html(line.item_code)),
			escape_html(line.warehouse),
			escape_html(place),
		)
		for line, place, qty in parts
	)
	return _("Re-routed: {0}. Reason: {1}").format(listed_parts, escape_html(reason))
