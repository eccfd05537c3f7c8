"""What users read about the life of locks: who got what, what expires, and why somebody waits."""

from collections.abc import Mapping, Sequence

import frappe
from frappe import _

MOST_NAMED = 20
"""Orders named in one message; the rest is counted."""


def served_subject(got: Sequence[str], lost: Sequence[str]) -> str:
	"""One line for the bell."""
	if got and lost:
		return _("Stock was locked for {0} of your orders, and taken from {1}").format(len(got), len(lost))
	if lost:
		return (
			_("Stock was taken from your order {0}").format(frappe.bold(lost[0]))
			if len(lost) == 1
			else _("Stock was taken from {0} of your orders").format(len(lost))
		)
	return (
		_("Stock came in for your order {0}").format(frappe.bold(got[0]))
		if len(got) == 1
		else _("Stock came in for {0} of your orders").format(len(got))
	)


def served_text(orders: Sequence[str], got: Mapping[str, float], lost: Mapping[str, float]) -> str:
	"""A list of the orders, as HTML."""
	rows = [_served_row(order, got.get(order, 0.0), lost.get(order, 0.0)) for order in orders[:MOST_NAMED]]
	more = len(orders) - MOST_NAMED
	if more > 0:
		rows.append(_("and {0} more").format(more))
	return "<ul>" + "".join(f"<li>{row}</li>" for row in rows) + "</ul>"


def _served_row(order: str, got: float, lost: float) -> str:
	parts = []
	if got:
		parts.append(_("{0} locked").format(qty(got)))
	if lost:
		parts.append(_("{0} given to an order that must be served").format(qty(lost)))
	return f"{frappe.utils.get_link_to_form('Sales Order', order)}: {', '.join(parts)}"


def qty(value: float) -> str:
	"""A quantity without needless zeros."""
	return f"{value:,.9f}".rstrip("0").rstrip(".")
