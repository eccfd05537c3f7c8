"""Invoices at other prices than approved, in words."""

from collections.abc import Iterable

import frappe
from frappe import _
from frappe.utils import escape_html, flt, fmt_money, get_link_to_form

from sales_wh_flow.approval.rules.sold import Sold


def other_prices(invoice, order, rows: Iterable[tuple[Sold, float]], reasons: Iterable[str]) -> str:
	"""Which rows are billed at which price instead of which, and what rules say of it; HTML."""
	lines = [_row(invoice, order, was, billed) for was, billed in sorted(rows, key=lambda it: it[0].idx)]
	said = _("{0} at these prices: {1}").format(
		get_link_to_form("Sales Order", order.name), "; ".join(escape_html(reason) for reason in reasons)
	)
	return "<br>".join([*lines, said])


def next_step() -> str:
	"""HTML."""
	return _(
		"Bill at the order's prices, or change the order with {0} first: whoever has to approve the prices "
		"is asked then."
	).format(frappe.bold(_("Update Items")))


def billed(invoice, said: str) -> str:
	"""The timeline's line; ``said`` and result are HTML."""
	return _("{0} bills at other prices. {1}").format(get_link_to_form(invoice.doctype, invoice.name), said)


def _row(invoice, order, was: Sold, billed: float) -> str:
	is_same = was.currency == invoice.currency
	currency = (
		was.currency if is_same else frappe.get_cached_value("Company", order.company, "default_currency")
	)
	return _("Row #{0} of {1}, {2}: sold at {3}, billed at {4}").format(
		was.idx,
		frappe.bold(escape_html(order.name)),
		frappe.bold(escape_html(was.item_code)),
		fmt_money(flt(was.price if is_same else was.price_base, 2), currency=currency),
		fmt_money(flt(billed, 2), currency=currency),
	)
