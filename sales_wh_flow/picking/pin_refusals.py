"""What people read who share a phone."""

import frappe
from frappe import _


def texts_of_pins() -> dict[str, tuple[str, str, type[Exception]]]:
	"""code -> (text with {names} of the violation's data, title, exception)."""
	title, invalid, forbidden = _("Shared Phone"), frappe.ValidationError, frappe.PermissionError
	return {
		"phones_are_not_shared": (
			_("Phones are not shared here. Log out, and let the next one log in with the password."),
			title,
			invalid,
		),
		"not_for_pins": (
			_(
				"{user} can't have a PIN: it opens the work of the warehouse and of drivers alone. Log in "
				"with the password."
			),
			title,
			forbidden,
		),
		"pin_is_too_easy": (
			_("Choose {length} figures that nobody would try first: not 123456, 111111 or 123123."),
			title,
			invalid,
		),
		"password_is_wrong": (_("This is not your password."), title, forbidden),
		"no_such_pin": (
			_("This person has no PIN. Log in with the password and choose Set My PIN."),
			title,
			invalid,
		),
		"pin_is_wrong": (_("This is not the PIN. After 5 wrong ones it is locked."), title, forbidden),
		"pin_is_locked": (
			_("The PIN of {user} is locked. Log in with the password and set a new one."),
			title,
			forbidden,
		),
	}
