"""What users read when an order can't be routed: what, where, and what to do."""

import frappe
from frappe import _


def texts() -> dict[str, tuple[str, str, type[Exception]]]:
	"""code -> (text with {names} of the violation's data, title, exception)."""
	invalid = frappe.ValidationError
	return {
		"no_lines_per_day": (
			_(
				"{warehouse} could send {lines} lines a day. Enter 1 or more, clear Limited Lines per Day, "
				"or clear Sells."
			),
			_("Nothing Could Be Sent"),
			invalid,
		),
		"no_such_place": (
			_(
				"{warehouse}: {latitude}, {longitude} is no place on earth. Latitudes go from -90 to 90, "
				"longitudes from -180 to 180."
			),
			_("No Such Place"),
			invalid,
		),
		"not_a_draft_to_route": (
			_("Sales Order {order} is no draft any more. Use Re-route to move what is not picked yet."),
			_("Not a Draft"),
			invalid,
		),
		"unknown_plan": (
			_("There is no plan {plan}. Open the plans anew and choose one of them."),
			_("Unknown Plan"),
			invalid,
		),
		"no_parcel_later": (
			_(
				"No single warehouse will have all of {order} on a day that is known. "
				"Open the plans anew and choose another one."
			),
			_("Plan Is Gone"),
			invalid,
		),
	}
