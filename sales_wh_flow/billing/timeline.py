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
