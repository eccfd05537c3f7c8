"""What users read when goods can't be picked: what, where, and what to do."""

import frappe
from frappe import _

from sales_wh_flow.picking.pin_refusals import texts_of_pins


def texts() -> dict[str, tuple[str, str, type[Exception]]]:
	"""code -> (text with {names} of the violation's data, title, exception)."""
	invalid = frappe.ValidationError
	return {
		"picked_more_than_locked": (
			_(
				"Row #{idx}: {qty} of {item} to pick in {warehouse} for {order}, but only {locked} are "
				"locked there. "
				"Lower the quantity or wait until more is locked."
			),
			_("More Than Locked"),
			invalid,
		),
		"brought_first": (
			_(
				"Sales Order {order}: what is locked goes to {places} first. Pick it when the transfer has "
				"arrived, or choose Send Directly on the order."
			),
			_("To Be Brought First"),
			invalid,
		),
		"nothing_to_pick": (
			_("Sales Order {order} has no locked stock that is not on a Pick List already."),
			_("Nothing to Pick"),
			invalid,
		),
		"to_be_counted": (
			_(
				"Sales Order {order}: {qty} of {item} were not found in {warehouse}. They are picked again "
				"when that place was counted: submit a Stock Reconciliation, or close the task."
			),
			_("To Be Counted First"),
			invalid,
		),
		"unknown_wave": (
			_("Orders are put into one wave by one of {known}, not by {by}."),
			_("Wave"),
			invalid,
		),
		"nothing_in_wave": (
			_(
				"{warehouse} has nothing to pick for these orders any more: all of it is on Pick Lists, "
				"gone, or waits for an approval or a count. Look at the page again."
			),
			_("Nothing to Pick"),
			invalid,
		),
		"no_lists_to_submit": (
			_(
				"Sales Order {order} has no Pick List of its own that is a draft. A wave is submitted by who "
				"walks for it; reload the order to see what is next."
			),
			_("No Pick List to Submit"),
			invalid,
		),
		"lists_are_drafts": (
			_("Sales Order {order} is still picked: {lists}. Submit these Pick Lists first."),
			_("Still Being Picked"),
			invalid,
		),
		"nothing_to_deliver": (
			_("All that Pick List {pick_list} picked has been delivered."),
			_("Nothing to Deliver"),
			invalid,
		),
		"found_is_no_count": (
			_("Row #{idx}: {qty} of {item} can't have been found. Enter how many there were, 0 for none."),
			_("Short Pick"),
			invalid,
		),
		"not_short": (
			_("Row #{idx}: all {qty} of {item} were found. A row is short when fewer were."),
			_("Short Pick"),
			invalid,
		),
		"not_a_draft_list": (
			_("Pick List {name} is submitted or cancelled; rows are shortened on drafts only."),
			_("Short Pick"),
			invalid,
		),
		"row_not_on_list": (
			_("Pick List {name} has no row {row} that picks for an order. Reload it."),
			_("Short Pick"),
			invalid,
		),
		"short_reason_missing": (
			_("Row #{idx}: say why not all of {item} was found: damaged, not in its place, miscounted..."),
			_("Reason Missing"),
			invalid,
		),
		**_at_the_shelf(),
		**_put_away(),
		**texts_of_pins(),
	}


