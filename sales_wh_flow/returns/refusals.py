"""What users read when goods can't come back as asked: what, where, how much, and what to do."""

import frappe
from frappe import _

from sales_wh_flow.returns import recall_refusals, reopening_refusals, row_refusals


def texts() -> dict[str, tuple[str, str, type[Exception]]]:
	"""code -> (text with {names} of the violation's data, title, exception)."""
	return {
		"may_not_waive": (
			_("Letting this return in after its window is asked of: {role}. Ask one of them."),
			_("Return Window"),
			frappe.PermissionError,
		),
		"nobody_waives": (
			_(
				"Return Case {case} is {days} days after its window, and no Return Policy lets anybody waive "
				"that."
			),
			_("Return Window"),
			frappe.PermissionError,
		),
		"waives_own_case": (
			_("You opened Return Case {case}; by its rule somebody else lets it in."),
			_("Return Window"),
			frappe.PermissionError,
		),
		"waived_already": (
			_("You let Return Case {case} in already; others are asked now."),
			_("Return Window"),
			frappe.PermissionError,
		),
		**row_refusals.texts_of_rows(),
		**_of_quantities(),
		**_of_decisions(),
		**_of_cases(),
		**reopening_refusals.texts_of_reopening(),
		**recall_refusals.texts_of_recall(),
	}


def _of_quantities() -> dict[str, tuple[str, str, type[Exception]]]:
	title, invalid = _("Quantity"), frappe.ValidationError
	return {
		"whole_units_only": (
			_("Row #{idx}: {item} comes back in whole {uom} only. Enter a whole number."),
			title,
			invalid,
		),
		"reason_is_none_of_ours": (
			_("{reason} is no Return Reason. Choose one of the list, or none."),
			title,
			invalid,
		),
		"no_quantity": (
			_(
				"Row #{idx}: how much of {item} is expected, received or inspected is no number, or below 0. "
				"Enter a number from 0 up."
			),
			title,
			invalid,
		),
		"nothing_announced": (
			_("Row #{idx}: enter how much of {item} is expected or was received, or take the row out."),
			title,
			invalid,
		),
		"returned_too_much": (
			_(
				"Row #{idx}: {asked} {uom} of {item} are to come back, but only {left} of Delivery Note "
				"{note} are still "
				"with the customer. Lower the quantity, or cancel the other return."
			),
			_("More Than Was Delivered"),
			invalid,
		),
		"credited_too_much": (
			_(
				"Row #{idx}: {asked} of {item} are to be credited, but of what was invoiced for Sales Order "
				"{order} only {left} are not credited yet. Lower the amount, or cancel the other credit note."
			),
			_("More Than Was Invoiced"),
			invalid,
		),
		"credited_beyond_return": (
			_(
				"Row #{idx}: {asked} {uom} of {item} that came back with {note} are to be credited, but only "
				"{left} of it may be: the rest is credited already, is sent again, or is to be paid all the "
				"same. Lower the quantity, or take the row out."
			),
			_("More Than Was Returned"),
			invalid,
		),
		"batch_returned_too_much": (
			_("Row #{idx}: {asked} of batch {batch} of {item}, but only {left} of it are with the customer."),
			_("More Than Was Delivered"),
			invalid,
		),
		"inspected_too_much": (
			_("Row #{idx}: {inspected} of {item} are inspected, but only {received} were received."),
			title,
			invalid,
		),
		"serials_do_not_count": (
			_("Row #{idx}: {count} serial numbers for {qty} pieces of {item}. Enter one for each piece."),
			title,
			invalid,
		),
		"serial_twice": (_("Row #{idx}: serial number {serial} stands there twice."), title, invalid),
		"nothing_received": (
			_("Nothing of Return Case {case} is entered as received. Enter what came."),
			title,
			invalid,
		),
	}


