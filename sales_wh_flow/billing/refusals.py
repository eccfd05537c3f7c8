"""What users read when an invoice is refused: what, where, and what to do."""

import frappe
from frappe import _


def texts() -> dict[str, tuple[str, str, type[Exception]]]:
	"""code -> (text with {names} of the violation's data, title, exception)."""
	invalid = frappe.ValidationError
	return {
		"invoiced_too_early": (
			_(
				"{order}, row #{idx}: {wanted} on this invoice, {allowed} may be invoiced by Billing Policy "
				"{policy} ({moment}). Lower the quantity, or wait for it."
			),
			_("Before Its Moment"),
			invalid,
		),
		"half_a_link": (
			_(
				"Row #{idx}: {item} names {order}, but not both the Sales Order and its row, so nobody knows "
				"whether it may be invoiced. Take the row from the order by Get Items From."
			),
			_("Before Its Moment"),
			invalid,
		),
		"promise_stands": (
			_("What was promised for {order} stands. Withdraw it, and enter a new promise."),
			_("Payment Promise"),
			invalid,
		),
		"promised_too_far": (
			_("{day} is more than a year from now. Enter the day on which the customer will pay."),
			_("Payment Promise"),
			invalid,
		),
		"nothing_to_invoice": (_("{order}: {why}"), _("Nothing to Invoice"), invalid),
		"account_in_other_currency": (_("{order}: {why}"), _("Receivable Account"), invalid),
		"nothing_drafted": (
			_("{order}: ERPNext put no row of it on an invoice. Make it with Create > Sales Invoice."),
			_("Nothing to Invoice"),
			invalid,
		),
		"billing_is_off": (
			_("Billing is {mode}. Switch it on in Sales Flow Settings, or make the invoice by hand."),
			_("Billing Is Off"),
			invalid,
		),
		"promised_in_the_past": (
			_("{day} has passed. Enter the day on which the customer will pay."),
			_("Payment Promise"),
			invalid,
		),
		"promise_of_other_invoice": (
			_("{invoice} is no invoice of {order}. Choose one of that order, or leave it empty."),
			_("Payment Promise"),
			invalid,
		),
		"promise_of_no_order": (
			_("{order} is not submitted; nobody has to pay for it."),
			_("Payment Promise"),
			invalid,
		),
	}
