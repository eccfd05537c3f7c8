"""What users read when an order can't be cancelled or opened again as asked."""

import frappe
from frappe import _


def texts_of_reopening() -> dict[str, tuple[str, str, type[Exception]]]:
	"""As ``refusals.texts``."""
	title, invalid = _("Re-open"), frappe.ValidationError
	return {
		"reopen_without_reason": (_("Say why Sales Order {order} is opened again."), title, invalid),
		"unknown_stage": (
			_("An order goes back to To Pick, Draft or Cancelled, not {stage}."),
			title,
			invalid,
		),
		"nothing_to_undo": (
			_("Nothing was made from Sales Order {order}. Cancel it, or change it with Update Items."),
			title,
			invalid,
		),
		"order_is_touched": (
			_(
				"Sales Order {order} can't be cancelled by Cancel alone: {documents} were made from it. Open "
				"the order and press Re-open: it shows what is undone, in which order and by whom."
			),
			title,
			invalid,
		),
		"step_is_forbidden": (
			_("You may not undo {doctype} {name}. Ask somebody who may, or have it undone first."),
			title,
			frappe.PermissionError,
		),
		"paper_of_other_orders": (
			_("{doctype} {name} is also for Sales Order {orders}. Undo it by hand, or open those, too."),
			title,
			invalid,
		),
		"period_is_closed": (
			_("{doctype} {name} is of {day}, which is closed by {period}. Credit it with a return instead."),
			title,
			invalid,
		),
		"goods_came_back": (
			_("{doctype} {name} is a return. Cancel it first if it was a mistake."),
			title,
			invalid,
		),
		"is_opened_again": (
			_(
				"{actor} is opening Sales Order {order} again, back to {stage}: {name}. Go on with that, or "
				"wait for its end."
			),
			title,
			invalid,
		),
		"no_reopening_stopped": (
			_(
				"No Re-open of Sales Order {order} has stopped: there is nothing to give up. One that runs "
				"comes to its end by itself."
			),
			title,
			invalid,
		),
		"unknown_payment_choice": (
			_("Payment {payment}: choose Unlink or Keep as Advance, not {choice}."),
			title,
			invalid,
		),
		"no_order_to_keep_it": (
			_("Payment {payment} stays as an advance of an order that goes back To Pick only. Unlink it."),
			title,
			invalid,
		),
		"invoice_is_paid": (
			_(
				"{doctype} {name} is paid by {payments}. Choose for each whether it is unlinked or kept as "
				"an advance of the order. It is never deleted."
			),
			title,
			invalid,
		),
		"order_is_paid": (
			_(
				"Sales Order {order} has the advance {payments}. Choose Unlink for it: it stays with the "
				"customer, for any invoice. It is never deleted."
			),
			title,
			invalid,
		),
		"customer_has_goods": (
			_("The customer has the goods of {doctype} {name}. Open a Return Case."),
			title,
			invalid,
		),
		"boxes_have_left": (
			_("Box {boxes} of {doctype} {name} has left the house. Open a Return Case."),
			title,
			invalid,
		),
		"box_in_open_handover": (
			_("Box {box} lies in hand-over {handover}. Take it out there first."),
			title,
			invalid,
		),
		"held_by_documents": (
			_("{doctype} {name} is held by {documents}. Cancel that first."),
			title,
			invalid,
		),
	}
