"""What users read when a number, a rate or a courier can't be taken."""

import frappe
from frappe import _


def texts() -> dict[str, tuple[str, str, type[Exception]]]:
	"""code -> (text with {names} of the violation's data, title, exception)."""
	invalid = frappe.ValidationError
	return {
		"no_sender": (
			_("Couriers and tracking numbers are written by {0}. Ask one of them.").format("{roles}"),
			_("Not Permitted"),
			frappe.PermissionError,
		),
		"no_tracking_number": (
			_(
				"{number} is no tracking number: 4 to 64 letters, digits, dots, slashes and dashes. Scan it "
				"from the label, or type it as it is printed there."
			),
			_("No Tracking Number"),
			invalid,
		),
		"told_without_courier": (
			_("Box {box} has no courier, so none can have said something of it. Choose its courier first."),
			_("Courier Missing"),
			invalid,
		),
		"told_of_box_here": (
			_("Box {box} is {state}; no courier has it. Hand it over first, or look at its story."),
			_("No Courier Has It"),
			invalid,
		),
		"told_unknown_word": (
			_("{what} is nothing that can be said of a box. Choose what happened from the list."),
			_("Choose What Happened"),
			invalid,
		),
		"told_of_another_day": (
			_("{day} can't be the day: box {box} was made on {made_on}, and nobody knows what is to come."),
			_("Wrong Day"),
			invalid,
		),
		"box_without_courier": (
			_("Box {box} has no courier. Choose who carries it, then write the number."),
			_("Courier Missing"),
			invalid,
		),
		"box_is_gone": (
			_("Box {box} is {state}; its courier and number stay as they are."),
			_("Can't Be Changed Any More"),
			invalid,
		),
		"box_left_with": (
			_("Box {box} is {state}: it left with {courier}, and takes a number of that courier alone."),
			_("Left With Another Courier"),
			invalid,
		),
		"courier_in_hand_over": (
			_(
				"Box {box} lies in hand-over {handover} of {courier}. Take it out there first, then choose "
				"another courier."
			),
			_("In a Hand-over"),
			invalid,
		),
		"courier_is_off": (
			_("Courier {courier} is not enabled. Choose another one, or enable it."),
			_("Courier Not Enabled"),
			invalid,
		),
		"service_not_offered": (
			_("{courier} offers no service {service} for this. Compare again and choose one of the list."),
			_("Not Offered"),
			invalid,
		),
		"boxes_of_several": (
			_("Boxes {first} and {other} do not go to one address from one company. Compare them apart."),
			_("Several Addresses"),
			invalid,
		),
		"parcel_of_elsewhere": (
			_(
				"Box {box} is of a warehouse that your User Permissions leave out. Ask somebody who works "
				"there to change its Shipment."
			),
			_("Not Permitted"),
			frappe.PermissionError,
		),
		"no_boxes": (_("No box is named. Choose the boxes first."), _("No Box"), invalid),
		"box_in_shipment": (
			_("Box {box} is in Shipment {shipment} already. Open it, or cancel it first."),
			_("Shipped Already"),
			invalid,
		),
		"box_without_weight": (
			_("Box {box} has no weight. Weigh it first: a Shipment needs it."),
			_("Weight Missing"),
			invalid,
		),
		"box_without_address": (
			_("Box {box} has no address to go to. Choose the order's shipping address first."),
			_("Address Missing"),
			invalid,
		),
		"warehouse_without_address": (
			_("Warehouse {warehouse} has no address to be picked up at. Link an Address to it first."),
			_("Address Missing"),
			invalid,
		),
		**_labels(),
	}


def _labels() -> dict[str, tuple[str, str, type[Exception]]]:
	invalid = frappe.ValidationError
	return {
		"label_of_closed_box": (
			_("Box {box} is {state}; a courier's label is made for a closed box. Close it first."),
			_("Not Closed"),
			invalid,
		),
		"courier_makes_no_labels": (
			_(
				"{courier} makes no labels here. Print our own label and write the courier's number on the "
				"box, or have an address for labels entered on the Courier."
			),
			_("No Labels"),
			invalid,
		),
		"box_has_a_number": (
			_("Box {box} has the number {number} already. A second label would be paid for, too."),
			_("Has a Number"),
			invalid,
		),
		"label_is_asked_for": (
			_("The label of box {box} is being asked for. Wait a moment, then look again."),
			_("Already Asked For"),
			invalid,
		),
		"label_of_nothing": (
			_("Box {box} holds no goods itself. Make the labels of the boxes that stand on it."),
			_("Nothing in It"),
			invalid,
		),
		"courier_says_no": (
			_("{courier} makes no label for box {box}. It says: {why}. Put that right, then ask again."),
			_("Courier Refuses"),
			invalid,
		),
		"courier_is_silent": (
			_(
				"{courier} did not answer for box {box} ({why}). Ask again: no second label is made as long "
				"as the box stays as it is."
			),
			_("No Answer"),
			invalid,
		),
		"courier_may_have_made_it": (
			_(
				"{courier} did not answer for box {box} ({why}). It may have made the label: look in its own "
				"program before you ask again."
			),
			_("No Answer"),
			invalid,
		),
		"label_of_other_box": (
			_(
				"{courier} gave box {box} the label {number}, which box {other} has. Have its interface "
				"looked at: it has to make a label for each box."
			),
			_("Label of Another Box"),
			invalid,
		),
		"label_in_hand_over": (
			_("Box {box} lies in hand-over {handover}. Take it out there first, then void its label."),
			_("In a Hand-over"),
			invalid,
		),
		"label_on_document": (
			_("Box {box} leaves with {document}. Delete or cancel that first, then void its label."),
			_("On Its Way"),
			invalid,
		),
		"box_changed_meanwhile": (
			_("Box {box} was changed while its label was made. Look at it, then ask again."),
			_("Changed Meanwhile"),
			invalid,
		),
		"no_label_to_void": (
			_("Box {box} has no courier's label. Reload the page: it may have been voided already."),
			_("No Label"),
			invalid,
		),
		"label_not_taken_back": (
			_(
				"{courier} did not take label {number} back. Ask again later, or give it back in the "
				"courier's own program and throw it away here."
			),
			_("Not Taken Back"),
			invalid,
		),
		"void_reason_missing": (
			_("Say why the label of box {box} is voided."),
			_("Reason Needed"),
			invalid,
		),
		"no_cod": (
			_(
				"{courier} collects no money on delivery. Choose a courier that does, or untick Collect on "
				"Delivery on the order."
			),
			_("No Collection"),
			invalid,
		),
		"no_dangerous_goods": (
			_("{courier} takes no dangerous goods. Choose a courier that does."),
			_("Dangerous Goods"),
			invalid,
		),
	}