def _at_the_shelf() -> dict[str, tuple[str, str, type[Exception]]]:
	"""What a picker reads on the phone: short, and what to do."""
	invalid = frappe.ValidationError
	return {
		"list_is_gone": (
			_(
				"Pick List {name} is gone: its order was cancelled or changed. What you hold of it goes back "
				"to its shelf, see Put Back; then take another list."
			),
			_("List Is Gone"),
			invalid,
		),
		"list_is_done": (
			_("Pick List {name} is submitted or cancelled. Take another list."),
			_("List Is Done"),
			invalid,
		),
		"row_is_gone": (
			_("Pick List {name} has changed: this row is gone. Reload the list."),
			_("Row Is Gone"),
			invalid,
		),
		"somebody_picks_it": (
			_("{picker} walks for Pick List {name}. Take another list, or let it be handed to you."),
			_("Somebody Else's List"),
			invalid,
		),
		"not_your_list": (
			_("{picker} walks for Pick List {name}. {picker} or a Stock Manager hands it on."),
			_("Somebody Else's List"),
			frappe.PermissionError,
		),
		"may_not_pick": (
			_("{user} may not change Pick List {name}. Choose somebody who picks in this warehouse."),
			_("May Not Pick"),
			invalid,
		),
		"unknown_barcode": (
			_("Nothing bears the number {text}. Scan the label of the goods, or type the item code."),
			_("Unknown Barcode"),
			invalid,
		),
		"scanned_no_goods": (
			_("{text} is the number of a box or a list, not of goods. Scan the label of the goods."),
			_("No Goods"),
			invalid,
		),
		"not_on_the_list": (
			_("{item} is not on Pick List {name}. Put it back."),
			_("Not on the List"),
			invalid,
		),
		"all_found_before": (
			_("All {qty} of {item} are found already. Put this one back."),
			_("Found Already"),
			invalid,
		),
		"label_is_expired": (
			_("The label says that this {item} expired on {date}. Put it aside and take another one."),
			_("Expired"),
			invalid,
		),
		"scan_its_batch": (
			_(
				"Row #{idx}: {item} is picked by batch. Scan the batch in your hand; if it is {batch}, you "
				"can tap it on the page instead."
			),
			_("Scan the Batch"),
			invalid,
		),
		"scan_its_serial": (
			_("Row #{idx}: {item} is picked by its serial numbers. Scan the number of the one in your hand."),
			_("Scan the Serial Number"),
			invalid,
		),
		"serial_found_before": (
			_("Serial number {serial} of {item} is scanned already."),
			_("Scanned Already"),
			invalid,
		),
		"more_than_asked": (
			_("Row #{idx}: {left} of {item} are still asked for; this label stands for {qty}."),
			_("More Than Asked"),
			invalid,
		),
		"order_is_cancelled": (
			_("Row #{idx}: Sales Order {order} is cancelled. Put {item} back and leave the row out."),
			_("Order Cancelled"),
			invalid,
		),
		"order_needs_nothing": (
			_("Row #{idx}: Sales Order {order} is closed or on hold. Put {item} back and leave the row out."),
			_("Order Needs Nothing"),
			invalid,
		),
		"rows_not_confirmed": (
			_("Pick List {name}: rows {rows} are not found yet. Scan them, or say what is short."),
			_("Not Everything Is Found"),
			invalid,
		),
		"tote_is_taken": (
			_("{tote} holds goods of Sales Order {order}. Take an empty tote: one holds one order."),
			_("Tote Is Taken"),
			invalid,
		),
		"tote_for_which": (
			_("Which order goes into {tote}? Scan a tote while a row of its order is in front of you."),
			_("Which Order?"),
			invalid,
		),
		"tote_stands_elsewhere": (
			_(
				"{tote} holds goods of Sales Order {order}, of another list or to be put back. Take an empty "
				"tote, or empty that one first."
			),
			_("Tote Is Taken"),
			invalid,
		),
		"part_of_another_batch": (
			_(
				"Row #{idx}: a part is found of batch {batch}; {scanned} is another. Say how much was found, "
				"the rest becomes a row of its own, or put it back and scan {scanned} alone."
			),
			_("Another Batch"),
			invalid,
		),
	}


def _put_away() -> dict[str, tuple[str, str, type[Exception]]]:
	"""What somebody reads who brings goods back."""
	invalid = frappe.ValidationError
	return {
		"nothing_to_put_away": (
			_("Nothing to put back bears the number {text}. Look at the list, or type the item code."),
			_("Nothing to Put Back"),
			invalid,
		),
		"put_away_is_gone": (
			_("This is gone from the list of goods to put back. Reload the page."),
			_("Nothing to Put Back"),
			invalid,
		),
		"put_away_is_done": (
			_("{user} has dealt with this {item} already. Take the next one."),
			_("Done Already"),
			invalid,
		),
		"put_away_is_no_count": (
			_("{qty} of {item} can't be put back: {asked} were picked. Enter how many there are."),
			_("Put Back"),
			invalid,
		),
	}
