"""Why a rule could not be asked, in words."""

import frappe
from frappe import _
from frappe.utils import flt

from sales_wh_flow.approval.rules.needs import GONE, NO_AMOUNT, NO_ANSWER, NO_RATE, UNKNOWN
from sales_wh_flow.base.in_words import figure


def why_not_asked(error: str) -> str:
	"""Plain text, with what to do about it."""
	if error == NO_AMOUNT:
		return _("The rule has no threshold in the company's currency, so nobody can tell whether it is hit")
	if error == NO_ANSWER:
		return _("The rule's condition was not asked")
	if error.startswith(GONE):
		field = frappe.get_meta("Order Approval Rule").get_label(error.removeprefix(GONE))
		return _("{0} in the rule's scope was deleted, so nobody knows which orders it means").format(
			_(field)
		)
	if error.startswith(UNKNOWN):
		row, _colon, item = error.removeprefix(UNKNOWN).partition(":")
		return _(
			"Row #{0}: nobody knows what {1} costs, so nobody can tell its margin. Receive it, or enter its "
			"valuation rate, to have the margin measured"
		).format(row, item)
	if error.startswith(NO_RATE):
		currency, _colon, typed = error.removeprefix(NO_RATE).partition(":")
		return _(
			"Nobody knows what {0} is worth: no Currency Exchange says it, ERPNext fetched no rate, and {1} "
			"is typed on the order. Enter a Currency Exchange for selling to have it measured"
		).format(currency, figure(flt(typed)))
	return _("The rule's condition failed: {0}").format(error)
