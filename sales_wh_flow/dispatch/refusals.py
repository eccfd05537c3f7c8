"""What users read when goods can't be sent: what, where, and what to do."""

import frappe
from frappe import _


def texts() -> dict[str, tuple[str, str, type[Exception]]]:
	"""code -> (text with {names} of the violation's data, title, exception)."""
	invalid = frappe.ValidationError
	return {
		"nothing_to_send": (
			_(
				"Sales Order {order} has nothing that is picked or locked and has not left. Look at what is "
				"missing on the order."
			),
			_("Nothing to Deliver"),
			invalid,
		),
		"service_without_courier": (
			_("Courier Service {service} is given without a courier. Choose the courier first."),
			_("Courier Missing"),
			invalid,
		),
		"unknown_service": (
			_("Courier {courier} does not offer the service {service}. Choose one of: {offered}."),
			_("Unknown Service"),
			invalid,
		),
		"received_in_future": (
			_("Delivery Note {note}: the customer can't have received it in the future. Enter when it was."),
			_("Received On"),
			invalid,
		),
		"received_before_sent": (
			_("Delivery Note {note} is of {sent_on}: nobody received its goods before. Enter when it was."),
			_("Received On"),
			invalid,
		),
		"undo_reason_missing": (
			_("Say why Delivery Note {note} was not received after all."),
			_("Reason Missing"),
			invalid,
		),
		"bundle_packs_less": (
			_(
				"Row #{idx}: {bundle} packs {there} of {item}, but {order} was ordered and locked with "
				"{needed}. Enable or correct its Product Bundle, or take the change into the order with "
				"Update Items first."
			),
			_("Product Bundle Has Changed"),
			invalid,
		),
		"no_whole_bundle_left": (
			_(
				"What is left on Pick List {name} makes no whole bundle any more. Cancel the Pick List, take "
				"the change of the Product Bundle into the order with Update Items, and make a new Pick List."
			),
			_("Product Bundle Has Changed"),
			invalid,
		),
		"nowhere_on_the_way": (
			_(
				"Row #{idx}: goods for an internal customer leave {warehouse} for another warehouse of "
				"{company}. Enter the Default In-Transit Warehouse of {warehouse} or of {company}, or the "
				"note's own Set Target Warehouse."
			),
			_("Target Warehouse Missing"),
			invalid,
		),
		"nothing_left_to_deliver": (
			_("All that Pick List {name} picked has left with its Delivery Notes. Make a new Pick List."),
			_("Nothing to Deliver"),
			invalid,
		),
		"may_read_no_address": (
			_(
				"You may read no addresses, and a Delivery Note needs the one it goes to. Ask an "
				"administrator to tick Warehouse People May Do Their Step in Sales Flow Settings."
			),
			_("Not Permitted"),
			frappe.PermissionError,
		),
	}
