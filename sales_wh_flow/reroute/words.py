"""What the timeline of an order says about goods that are brought together."""

from frappe import _
from frappe.utils import escape_html, get_link_to_form

from sales_wh_flow.shortage import words
from sales_wh_flow.shortage.rules.ways_out import ShortLine


def asked_to_bring(made, chosen: list[tuple[ShortLine, float]]) -> str:
	"""Which lines a Material Request brings where; HTML."""
	targets = ", ".join(sorted({escape_html(line.warehouse) for line, _qty in chosen}))
	return _("{0} {1} made to bring the goods together in {2}: {3}").format(
		_(made.doctype), get_link_to_form(made.doctype, made.name), targets, words.listed(chosen)
	)
