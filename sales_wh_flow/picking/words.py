"""What the task of a count says, in the language of whoever counts; HTML."""

import frappe
from frappe import _
from frappe.utils import escape_html, get_fullname

from sales_wh_flow.base.in_words import figure


def count_this(item_code: str, warehouse: str, picker: str, found: float, asked: float, reason: str) -> str:
	"""Where, what is missing, who said so, and what ends the task."""
	return _(
		"Count {0} in {1}: {2} found {3} of {4} ({5}). Submit a Stock Reconciliation; or close this task "
		"when all is there after all. Until then the rest is on no Pick List."
	).format(
		frappe.bold(escape_html(item_code)),
		escape_html(warehouse),
		escape_html(get_fullname(picker)),
		figure(found),
		figure(asked),
		escape_html(reason),
	)
