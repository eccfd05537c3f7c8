"""Approvals of Quotations in words."""

from collections.abc import Iterable

import frappe
from frappe import _
from frappe.utils import escape_html

from sales_wh_flow.approval.rules.needs import APPROVED, OPEN, REJECTED


def gate(quotation: str, lacking: Iterable[tuple[str, str, str]]) -> str:
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


def asked(rules: Iterable[str]) -> str:
	"""A line of the timeline; HTML."""
	return _("asked for approval: {0}").format(", ".join(escape_html(rule) for rule in rules))


def decided(request, action: str, comment: str | None) -> str:
	"""A line of the timeline; HTML."""
	text = _("refused '{0}'") if action == "refuse" else _("approved '{0}'")
	said = f": {escape_html(comment)}" if comment else ""
	return text.format(escape_html(request.rule)) + said


def request_subject(quotation: str, request) -> str:
	return _("Quotation {0} waits for your approval: {1}").format(quotation, escape_html(request.rule))


def decided_subject(quotation: str, request) -> str:
	text = (
		_("Quotation {0}: '{1}' is approved.")
		if request.state == APPROVED
		else _("Quotation {0}: '{1}' is refused.")
	)
	return text.format(quotation, escape_html(request.rule))
