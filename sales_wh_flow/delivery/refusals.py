"""What users read when a box does not leave, or a receipt does not fit: what, and what to do."""

import frappe
from frappe import _

from sales_wh_flow.delivery.money_refusals import texts_of_money

Text = tuple[str, str, type[Exception]]


def texts() -> dict[str, Text]:
	"""code -> (text with {names} of the violation's data, title, exception)."""
	return {**_of_boxes(), **_of_handovers(), **_of_receipts(), **_of_proofs(), **texts_of_money()}


def _of_boxes() -> dict[str, Text]:
	invalid = frappe.ValidationError
	return {
		"box_unknown": (
			_("No box has the number {text}. Scan the label of the box once more."),
			_("Unknown Box"),
			invalid,
		),
		"not_your_handover": (
			_("You can't work on hand-over {handover}. Ask somebody of its warehouse."),
			_("Not Permitted"),
			frappe.PermissionError,
		),
		"may_not_take_back": (
			_("What has left is taken back by the warehouse or a Delivery Manager. Ask one of them."),
			_("Not Permitted"),
			frappe.PermissionError,
		),
		"box_still_open": (
			_("Box {box} is still open. Close it on the page Pack first."),
			_("Open Box"),
			invalid,
		),
		"box_has_left": (
			_("Box {box} can't be handed over: it is {state} (with {handover})."),
			_("Not Here Any More"),
			invalid,
		),
		"box_has_ended": (
			_("Box {box} is {state} and goes with no courier. Put it aside."),
			_("Not for a Courier"),
			invalid,
		),
		"box_left_unnoted": (
			_(
				"Box {box} is {state}, as its courier says, and on no Delivery Note. Make the note from the "
				"box on the page Pack, so that its goods leave the stock, too."
			),
			_("Left Without a Note"),
			invalid,
		),
		"box_holds_nothing": (_("Box {box} holds nothing. Pack it first."), _("Empty Box"), invalid),
		"box_of_other_warehouse": (
			_("Box {box} belongs to {warehouse}; this hand-over is of {here}. Put it aside."),
			_("Another Warehouse"),
			invalid,
		),
		"box_of_other_courier": (
			_("Box {box} goes with {courier}, not with {here}. Put it aside."),
			_("Other Courier"),
			invalid,
		),
		"nobody_collects": (
			_(
				"Box {box} is paid on delivery, and {courier} collects no money. Put it aside for a courier "
				"that does, or for a driver of your own."
			),
			_("No Collection"),
			invalid,
		),
		"box_in_other_handover": (
			_("Box {box} lies in hand-over {handover}. Take it out there first."),
			_("In Another Hand-over"),
			invalid,
		),
		"box_not_in_handover": (
			_("Box {box} is not in hand-over {handover} any more."),
			_("Not in This Hand-over"),
			invalid,
		),
		"box_of_cancelled_order": (
			_("Box {box} stays here: {orders} is cancelled or closed. Unpack the box."),
			_("Cancelled Order"),
			invalid,
		),
		"box_of_held_order": (
			_("Box {box} stays here: {orders} is on hold. Put the box aside until the order goes on."),
			_("Order on Hold"),
			invalid,
		),
		"box_of_reopened_order": (
			_(
				"Box {box} stays here: {orders} is being opened again, and what was made of it is undone. "
				"Put the box aside; the order says how far that is."
			),
			_("Opened Again"),
			invalid,
		),
		"boxes_of_two_addresses": (
			_("Boxes {boxes} share an order but go to different customers or addresses. Pack them apart."),
			_("Two Addresses"),
			invalid,
		),
		"note_differs_from_boxes": (
			_(
				"Row {row} of the order: {boxed} lie in the boxes, but the Delivery Note would say {noted}. "
				"Hand over all boxes of the note together, or correct its rows, or look at what was "
				"delivered already."
			),
			_("Boxes and Note Differ"),
			invalid,
		),
	}


def _of_handovers() -> dict[str, Text]:
	invalid = frappe.ValidationError
	return {
		"handover_not_open": (
			_("Hand-over {handover} is {state}; boxes go into an open one. Begin a new one."),
			_("Not Open"),
			invalid,
		),
		"handover_unknown": (_("There is no hand-over {handover}. Reload the page."), _("Unknown"), invalid),
		"handover_empty": (
			_("Hand-over {handover} has no box in it. Scan one, or cancel the hand-over."),
			_("No Box"),
			invalid,
		),
		"handover_has_left": (
			_("Boxes of hand-over {handover} have left; it can't be cancelled."),
			_("Boxes Have Left"),
			invalid,
		),
		"handover_reason_missing": (_("Say why the hand-over is cancelled."), _("Reason Missing"), invalid),
		"courier_disabled": (_("Courier {courier} is not enabled."), _("Courier"), invalid),
		"not_of_the_way": (
			_("You can't do this in {warehouse}. Ask somebody of the warehouse."),
			_("Not Permitted"),
			frappe.PermissionError,
		),
	}


