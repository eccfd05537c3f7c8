"""What users read when goods can't be picked: what, where, and what to do."""

import frappe
from frappe import _


def texts() -> dict[str, tuple[str, str, type[Exception]]]:
	"""code -> (text with {names} of the violation's data, title, exception)."""
	invalid = frappe.ValidationError
	return {
		"picked_more_than_locked": (
			_(
				"Row #{idx}: {qty} of {item} to pick in {warehouse} for {order}, but only {locked} are "
				"locked there. "
				"Lower the quantity or wait until more is locked."
			),
			_("More Than Locked"),
			invalid,
		),
		"brought_first": (
			_(
				"Sales Order {order}: what is locked goes to {places} first. Pick it when the transfer has "
				"arrived, or choose Send Directly on the order."
			),
			_("To Be Brought First"),
			invalid,
		),
		"nothing_to_pick": (
			_("Sales Order {order} has no locked stock that is not on a Pick List already."),
			_("Nothing to Pick"),
			invalid,
		),
		"unknown_wave": (
			_("Orders are put into one wave by one of {known}, not by {by}."),
			_("Wave"),
			invalid,
		),
		"nothing_in_wave": (
			_(
				"{warehouse} has nothing to pick for these orders any more: all of it is on Pick Lists or "
				"gone. Look at the page again."
			),
			_("Nothing to Pick"),
			invalid,
		),
		"nothing_to_deliver": (
			_("All that Pick List {pick_list} picked has been delivered."),
			_("Nothing to Deliver"),
			invalid,
		),
		"not_short": (
			_("Row #{idx}: all {qty} of {item} were found. A row is short when fewer were."),
			_("Short Pick"),
			invalid,
		),
		"not_a_draft_list": (
			_("Pick List {name} is submitted or cancelled; rows are shortened on drafts only."),
			_("Short Pick"),
			invalid,
		),
		"row_not_on_list": (
			_("Pick List {name} has no row {row} that picks for an order. Reload it."),
			_("Short Pick"),
			invalid,
		),
		"short_reason_missing": (
			_("Row #{idx}: say why not all of {item} was found: damaged, not in its place, miscounted..."),
			_("Reason Missing"),
			invalid,
		),
	}
