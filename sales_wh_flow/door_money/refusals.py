"""What users read when money can't be handed in: what, and what to do."""

import frappe
from frappe import _


def texts() -> dict[str, tuple[str, str, type[Exception]]]:
	"""code -> (text with {names} of the violation's data, title, exception)."""
	invalid, title = frappe.ValidationError, _("Money at the Door")
	return {
		"nothing_handed_in": (
			_("Choose proofs that say that money was taken."),
			title,
			invalid,
		),
		"no_money_taken": (
			_("{proof} says that nothing was taken. Leave it out, or correct it first."),
			title,
			invalid,
		),
		"money_is_in": (
			_("The money of {proof} was handed in already: {payment}."),
			title,
			invalid,
		),
		"no_rate_of_today": (
			_(
				"{account} is kept in {currency}, and there is no rate of today from {currency} to {own}. "
				"Add a Currency Exchange, then take the money in."
			),
			title,
			invalid,
		),
		"drawer_of_other_currency": (
			_(
				"{mode} goes to {account}, which is not kept in the company's currency. Give the Mode of "
				"Payment another account, then take the money in."
			),
			title,
			invalid,
		),
		"payment_of_another": (
			_(
				"{payment} is no submitted payment of the customer of {proof} to its company. Choose another "
				"one."
			),
			title,
			invalid,
		),
		"payment_over_less": (
			_(
				"{payment} is over {received}, and its proofs say that {amount} were taken. Choose fewer "
				"of them."
			),
			title,
			invalid,
		),
		"money_said_anew": (
			_("{proof} was replaced by {later}. Take in what that one says."),
			title,
			invalid,
		),
	}
