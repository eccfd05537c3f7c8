"""Invoices at other prices than approved, in words."""

import frappe
from frappe import _
from frappe.utils import escape_html, get_link_to_form

from sales_wh_flow.base.in_words import money


def other_prices(order: str, rows: list[list], reasons: list[str]) -> str:
	"""Which rows are billed at which price instead of which, and what rules say of it; HTML.

	``rows``: [number of the row, item, price it sold at, billed price, their currency] of each.
	"""
	lines = [
		_("Row #{0} of {1}, {2}: sold at {3}, billed at {4}").format(
			idx,
			frappe.bold(escape_html(order)),
			frappe.bold(escape_html(item)),
			money(was, currency),
			money(billed, currency),
		)
		for idx, item, was, billed, currency in sorted(rows)
	]
	said = _("{0} at these prices: {1}").format(
		get_link_to_form("Sales Order", order), "; ".join(escape_html(reason) for reason in reasons)
	)
	return "<br>".join([*lines, said])


def next_step() -> str:
	"""HTML."""
	return _(
		"Bill at the order's prices, or change the order with {0} first: whoever has to approve the prices "
		"is asked then."
	).format(frappe.bold(_("Update Items")))
