"""What is kept on an order's rows about shortages, for the reader; plain text.

The names of these functions, and of what they take, are stored: what was there once stays.
"""

from frappe import _
from frappe.utils import format_datetime


def agreed(by: str, how: str, on: str, recorded_by: str) -> str:
	"""The customer's consent to a substitute."""
	return _("Agreed by {0}, {1}, {2}; recorded by {3}").format(by, how, format_datetime(on), recorded_by)
