"""What users read when a box can't be packed, closed or sent: what, where, and what to do."""

import frappe
from frappe import _


def texts() -> dict[str, tuple[str, str, type[Exception]]]:
	"""code -> (text with {names} of the violation's data, title, exception)."""
	return {
		code: (*text, frappe.ValidationError) for code, text in {**_put_in(), **_boxes(), **_gate()}.items()
	}


def _put_in() -> dict[str, tuple[str, str]]:
	return {
		"box_cannot_become": (
			_("Box {0} is {1}; it can't become {2}.").format("{box}", "{state}", "{wanted}"),
			_("Not in This State"),
		),
		"packed_from_nothing": (_("Say which Pick List or Sales Order is packed."), _("Nothing to Pack")),
		"unknown_scan": (
			_("Nobody knows {text}. Scan the barcode of the item, its batch or its serial number."),
			_("Unknown Barcode"),
		),
		"not_picked": (
			_("{item} was not picked here. Put it back, or look whether it belongs to another list."),
			_("Not on This List"),
		),
		"pack_no_quantity": (_("How much of {item}? The quantity is above zero."), _("No Quantity")),
		"scan_the_serial": (
			_("{item} is packed by its serial numbers. Scan one."),
			_("Serial Number Needed"),
		),
		"serial_is_one": (_("{serial} is one piece. Scan each serial number."), _("One Serial Number")),
		"serial_not_picked": (
			_(
				"Serial number {serial} of {item} was not picked here: it belongs to another order, or "
				"to none."
			),
			_("Not the Picked One"),
		),
		"serial_packed_already": (_("Serial number {serial} is in box {box} already."), _("Packed Already")),
		"scan_the_batch": (
			_("{item} was picked from several batches. Scan the batch."),
			_("Batch Needed"),
		),
		"batch_not_picked": (
			_("Batch {batch} of {item} was not picked here. Take the batch that was picked."),
			_("Not the Picked One"),
		),
		"lot_is_bad": (
			_(
				"{lot} of {item} has expired, is switched off or on quality hold. It may not leave; pick "
				"another one."
			),
			_("May Not Leave"),
		),
		"packed_already": (_("All that was picked of {item} is packed."), _("Packed Already")),
		"more_than_picked": (
			_("{qty} of {item} are more than the {left} that are left to pack."),
			_("More Than Picked"),
		),
		"of_another_ship_to": (
			_("{item} goes to another address than box {box}. Open a box of its own for it."),
			_("Another Ship-to"),
		),
		"of_other_terms": (
			_(
				"{item} is for {order}, which has other taxes, charges, discount, currency, price list or "
				"terms than {other} in box {box}: no Delivery Note can bear both. Open a box of its own for "
				"it."
			),
			_("A Box of Its Own"),
		),
		"of_another_warehouse": (
			_("{item} lies in {warehouse}; box {box} is packed elsewhere. Open a box there for it."),
			_("Another Warehouse"),
		),
		"not_whole": (
			_("{qty} of {item}? It comes in whole {uom} only. Count again."),
			_("Whole Numbers Only"),
		),
		"not_in_the_box": (_("Box {box} does not hold that."), _("Not in This Box")),
		"less_in_the_box": (_("Box {box} holds {there} of {item}, not {qty}."), _("Not So Much in This Box")),
		"packed_meanwhile": (
			_("Somebody else packs {name}: it is not what you saw any more. Look at what is left."),
			_("Packed by Somebody Else"),
		),
		"nothing_to_pack": (
			_("Nothing of {name} is picked and unpacked. Submit the Pick List first, or choose another one."),
			_("Nothing to Pack"),
		),
	}


