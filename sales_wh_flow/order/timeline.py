"""What the timeline of an order says about its promise; HTML.

The names of these functions, and of what they take, are stored: what was there once stays.
"""

from frappe import _
from frappe.utils import escape_html, formatdate


def promised_anew(day: str, before: str | None, reason: str) -> str:
	"""A day other than the one that was promised before."""
	why = escape_html(reason)
	if before:
		return _("Promised for {0} instead of {1}: {2}").format(formatdate(day), formatdate(before), why)
	return _("Promised for {0}: {1}").format(formatdate(day), why)
