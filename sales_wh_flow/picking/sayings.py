"""Why a row has its warehouse after a short pick, and goods go back, for the reader; plain text.

The names of these functions, and of what they take, are stored: what was there once stays.
"""

from frappe import _


def not_found(reason: str) -> str:
	return _("not found where it was picked ({0})").format(reason)


def picked_for_nothing(pick_list: str) -> str:
	"""Why goods are to be put back."""
	return _("Pick List {0} needs them no more").format(pick_list)


def put_back_please(pick_list: str) -> str:
	"""To the picker of a list that changed or is gone."""
	return _("Pick List {0} needs less than you have picked. The page Pick says what to put back.").format(
		pick_list
	)
