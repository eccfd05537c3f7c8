"""What users read when a set-up or a check can't be done for them."""

import frappe
from frappe import _


def texts() -> dict[str, tuple[str, str, type[Exception]]]:
	"""code -> (text with {names} of the violation's data, title, exception)."""
	invalid = frappe.ValidationError
	return {
		"no_set_up": (_("There is no set-up {0}.").format("{set_up}"), "", invalid),
		"mended_by_hand": (_("{0} has to be mended by hand.").format("{check}"), "", invalid),
		"is_there_already": (
			_("{0} {1} exists already. Open it and switch it on, or rename it first.").format(
				"{kind}", "{there}"
			),
			"",
			invalid,
		),
	}
