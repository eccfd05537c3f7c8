"""What the timeline of an order says about shortages."""

import frappe
from frappe import _
from frappe.utils import escape_html, get_link_to_form

from sales_wh_flow.base.in_words import number
from sales_wh_flow.shortage.rules.ways_out import ShortLine


def asked(made, chosen: list[tuple[ShortLine, float]]) -> str:
	"""The order's timeline: what was requested or ordered for which lines; HTML."""
	return _("{0} {1} made for what is missing: {2}").format(
		_(made.doctype), get_link_to_form(made.doctype, made.name), listed(chosen)
	)


def substituted(line: ShortLine, new_item: str, qty: str, price_rule: str, consent: str) -> str:
	return _("{0} of {1} (row {2}) replaced by {3}. Price: {4}. {5}").format(
		qty,
		frappe.bold(escape_html(line.item_code)),
		line.idx,
		frappe.bold(escape_html(new_item)),
		_(price_rule),
		escape_html(consent),
	)


def consent(by: str, how: str, on: str, recorded_by: str) -> str:
	"""One sentence for the order's row; plain text."""
	return _("Agreed by {0}, {1}, {2}; recorded by {3}").format(by, how, on, recorded_by)


def split_off(made, chosen: list[tuple[ShortLine, float]], is_submitted: bool) -> str:
	words = _("Backorder {0} split off: {1}").format(
		get_link_to_form(made.doctype, made.name), listed(chosen)
	)
	return words if is_submitted else words + ". " + _("It is a draft that waits for approval")


def split_from(doc) -> str:
	return _("Split off from Sales Order {0} because of missing stock").format(
		get_link_to_form(doc.doctype, doc.name)
	)


def closed_short(chosen: list[tuple[ShortLine, float]], reason: str) -> str:
	return _("Closed short: {0}. Reason: {1}").format(listed(chosen), escape_html(reason))


def listed(chosen: list[tuple[ShortLine, float]]) -> str:
	"""'row 1: 4 of ITEM' for each line; HTML."""
	return ", ".join(
		_("row {0}: {1} of {2}").format(line.idx, number(qty), frappe.bold(escape_html(line.item_code)))
		for line, qty in chosen
	)
