"""Why a row has its warehouse after a short pick, for the reader; plain text.

The names of these functions, and of what they take, are stored: what was there once stays.
"""

from frappe import _


def not_found(reason: str) -> str:
	return _("not found where it was picked ({0})").format(reason)
