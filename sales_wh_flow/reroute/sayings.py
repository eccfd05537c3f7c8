"""Why a row has its warehouse after it was moved, for the reader; plain text.

The names of these functions, and of what they take, are stored: what was there once stays.
"""

from frappe import _


def rerouted(by: str, reason: str) -> str:
	return _("Re-routed by {0}: {1}").format(by, reason)


def chosen_by_hand() -> str:
	return _("chosen by hand")
