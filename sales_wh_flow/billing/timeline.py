"""Lines of timelines about invoices, for the reader; HTML. What is stored is the name of a function here."""

import frappe
from frappe import _
from frappe.utils import escape_html

from sales_wh_flow.base.in_words import figure


def drafted(*, policy: str, orders: list[str]) -> str:
	"""On an invoice that the flow drafted."""
	return _("Drafted by Billing Policy {0} for {1}.").format(
		frappe.bold(escape_html(policy)), escape_html(", ".join(orders))
	)


def lowered(*, rows: list[list]) -> str:
	"""On a draft of the flow of which goods came back. ``rows``: [number, before, now]"""
	return _("Lowered, since more stood on it than may be invoiced: {0}.").format(_changes(rows))


def draft_lowered(*, invoice: str, rows: list[list]) -> str:
	"""The same on its orders, where a draft without rows is gone."""
	return _(
		"The draft Sales Invoice {0} was lowered, since more stood on it than may be invoiced: {1}."
	).format(frappe.bold(escape_html(invoice)), _changes(rows))


def _changes(rows: list[list]) -> str:
	"""``rows``: [number, before or wanted, now or allowed]"""
	return "; ".join(
		_("row #{0}: {1} instead of {2}").format(idx, figure(now), figure(before))
		for idx, before, now in rows
	)


def invoiced_early(*, invoice: str, policy: str, rows: list[list], would: bool = False) -> str:
	"""On an order that is invoiced before its moment. ``rows``: [number, wanted, allowed]. ``would``: in
	Shadow, where Block would have stopped it.
	"""
	told = "; ".join(
		_("row #{0}: {1} instead of {2}").format(idx, figure(wanted), figure(allowed))
		for idx, wanted, allowed in rows
	)
	text = (
		_("Sales Invoice {0} would have been stopped: before the moment of Billing Policy {1} ({2}).")
		if would
		else _("Sales Invoice {0} was submitted before the moment of Billing Policy {1} ({2}).")
	)
	return text.format(frappe.bold(escape_html(invoice)), frappe.bold(escape_html(policy)), told)
