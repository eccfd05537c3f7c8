"""What users read when nothing was scanned that could be looked for."""

import frappe
from frappe import _


def texts() -> dict[str, tuple[str, str, type[Exception]]]:
	"""code -> (text with {names} of the violation's data, title, exception)."""
	return {
		"nothing_scanned": (
			_("Scan a barcode, or type its number: 1 to {0} characters.").format("{longest}"),
			_("Nothing Scanned"),
			frappe.ValidationError,
		),
	}