def _of_receipts() -> dict[str, Text]:
	invalid = frappe.ValidationError
	return {
		"unknown_answer": (
			_("A box is answered with one of {known}, not with {answer}."),
			_("Answer"),
			invalid,
		),
		"reason_for_box_missing": (_("Say why the box was not taken."), _("Reason Missing"), invalid),
		"reason_for_row_missing": (
			_("{item}: say why {qty} were not taken."),
			_("Reason Missing"),
			invalid,
		),
		"refused_more_than_packed": (
			_("{item}: {qty} can't be refused, the box holds {packed}."),
			_("More Than Packed"),
			invalid,
		),
		"row_not_in_box": (_("The box has no row {row}. Reload the page."), _("Unknown Row"), invalid),
		"say_which_serials": (
			_("{item}: say which serial numbers were not taken, {qty} of them."),
			_("Which Serial Numbers"),
			invalid,
		),
		"serials_not_in_box": (
			_("{item}: {serials} are not in this box."),
			_("Serial Numbers of Another Box"),
			invalid,
		),
	}


def _of_proofs() -> dict[str, Text]:
	invalid = frappe.ValidationError
	return {
		"box_of_driver": (
			_("Box {box} is with {driver}, who says what became of it. Ask {driver} or a Stock Manager."),
			_("With Its Driver"),
			frappe.PermissionError,
		),
		"box_not_under_way": (
			_("Box {box} is {state}: nobody can receive it now."),
			_("Not Under Way"),
			invalid,
		),
		"box_is_answered": (
			_("Box {box} has the proof {proof} already. Correct that one if it is wrong."),
			_("Answered Already"),
			invalid,
		),
		"proof_is_replaced": (
			_("Proof {proof} was corrected by {replaced_by}; correct that one."),
			_("Corrected Already"),
			invalid,
		),
		"correction_reason_missing": (_("Say why the proof is corrected."), _("Reason Missing"), invalid),
		"proof_missing": (
			_("Box {box}: its receiver's name and a signature or a photo are missing."),
			_("No Proof"),
			invalid,
		),
		"receiver_missing": (_("Box {box}: its receiver's name is missing."), _("No Proof"), invalid),
		"picture_missing": (_("Box {box}: a signature or a photo is missing."), _("No Proof"), invalid),
		"note_is_proved": (
			_(
				"{kind} {note} can't be cancelled: boxes {boxes} have proofs of what their receiver "
				"did. Correct those to Failed Attempt first, or take the goods back with a return."
			),
			_("Boxes Are Proved"),
			invalid,
		),
		"trip_is_planned": (
			_(
				"Row #{idx}: {note} is put on this trip by whoever plans it: somebody of the warehouse, or a "
				"Delivery Manager. Ask one of them."
			),
			_("Trip of Somebody Else"),
			invalid,
		),
		"trip_of_other_place": (
			_("Row #{idx}: {note} leaves {warehouse}, where you don't work. Ask somebody there to plan it."),
			_("Another Warehouse"),
			invalid,
		),
		"trip_of_delivered": (
			_(
				"Row #{idx}: {note} was delivered on {day}. Take it off the trip, unless you write the trip "
				"down afterwards."
			),
			_("Delivered Already"),
			invalid,
		),
		"not_your_delivery": (
			_("{note} is on none of your hand-overs or trips. Its driver confirms it, or its warehouse."),
			_("Not Permitted"),
			frappe.PermissionError,
		),
		"box_was_refused": (
			_(
				"{note} is not received in full: its box {box} is {state}. Take the rest back with a return, "
				"or correct the proof of the box."
			),
			_("Not Received in Full"),
			invalid,
		),
		"proof_is_overtaken": (
			_("{later} came after {proof} and says what became of the box. Correct that one."),
			_("A Later Proof Holds"),
			invalid,
		),
		"row_twice": (
			_("{item} stands twice in the answer. Say once how many were not accepted."),
			_("Answered Twice"),
			invalid,
		),
		"nothing_refused": (
			_("Say how many were not accepted, and why; or tap Accept."),
			_("Nothing Refused"),
			invalid,
		),
		"box_is_away": (
			_(
				"{kind} {note} can't be cancelled: box {box} is {state}, so its goods are not here. "
				"Take them back with a return, into a warehouse for scrap where they are lost."
			),
			_("Goods Are Not Here"),
			invalid,
		),
		"boxes_without_proof": (
			_(
				"Delivery Note {note}: boxes {boxes} are not proved. Their driver confirms them on the page "
				"Deliver."
			),
			_("No Proof"),
			invalid,
		),
		"not_a_picture": (
			_("{what} is no picture that can be kept: PNG, JPEG or WebP of at most {most} MB."),
			_("No Picture"),
			invalid,
		),
		"state_can_not_follow": (
			_("Box {box} is {state} and can't become {wanted}. Its returns have to be undone first."),
			_("Too Late to Correct"),
			invalid,
		),
	}
