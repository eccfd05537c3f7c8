"""What the timeline of an order says about shortages; HTML.

The names of these functions, and of what they take, are stored: what was there once stays.
"""

import frappe
from frappe import _
from frappe.utils import escape_html, get_link_to_form

from sales_wh_flow.base.in_words import figure


def asked(doctype: str, name: str, lines: list[list]) -> str:
	"""What was requested or ordered for which ``lines``: [row number, quantity, item, warehouse]."""
	return _("{0} {1} made for what is missing: {2}").format(_(doctype), _link(doctype, name), _listed(lines))


def asked_to_bring(doctype: str, name: str, lines: list[list]) -> str:
	"""Which lines a Material Request brings where."""
	targets = ", ".join(sorted({escape_html(warehouse) for *_line, warehouse in lines}))
	return _("{0} {1} made to bring the goods together in {2}: {3}").format(
		_(doctype), _link(doctype, name), targets, _listed(lines)
	)


def substituted(idx: int, item_code: str, qty: float, new_item: str, price_rule: str, consent: str) -> str:
	return _("{0} of {1} (row {2}) replaced by {3}. Price: {4}. {5}").format(
		figure(qty),
		frappe.bold(escape_html(item_code)),
		idx,
		frappe.bold(escape_html(new_item)),
		escape_html(_(price_rule)),
		escape_html(consent),
	)


def split_off(order: str, lines: list[list], is_submitted: bool) -> str:
	words = _("Backorder {0} split off: {1}").format(_link("Sales Order", order), _listed(lines))
	return words if is_submitted else ". ".join([words, _("It is a draft that waits for approval")])


def split_from(order: str) -> str:
	return _("Split off from Sales Order {0} because of missing stock").format(_link("Sales Order", order))


def closed_short(lines: list[list], reason: str) -> str:
	return _("Closed short: {0}. Reason: {1}").format(_listed(lines), escape_html(reason))


def line_opened_again(lines: list[list], reason: str) -> str:
	words = ", ".join(
		_("{0} of {1}").format(figure(qty), frappe.bold(escape_html(item_code)))
		for _idx, qty, item_code, _warehouse in lines
	)
	return _("Ordered again after it was closed short: {0}. Reason: {1}").format(words, escape_html(reason))


def _listed(lines: list[list]) -> str:
	"""'row 1: 4 of ITEM' for each line."""
	return ", ".join(
		_("row {0}: {1} of {2}").format(idx, figure(qty), frappe.bold(escape_html(item_code)))
		for idx, qty, item_code, _warehouse in lines
	)


def _link(doctype: str, name: str) -> str:
	return get_link_to_form(doctype, name, escape_html(name))
