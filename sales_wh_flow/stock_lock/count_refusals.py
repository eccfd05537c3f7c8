"""What users read when a count can't be posted because of what is locked."""

import frappe
from frappe import _


def texts_of_counts(locked: type[Exception]) -> dict[str, tuple[str, str, type[Exception]]]:
	"""code -> (text with {names} of the violation's data, title, exception). ``locked``: the exception of
	what is locked.
	"""
	invalid = frappe.ValidationError
	return {
		"counted_lots_are_locked": (
			_(
				"{item} in {warehouse} is locked by batch or serial number for {holders}, so this count "
				"can't tell who loses what. Release those locks first, or change the batch on the order."
			),
			_("Stock Is Locked"),
			locked,
		),
		"no_count_of_locked": (
			_(
				"{item} in {warehouse} is locked for {holders}, so ERPNext posts no count of it. Have the "
				"locks released first, or count as of now with Post Counts of Locked Stock in Sales Flow "
				"Settings."
			),
			_("Stock Is Locked"),
			locked,
		),
		"picked_more_than_counted": (
			_(
				"{item} in {warehouse}: {qty} more are on Pick Lists or drafts of deliveries than were "
				"counted. The stock is locked for {holders}. Shorten those rows to what was found, then "
				"submit the count."
			),
			_("Stock Is Locked"),
			locked,
		),
		"loses_nothing": (
			_(
				"{orders} holds nothing of what is counted here and can't lose first. Take it out, or leave "
				"the field empty for the Serving Policy to decide."
			),
			_("Stock Is Locked"),
			invalid,
		),
		"moved_while_counted": (
			_(
				"Stock of {name} was moved or locked while it was submitted. Nothing was changed. Look at "
				"the quantities and submit it again."
			),
			_("Stock Moved Meanwhile"),
			invalid,
		),
	}
