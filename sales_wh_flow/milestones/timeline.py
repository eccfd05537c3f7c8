"""What the timeline of an order says about what its customer was told; HTML.

The names of these functions, and of what they take, are stored: what was there once stays.
"""

from frappe import _
from frappe.utils import escape_html


def mail_came_back(receiver: str, reason: str = "") -> str:
	told = _("The mail to {0} came back: {1}")
	return told.format(escape_html(receiver), escape_html(reason) or _("the mail server gave no reason"))
