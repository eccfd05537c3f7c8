"""What users read when goods that come back are none that were shipped."""

import frappe
from frappe import _


def texts_of_rows() -> dict[str, tuple[str, str, type[Exception]]]:
	"""As ``refusals.texts``."""
	title, invalid = _("Not Shipped"), frappe.ValidationError
	return {
		"never_shipped": (
			_(
				"Row #{idx}: no row of a Delivery Note is named. Goods that were never bought here, and "
				"components of a "
				"bundle alone, can't come back; take the goods with the button Goods Came Back."
			),
			title,
			invalid,
		),
		"return_of_nothing": (
			_("{name} is a return of no Delivery Note. Make it from the Delivery Note that sent the goods."),
			title,
			invalid,
		),
		"return_names_no_row": (
			_(
				"Row #{idx}: {item} names no row of Delivery Note {note} that sent it. Make the return from "
				"that note and leave its rows as they come."
			),
			title,
			invalid,
		),
		"note_not_in_force": (
			_(
				"Row #{idx}: Delivery Note {note} of {item} is cancelled, a draft, or a return itself. Take "
				"the row out."
			),
			title,
			invalid,
		),
		"shipped_to_another": (
			_(
				"Row #{idx}: {item} on Delivery Note {note} went to {customer} of {company}. Open a case of "
				"its own."
			),
			title,
			invalid,
		),
		"batch_not_shipped": (
			_(
				"Row #{idx}: batch {batch} of {item} was not shipped with Delivery Note {note}. Enter one "
				"that was."
			),
			title,
			invalid,
		),
		"serial_not_shipped": (
			_(
				"Row #{idx}: {serials} of {item} was not shipped with Delivery Note {note}, or has come back "
				"already. "
				"Look at the number on the goods."
			),
			title,
			invalid,
		),
		"boxes_never_left": (
			_(
				"Box {boxes} left with no Delivery Note, or holds nothing that can come back by itself. Open "
				"the case from the order."
			),
			title,
			invalid,
		),
		"nothing_to_return_scanned": (
			_(
				"{text}: scan boxes and serial numbers, or one Return Case, or Delivery Notes. What has none "
				"of these is opened from the order."
			),
			title,
			invalid,
		),
		"scan_names_notes": (
			_("{notes} went to the customer. Choose what of it came back."),
			title,
			invalid,
		),
		"goods_of_several_cases": (
			_("These goods are announced in several Return Cases: {cases}. Scan them case by case."),
			title,
			invalid,
		),
		"nothing_chosen": (
			_("Enter how much of at least one row comes back, more than 0."),
			title,
			invalid,
		),
		"not_of_this_order": (
			_("One of the rows is none of this order's deliveries. Load the page again."),
			title,
			invalid,
		),
		"announced_in_parts": (
			_("{item} comes back in whole {uom} only. Enter a whole number."),
			title,
			invalid,
		),
		"announced_too_much": (
			_(
				"{item}: {asked} can't come back, {left} are left of what was delivered and not "
				"announced yet."
			),
			title,
			invalid,
		),
		"still_on_its_way": (
			_(
				"Row #{idx}: {away} of {item} are still on their way to the customer. Tick The goods are "
				"here if they came back, else wait until their box is there."
			),
			title,
			invalid,
		),
		"name_the_part_numbers": (
			_(
				"Row #{idx}: {count} of {part} in {item} come back, and more of its serial numbers are out. "
				"Take back all of them at once, or name them in the Packed Items of ERPNext's own return."
			),
			title,
			invalid,
		),
		"serials_never_shipped": (
			_("Serial number {serials} left with no Delivery Note. Look at the number on the goods."),
			title,
			invalid,
		),
	}
