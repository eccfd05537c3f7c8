"""What users read at the counter when a box stays."""

import frappe
from frappe import _


def texts() -> dict[str, tuple[str, str, type[Exception]]]:
	"""code -> (text with {names} of the violation's data, title, exception)."""
	found = {
		"nothing_fetched": (_("Choose the boxes that are fetched."), _("No Box")),
		"box_is_not_waiting": (
			_("Box {box} is {state} and does not wait here. Look at the box, then choose others."),
			_("Not Here"),
		),
		"box_is_handed_over": (
			_("Box {box} lies in hand-over {handover}. Take it out there first."),
			_("In a Hand-over"),
		),
		"box_is_sent": (
			_(
				"Box {box} goes with {courier} and is not fetched. Choose a courier for customers who fetch "
				"their boxes first, or hand it over."
			),
			_("Not to Be Fetched"),
		),
		"fetched_order_waits": (
			_("Order {order} is on hold; its boxes stay until it goes on."),
			_("On Hold"),
		),
		"fetched_order_is_over": (
			_("Order {order} is cancelled or closed; its boxes stay. Unpack them."),
			_("Cancelled"),
		),
		"fetched_order_is_reopened": (
			_("Order {order} is being opened again; its boxes stay. The order says how far that is."),
			_("Opened Again"),
		),
		"who_fetches": (_("Write the name of who fetches the boxes."), _("Name Missing")),
		"wrong_code": (
			_("Code {typed} is not that of these orders. Ask for the order's page, or for a signature."),
			_("Wrong Code"),
		),
		"signature_missing": (_("Have it signed first."), _("Signature Missing")),
		"code_missing": (
			_("Ask for the six digits on the page of the order."),
			_("Code Missing"),
		),
		"code_or_signature_missing": (
			_("Ask for the six digits on the page of the order, or have it signed."),
			_("Code or Signature Missing"),
		),
	}
	return {
		**{code: (*words, frappe.ValidationError) for code, words in found.items()},
		"not_of_stock": (
			_("Only people of the warehouse hand boxes out. Ask for the role Stock User."),
			_("Not Permitted"),
			frappe.PermissionError,
		),
	}
