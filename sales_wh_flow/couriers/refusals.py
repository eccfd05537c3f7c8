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
	}
