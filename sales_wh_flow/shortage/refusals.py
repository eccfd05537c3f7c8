"""What users read when nothing can be done about what is missing: what, where, and what to do."""

import frappe
from frappe import _


def texts() -> dict[str, tuple[str, str, type[Exception]]]:
	"""code -> (text with {names} of the violation's data, title, exception)."""
	invalid = frappe.ValidationError
	return {
		"not_submitted": (
			_("{doctype} {name} is not submitted. Submit it first."),
			_("Not Submitted"),
			invalid,
		),
		"nothing_missing": (
			_(
				"Sales Order {order}: the chosen lines wait for nothing any more. Somebody may have been "
				"quicker; reload the order."
			),
			_("What Is Missing"),
			invalid,
		),
		"line_is_gone": (
			_("Sales Order {order} has no such line any more. Reload the order."),
			_("Close Short"),
			invalid,
		),
		"closes_whole_units": (
			_("Row #{idx}: {item} is closed in whole {uom} only. Enter a whole number."),
			_("Close Short"),
			invalid,
		),
		"closes_too_much": (
			_(
				"Row #{idx}: {asked} {uom} of {item} can't be closed, {open} are open. Enter more than 0 and "
				"at most that."
			),
			_("Close Short"),
			invalid,
		),
		"opens_too_much": (
			_(
				"Sales Order {order}: {asked} can't be opened again, {left} of that line are closed short. "
				"Enter more than 0 and at most that."
			),
			_("Close Short"),
			invalid,
		),
		"asked_already": (
			_("Row #{idx}: all that {item} misses is requested or ordered already."),
			_("What Is Missing"),
			invalid,
		),
		"not_purchased": (
			_("Row #{idx}: {item} is not a purchase item. Tick 'Allow Purchase' on the item or make it."),
			_("What Is Missing"),
			invalid,
		),
		"nothing_elsewhere": (
			_("Row #{idx}: no other warehouse has {item} free, so nothing can be transferred."),
			_("What Is Missing"),
			invalid,
		),
		"no_bom": (
			_("Row #{idx}: {item} has no active default Bill of Materials, so it can't be made."),
			_("What Is Missing"),
			invalid,
		),
		"no_supplier": (
			_(
				"Row #{idx}: {item} has no default supplier for this company. Enter one in the item's "
				"defaults, or make a Material Request."
			),
			_("What Is Missing"),
			invalid,
		),
		"unknown_action": (
			_("{action} is nothing that can be done for Sales Order {order}."),
			_("What Is Missing"),
			invalid,
		),
		"unknown_price_rule": (
			_("{rule} is no way to price a substitute. Choose one of: {known}."),
			_("Substitute"),
			invalid,
		),
		"substitute_without_price": (
			_(
				"The order's price list has no price of the substitute. Choose '{rule}', or enter an Item "
				"Price first."
			),
			_("Substitute"),
			invalid,
		),
		"not_a_substitute": (
			_(
				"Row #{idx}: {substitute} is no substitute for {item}. Enter it as an Item Alternative "
				"first. An item that this line was substituted from before is not taken again."
			),
			_("Substitute"),
			invalid,
		),
		"substitute_of_component": (
			_(
				"Row #{idx}: {item} is a component of {bundle}, and no single component of an order's bundle "
				"is exchanged. Ask for {item}, move the bundles to a backorder or close them short; or enter "
				"the other item in the Product Bundle for orders to come."
			),
			_("Substitute"),
			invalid,
		),
		"substitute_unusable": (
			_("Row #{idx}: {substitute} is disabled, not sold or not kept in stock. Choose another item."),
			_("Substitute"),
			invalid,
		),
		"substitute_uom": (
			_(
				"Row #{idx}: {substitute} has no conversion for {uom}, the unit in which {item} is kept. "
				"Add it to the units of {substitute}."
			),
			_("Substitute"),
			invalid,
		),
		"consent_missing": (
			_(
				"Row #{idx}: say who at the customer agreed to {substitute} and how (by telephone, by "
				"mail...)."
			),
			_("Consent Missing"),
			invalid,
		),
		"why_missing": (
			_("Say why Sales Order {order} is closed short: whoever asks later has to know."),
			_("Reason Missing"),
			invalid,
		),
		"nothing_would_stay": (
			_(
				"Nothing of Sales Order {order} is served yet, so nothing would stay in it. Close or cancel "
				"the whole order instead, or change its delivery date."
			),
			_("What Is Missing"),
			invalid,
		),
	}