def _of_decisions() -> dict[str, tuple[str, str, type[Exception]]]:
	title, invalid = _("Decision"), frappe.ValidationError
	return {
		"decision_missing": (
			_("Row #{idx}: say whether {item} is restocked, quarantined or scrapped."),
			title,
			invalid,
		),
		"remedy_missing": (
			_("Row #{idx}: say what the customer gets for {item}: refund, replace, repair or nothing."),
			title,
			invalid,
		),
		"serials_missing": (
			_("Row #{idx}: enter the serial numbers of {item} that came back."),
			title,
			invalid,
		),
		"batch_missing": (_("Row #{idx}: enter the batch of {item} that came back."), title, invalid),
		"inspection_missing": (
			_(
				"Row #{idx}: {item} asks for inspection. Make its Quality Inspection with Inspect and submit "
				"it, or send the goods to quarantine or scrap."
			),
			title,
			invalid,
		),
		"inspection_rejected": (
			_(
				"Row #{idx}: the Quality Inspection of {item} rejects it. Send the goods to quarantine or "
				"scrap."
			),
			title,
			invalid,
		),
		"nothing_to_inspect": (
			_("Row #{idx}: {item} is not here yet, or asks for no inspection before delivery."),
			title,
			invalid,
		),
		"item_is_disabled": (
			_("Row #{idx}: {item} is disabled, and nothing of it can be booked. Enable the item first."),
			title,
			invalid,
		),
		"not_inspected": (
			_(
				"Row #{idx}: {item} asks for inspection, and {inspected} of {received} are inspected. "
				"Inspect the rest, "
				"or decide Quarantine."
			),
			title,
			invalid,
		),
		"batch_expired": (
			_("Row #{idx}: batch {batch} of {item} has expired or is disabled. Decide Quarantine or Scrap."),
			title,
			invalid,
		),
		"no_return_place": (
			_(
				"Row #{idx}: no warehouse is named for {item} that left from {warehouse} and is decided "
				"{decision}. Name "
				"one under Return Places in Sales Flow Settings, or in the row."
			),
			_("No Warehouse"),
			invalid,
		),
		"return_place_is_gone": (
			_("Row #{idx}: warehouse {warehouse} for {item} is gone, disabled or a group. Enter another."),
			_("No Warehouse"),
			invalid,
		),
		"return_place_of_other_company": (
			_(
				"Row #{idx}: warehouse {warehouse} for {item} is one of {company}. Enter one of the case's "
				"company."
			),
			_("No Warehouse"),
			invalid,
		),
		"return_place_sells": (
			_(
				"Row #{idx}: {item} is decided {decision}, but {warehouse} sells: its stock is promised to "
				"others. Take "
				"another, or clear Sells on the warehouse."
			),
			_("No Warehouse"),
			invalid,
		),
	}


def _of_cases() -> dict[str, tuple[str, str, type[Exception]]]:
	title, invalid = _("Return Case"), frappe.ValidationError
	return {
		"returns_are_off": (_("Returns are switched off in Sales Flow Settings."), title, invalid),
		"nothing_is_posted": (
			_("Nothing of Return Case {case} is posted. Cancel it if nothing comes."),
			title,
			invalid,
		),
		"goods_are_here": (
			_("Row #{idx}: {item} is here and not posted. Decide it and post it, or set Received to 0."),
			title,
			invalid,
		),
		"case_is_ended": (_("Return Case {case} is {state} and is not changed any more."), title, invalid),
		"case_is_kept": (
			_(
				"Return Case {case} is {state} or has made documents, and is kept. Only untouched ones are "
				"deleted."
			),
			title,
			invalid,
		),
		"case_has_documents": (
			_("Return Case {case} has made {documents}. Cancel or delete them first, then the case."),
			title,
			invalid,
		),
		"posted_row_is_kept": (
			_("Row #{idx}: {item} is posted with {note} and stays. Cancel that return first."),
			title,
			invalid,
		),
		"credited_already": (
			_(
				"Row #{idx}: {qty} of {item} are credited with {bills}, so they stay in the case and are "
				"refunded. Cancel the credit note first."
			),
			title,
			invalid,
		),
		"waiver_value_without_company": (
			_("Row #{idx}: a value is in a company's currency. Name the company, or leave the value 0."),
			_("Return Window"),
			invalid,
		),
		"waiver_was_refused": (
			_(
				"Return Case {case} is {days} days after its window and was not let in. Cancel it, or take "
				"out the rows that are late."
			),
			_("Return Window"),
			invalid,
		),
		"outside_window": (
			_(
				"Return Case {case} is {days} days after its window. Whoever may waive that is told; press "
				"Post Returns when it is let in."
			),
			_("Return Window"),
			invalid,
		),
		"nothing_to_waive": (
			_("Return Case {case} is within its window, or is cancelled: nothing is to be waived."),
			_("Return Window"),
			invalid,
		),
		"waiver_without_reason": (_("Say why Return Case {case} is let in."), _("Return Window"), invalid),
		"cancel_without_reason": (_("Say why Return Case {case} is cancelled."), title, invalid),
		"nothing_invoiced": (
			_(
				"What is to be refunded of Return Case {case} is not invoiced, or is credited already: there "
				"is nothing to "
				"credit. An invoice made from its Delivery Notes leaves the returned goods out."
			),
			title,
			invalid,
		),
	}
