"""What users read when money at the door does not fit what is due."""

import frappe
from frappe import _

Text = tuple[str, str, type[Exception]]


def texts_of_money() -> dict[str, Text]:
	"""code -> (text with {names} of the violation's data, title, exception)."""
	invalid, title = frappe.ValidationError, _("Money at the Door")
	return {
		"money_below_nothing": (
			_("Box {box}: {taken} is less than nothing. Enter what was taken, 0 for nothing."),
			title,
			invalid,
		),
		"money_for_nothing": (
			_(
				"Box {box} was not accepted, but {taken} is said to be taken for it. Give the money back and "
				"enter 0, or answer Accepted or Part accepted."
			),
			title,
			invalid,
		),
		"nothing_to_collect": (
			_(
				"Box {box}: nothing is to be collected for it, but {taken} is said to be taken. Give the "
				"money back and enter 0."
			),
			title,
			invalid,
		),
		"mode_of_payment_missing": (
			_("Box {box}: say how the {taken} were paid."),
			title,
			invalid,
		),
		"money_differs": (
			_(
				"Box {box}: {taken} was taken and {due} is to be collected. Say why, or enter the other "
				"amount."
			),
			title,
			invalid,
		),
		"money_missing": (
			_(
				"Box {box}: {due} is to be collected and {taken} was taken. Do not leave it there: answer "
				"Refused with the reason No Money."
			),
			title,
			invalid,
		),
		"money_of_other": (
			_(
				"Box {box}: its money is with {holder}, who hands it in. Ask {holder} or a Stock Manager to "
				"correct it."
			),
			title,
			frappe.PermissionError,
		),
		"money_is_posted": (
			_(
				"Box {box}: {payment} was made of the {taken} that were taken. Ask Accounts to cancel or "
				"delete it first, then correct the proof."
			),
			title,
			invalid,
		),
	}