def _boxes() -> dict[str, tuple[str, str]]:
	return {
		"no_such_box": (_("There is no box {box}."), _("Unknown Box")),
		"boxes_collect": (
			_(
				"Boxes {boxes} are closed and say what is to be collected, so Collect on Delivery stays. "
				"Open those that are still here again on the page Pack first; what is paid meanwhile is not "
				"collected."
			),
			_("Collect on Delivery"),
		),
		"boxes_are_addressed": (
			_(
				"Addressed already: {boxes}. What has a courier's label, stands on a pallet or in a "
				"hand-over, leaves with a document, or holds goods of other orders keeps its address. Take "
				"it out of there first, then change the address."
			),
			_("Addressed Already"),
		),
		"no_box_named": (_("Say which boxes leave: scan one, or choose it."), _("No Box")),
		"box_not_open": (
			_("Box {box} is {state}; only an open box takes or gives goods. Open it again, or take another."),
			_("Closed Box"),
		),
		"box_is_empty": (_("Box {box} is empty. Put something in, or cancel it."), _("Empty Box")),
		"photo_is_no_file": (
			_("The photo of box {box} is no file of this site. Take it again."),
			_("No Photo"),
		),
		"no_weight": (_("The scale says {weight} kg. Weigh box {box} again."), _("Weigh Again")),
		"too_heavy": (
			_("Box {box} weighs {weight} kg; a {box_type} may weigh {limit} kg. Take something out."),
			_("Too Heavy"),
		),
		"wrong_box_type": (
			_("{box_type} is no type of box, or switched off. Choose another one."),
			_("Wrong Box Type"),
		),
		"reason_for_box": (_("Say why box {box} is opened again or cancelled."), _("Reason Needed")),
		"box_on_its_way": (
			_(
				"Box {box} is on {document}. Take it off there first: out of the hand-over, or delete "
				"the draft."
			),
			_("On Its Way"),
		),
		"no_station": (
			_("{station} is no Packing Station in use. Choose another one on the page Pack, under Station."),
			_("Unknown Station"),
		),
		"label_is_moving": (
			_(
				"The label of box {box} is being asked for or given back. Wait a moment and try again; where "
				"that does not end, press Get Label or Void Label on the box once more."
			),
			_("Label Not Settled"),
		),
		"box_is_labelled": (
			_(
				"Box {box} has the courier's label {number}. Void the label first: it says what lies in "
				"the box."
			),
			_("Void the Label First"),
		),
		"box_has_gone": (
			_("Box {box} has left with {kind} {document}. Only when that is cancelled it stands here again."),
			_("Has Left"),
		),
		"pallet_does_not_fit": (
			_(
				"Box {box} can't stand on {pallet}: both belong to one warehouse, ship-to and courier, the "
				"pallet is open and on no other one, and the box is closed and carries none."
			),
			_("Not on This Pallet"),
		),
		"nothing_left_of_boxed": (
			_(
				"Box {box} holds {qty} of {item} for {order}, of which nothing is left to deliver: it left "
				"with a note without boxes. Cancel that note, or open the box and take it out."
			),
			_("Delivered Already"),
		),
		"boxes_differ": (
			_("Boxes {boxes} do not go to one ship-to of one company. Make a note for each."),
			_("Several Ship-tos"),
		),
		"boxes_of_other_terms": (
			_(
				"Orders {orders} share a box and differ in taxes, charges, discount, currency, price list "
				"or terms: no Delivery Note can bear both. Open the box again, and pack each into a box of "
				"its own."
			),
			_("A Box of Its Own"),
		),
		"box_not_closed": (_("Box {box} is {state}. Close it first."), _("Not Closed")),
		"bundle_in_parts": (
			_("The boxes hold parts of {item} that make no whole one. Add the box with the rest."),
			_("Not Whole"),
		),
	}


def _gate() -> dict[str, tuple[str, str]]:
	return {
		"unpacked_goods": (
			_(
				"Row #{idx}: {qty} {uom} of {item} for {order} are in no closed box. Pack them before they "
				"leave."
			),
			_("Unpacked Goods"),
		),
		"box_holds_more": (
			_(
				"Row #{idx}: box {box} holds {boxed} {uom} of {item}, the row leaves {noted} for it. Give "
				"the row its quantity back; or delete this draft, pack the box anew and make the draft again."
			),
			_("Note and Boxes Differ"),
		),
		"box_holds_other_lot": (
			_(
				"Row #{idx}: box {box} holds {lot} of {item}, and the row does not say so. Name there what "
				"lies in the box, or pack the box anew."
			),
			_("Another Batch or Serial Number"),
		),
		"box_on_no_row": (
			_(
				"Box {box} holds {boxed} {uom} of {item}, and no row here has any. Add the row again; or "
				"delete this draft and make it from the boxes that leave."
			),
			_("Note and Boxes Differ"),
		),
		"packed_in_other_boxes": (
			_(
				"Row #{idx}: {qty} of {item} lie in {boxes}, which does not leave with this note. Make the "
				"note from the boxes, or take the goods out."
			),
			_("In a Box That Stays"),
		),
		"pick_is_packed": (
			_("What Pick List {name} picked lies in boxes ({boxes}). Take it out or cancel the boxes first."),
			_("Packed"),
		),
	}
