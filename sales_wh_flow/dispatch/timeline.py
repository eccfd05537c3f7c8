"""What the timeline of a Delivery Note says about its receipt; HTML.

The names of these functions, and of what they take, are stored: what was there once stays.
"""

from frappe import _
from frappe.utils import escape_html, format_datetime


def confirmation_undone(received_on: str, receiver: str, reason: str) -> str:
	"""Somebody took a confirmation back; what it had said."""
	words = _("Not received after all: {0}. It had been confirmed for {1}").format(
		escape_html(reason), format_datetime(received_on)
	)
	return f"{words} ({escape_html(receiver)})." if receiver else f"{words}."
