"""What sellers are told of their orders' locks; HTML.

The names of these functions, and of what they take, are stored: what was there once stays.
"""

from collections.abc import Mapping, Sequence

import frappe
from frappe import _
from frappe.utils import escape_html, format_datetime

from sales_wh_flow.base.in_words import figure
from sales_wh_flow.stock_lock.words import reason_words

MOST_NAMED = 20
"""Orders named in one message; the rest is counted."""


def served_subject(got: Sequence[str], lost: Sequence[str]) -> str:
	"""One line for the bell."""
	if got and lost:
		return _("Stock was locked for {0} of your orders, and taken from {1}").format(len(got), len(lost))
	if lost:
		return (
			_("Stock was taken from your order {0}").format(frappe.bold(escape_html(lost[0])))
			if len(lost) == 1
			else _("Stock was taken from {0} of your orders").format(len(lost))
		)
	return (
		_("Stock came in for your order {0}").format(frappe.bold(escape_html(got[0])))
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
		parts.append(_("{0} locked").format(figure(got)))
	if lost:
		parts.append(_("{0} given to another order").format(figure(lost)))
	return f"{_link(order)}: {', '.join(parts)}"


def expired_subject(order: str, freed: float, reasons: Sequence[str]) -> str:
	"""One line for the bell: what was freed and why."""
	return _("{0} locked for {1} expired, because {2}").format(
		figure(freed),
		frappe.bold(escape_html(order)),
		_(" and ").join(reason_words(reason) for reason in reasons),
	)


def warning_subject(order: str, ends_on: str, reason: str) -> str:
	"""One line for the bell: when the lock ends and why."""
	return _("The stock locked for {0} is given back on {1}, because {2}").format(
		frappe.bold(escape_html(order)), format_datetime(ends_on, "medium"), reason_words(reason)
	)


def warning_text(order: str, latest_extension: str | None) -> str:
	"""What can be done about it, as HTML."""
	link = _link(order)
	if latest_extension:
		until = format_datetime(latest_extension, "medium")
		return _("Pick it, or open {0} and extend the lock once, until {1} at the latest.").format(
			link, until
		)
	return _("Pick it: open {0}. The lock can't be extended.").format(link)


def _link(order: str) -> str:
	return frappe.utils.get_link_to_form("Sales Order", order, escape_html(order))
