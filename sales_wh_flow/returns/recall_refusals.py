"""What users read when a lot can't be traced."""

import frappe
from frappe import _


def texts_of_recall() -> dict[str, tuple[str, str, type[Exception]]]:
	"""code -> (text with {names} of the violation's data, title, exception)."""
	title, invalid = _("Recall"), frappe.ValidationError
	return {
		"recall_of_nothing": (
			_("Name the batch, or the serial numbers, that are to be traced."),
			title,
			invalid,
		),
		"lot_never_moved": (
			_("No stock movement names {lot}. Look at how it is spelled."),
			title,
			invalid,
		),
	}
