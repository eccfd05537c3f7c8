"""What users read when goods can't be served from elsewhere: what, where, and what to do."""

import frappe
from frappe import _


def texts() -> dict[str, tuple[str, str, type[Exception]]]:
	"""code -> (text with {names} of the violation's data, title, exception)."""
	invalid = frappe.ValidationError
	return {
		"nothing_to_bring": (
			_(
				"Sales Order {order}: nothing is locked that still has to be brought to another warehouse. "
				"What was asked for already is not asked for again."
			),
			_("Nothing to Bring"),
			invalid,
		),
		"part_of_a_row_brought": (
			_(
				"Row #{idx} ({item}) of Sales Order {order}: {qty} of {open} are moved, which cuts the row. "
				"Move all of it, or ask somebody who may change the order."
			),
			_("Part of a Row"),
			frappe.PermissionError,
		),
		"arrived_is_held": (
			_(
				"{qty} of {item} arrived in {warehouse} for Sales Order {order}, which holds {locked} there. "
				"Release or re-route them first, then cancel the transfer."
			),
			_("Locked Stock"),
			invalid,
		),
		"move_reason_missing": (
			_("Say why stock of Sales Order {order} moves: the reason is kept with its events."),
			_("Reason Missing"),
			invalid,
		),
		"row_not_movable": (
			_("Nothing of row {row} of Sales Order {order} can move: it is picked, delivered or gone."),
			_("Re-route"),
			invalid,
		),
		"move_not_positive": (
			_("Row #{idx}: {qty} of {item} can't move. Enter more than zero or leave the row alone."),
			_("Re-route"),
			invalid,
		),
		"already_there": (
			_("Row #{idx}: {item} is served from {warehouse} already. Choose another warehouse."),
			_("Re-route"),
			invalid,
		),
		"move_not_whole": (
			_("Row #{idx}: {qty} of {item} is no whole number of its units; it moves in steps of {step}."),
			_("Re-route"),
			invalid,
		),
		"more_than_movable": (
			_(
				"Row #{idx}: {qty} of {item} can't move; {open} are neither delivered nor on a Pick List "
				"({listed} are on one). Move less, or delete the Pick List first."
			),
			_("Re-route"),
			invalid,
		),
		"order_halted": (
			_("Sales Order {order} is {status}. Re-open it before its lines are served differently."),
			_("Re-route"),
			invalid,
		),
	}
