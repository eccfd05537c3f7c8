"""What users read when a delay alert can't be changed."""

import frappe
from frappe import _


def texts() -> dict[str, tuple[str, str, type[Exception]]]:
	"""code -> (text with {names} of the violation's data, title, exception)."""
	invalid = frappe.ValidationError
	return {
		"alert_is_done": (
			_("The delay alert of {order} is done: the order is not delayed any more."),
			_("Alert Is Done"),
			invalid,
		),
		"not_your_alert": (
			_("The delay of {order} is a matter of {owner}. They, or a Sales Manager, can change the alert."),
			_("Not Yours"),
			frappe.PermissionError,
		),
		"delays_of_others": (
			_("The delays of others are shown to a Sales Manager. Yours are on My Delays."),
			_("Not Yours"),
			frappe.PermissionError,
		),
		"snooze_in_the_past": (
			_("{until} is past. Choose when you want to be reminded of {order}."),
			_("Snooze"),
			invalid,
		),
		"snooze_too_long": (
			_("The delay of {order} can be put off for {days} days at most. Choose an earlier day."),
			_("Snooze"),
			invalid,
		),
		"alert_reason_missing": (
			_("Say why: the reason stays on the delay alert of {order}."),
			_("Reason Missing"),
			invalid,
		),
		"cannot_take_over": (
			_("{user} can't take over {order}: the user is disabled or may not read the order."),
			_("Hand On"),
			invalid,
		),
	}
