"""Approvals of Quotations in words."""

from collections.abc import Iterable

import frappe
from frappe import _
from frappe.utils import escape_html

from sales_wh_flow.approval.rules.needs import OPEN, REJECTED


def word_refused_quotation(quotation: str, lacking: Iterable[tuple[str, str, str]]) -> str:
	"""Why the Quotation can't be submitted and what to do next; HTML. ``lacking``: (rule, why, state)."""
	states = {OPEN: _("waits"), REJECTED: _("refused")}
	row = "<li>{0} ({1}): {2}</li>"
	rows = "".join(
		row.format(frappe.bold(escape_html(rule)), states.get(state, _("nobody was asked")), escape_html(why))
		for rule, why, state in lacking
	)
	head = _("Quotation {0} can't be submitted yet. Approvals are missing:").format(
		frappe.bold(escape_html(quotation))
	)
	next_step = _("Save it and press Ask for Approval; submit it when everybody has approved.")
	return f"{head}<ul>{rows}</ul>{next_step}"
