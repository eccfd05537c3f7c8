"""What users read when a submitted order can't be changed so: what, where, and what to do."""

import frappe
from frappe import _


def texts() -> dict[str, tuple[str, str, type[Exception]]]:
	"""code -> (text with {names} of the violation's data, title, exception)."""
	return {
		"lowered_below_picked": (
			_(
				"Row #{idx}: {picked} of {item} are on Pick List {lists} already, so {asked} are too few. "
				"Have the warehouse shorten or cancel the Pick List first, then lower the row."
			),
			_("Picked Already"),
			frappe.ValidationError,
		),
		"scheduled_for_another_row": (
			_(
				"A part of a delivery schedule stays with its row. Open Sales Order {order}, press Add "
				"Schedule in the row that is meant, and enter the day there."
			),
			_("Another Row"),
			frappe.ValidationError,
		),
		"draft_has_no_status": (
			_(
				"Sales Order {order} is a draft, so it can't be {status}: it asks for no stock yet. Submit "
				"it first, or delete it."
			),
			_("Draft"),
			frappe.ValidationError,
		),
		"sent_beside_picked": (
			_(
				"Row #{idx}: {picked} of {item} are on Pick List {lists} already, so {free} are left to be "
				"sent beside it, not {asked}. Make the Delivery Note from the Pick List, or have the "
				"warehouse shorten or cancel the Pick List first."
			),
			_("Picked Already"),
			frappe.ValidationError,
		),
		"lowered_below_delivered": (
			_(
				"Row #{idx}: {gone} of {item} were delivered, {back} of them came back; {asked} are too few. "
				"What came back is not sent again: leave the quantity at {gone} or more."
			),
			_("Delivered Already"),
			frappe.ValidationError,
		),
	}
