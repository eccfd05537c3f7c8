"""What the check of orders and stock found, in words: where, both figures, and what to do about it."""

from collections.abc import Iterable

from frappe import _

from sales_wh_flow.audit.rules.invariants import Finding
from sales_wh_flow.base.in_words import figure


def _texts() -> dict[str, str]:
	"""code -> text with {found} and {expected}"""
	return {
		"over_locked": _("{found} are locked, but only {expected} are on hand. Have a lock released."),
		"over_locked_batch": _("{found} of the batch are locked, but only {expected} are on hand."),
		"over_locked_serial": _("the serial number is locked {found} times and {expected} times on hand."),
		"bin_missing": _("{expected} are locked where ERPNext keeps no Bin."),
		"bin_differs": _("its Bin says {found} are locked, the reservations hold {expected}. Mend it."),
		"on_hand_differs": _("its Bin says {found} are on hand, the stock ledger {expected}. Repost it."),
		"demand_differs": _(
			"its Bin says orders ask for {found}, their open lines ask for {expected}. Mend it."
		),
		"lock_of_no_order": _("{found} are locked for an order that is not submitted. Cancel it."),
		"lock_of_closed_order": _("{found} are locked for an order that is closed or completed. Mend it."),
		"lock_of_other_item": _("{found} is locked for a line that asks for {expected}. Cancel it."),
		"lock_not_positive": _("the reservation is over {found}, of which {expected} are used. Cancel it."),
		"more_used_than_locked": _("{found} were delivered of the {expected} that were locked."),
		"lock_status": _("the reservation is {found}, although {expected} of it are left."),
		"entries_differ": _("batches and serial numbers add up to {found}, it is over {expected}."),
		"lock_of_bad_lot": _("{expected} are locked of {found}, which has expired, is disabled or on hold."),
		"lock_of_ended_item": _("{found} are locked of an item that is disabled or past its end of life."),
		"lots_differ": _("{found} of batches and serial numbers are left of the {expected} it holds."),
		"serials_not_split": _(
			"{found} of its {expected} serial numbers have left; they need a reservation of their own."
		),
		"line_does_not_add_up": _("locked and waiting are {found}, still to be delivered are {expected}."),
		"lock_never_leaves": _("{found} are locked for a line that nobody will deliver from stock. Mend it."),
		"line_holds_too_much": _("{found} are held, only {expected} are still to be delivered."),
		"line_differs": _("the line says {found} are locked, its reservations hold {expected}. Mend it."),
		"events_differ": _("its lock events add up to {found}, its locks hold {expected}."),
		"queue_age_lost": _("it waits since {found}, but was first submitted on {expected}."),
		"picked_too_much": _("{found} are on Pick Lists, only {expected} are still to be delivered."),
		"unit_is_cut": _("{found} {expected} are to be picked; that unit comes in whole numbers only."),
		"returned_differs": _("the line says {found} came back, its returns add up to {expected}. Mend it."),
		"refunded_differs": _("the line says {found} are credited, its credit notes add up to {expected}."),
		"returned_too_much": _("{found} came back, but only {expected} were delivered."),
		"credited_too_much": _("{found} are credited, but only {expected} were invoiced."),
		"left_in_another_name": _("{found} counts here, but goes out in the name of {expected}. Cancel it."),
		"approval_missing": _("submitted without the approval of {found}."),
		"decided_by_nobody": _("{found} is decided, but nobody is named who did it."),
		"decided_by_author": _("{expected} was decided by {found}, who wrote the order."),
		"decided_without_role": _("{expected} was decided by {found}, who has not the approver's role."),
		"flow_status_differs": _("the flow status is {found}, by its facts it is {expected}."),
		"stage_differs": _("the stage log says {found}, by its facts it is in {expected}. Mend it."),
		"packed_too_much": _("{found} lie in boxes, only {expected} of it were picked and have not left."),
		"packed_count_differs": _("{found} are counted as packed, {expected} lie in boxes."),
		"serial_in_two_boxes": _("the serial number is named by more than one content: {found}."),
		"box_state_differs": _("the box is {found}, its last event says {expected}."),
		"left_without_note": _("the box is {found}, but its goods are on no submitted Delivery Note."),
		"handed_over_but_here": _("hand-over {expected} says the box has left, the box is {found}."),
		"label_is_not_on_box": _(
			"the courier's label {found} says it is on the box, the box says {expected}."
		),
		"label_of_no_question": _(
			"the box carries the courier's label {found}, and no Courier Label tells of it."
		),
		"left_under_voided_label": _(
			"the box is {found} under number {expected}, whose label was given back."
		),
		"label_not_settled": _(
			"its Courier Label has been {found} for more than a day. Look whether jobs run."
		),
		"gone_and_in_hand_over": _("the box is {found} and still lies in hand-over {expected}. Cancel that."),
		"dispatched_differs": _("the Delivery Note says {found}, its handed-over boxes hold {expected}."),
		"door_money_kept": _("{found} were taken on {expected}, nobody took them in. Use Money Handed In."),
		"door_payment_gone": _("the money is in Payment Entry {found}, which is not there."),
		"door_payment_differs": _("the Payment Entry is over {found}, its proofs say {expected}."),
		"stages_do_not_join": _("a stage ended {found}, the next one began {expected}."),
	}


def finding_in_words(finding: Finding) -> str:
	"""One line: where it is, then what is wrong."""
	text = _texts()[finding.code].format(found=_shown(finding.found), expected=_shown(finding.expected))
	return f"{place_in_words(finding)}: {text}"


def place_in_words(finding: Finding) -> str:
	"""The item, warehouse, batch, serial number, order, row and reservation, those that are known."""
	parts = (
		(_("Item"), finding.item_code),
		(_("Warehouse"), finding.warehouse),
		(_("Batch"), finding.batch_no),
		(_("Serial No"), finding.serial_no),
		(_("Sales Order"), finding.order),
		(_("Row"), finding.row),
		(_("Reservation"), finding.lock),
	)
	return ", ".join(f"{label} {value}" for label, value in parts if value)


def findings_in_words(findings: Iterable[Finding]) -> str:
	"""One line per finding; empty for none."""
	return "\n".join(finding_in_words(finding) for finding in findings)


def _shown(value: float | str) -> str:
	if isinstance(value, str):
		return value or _("empty")
	return figure(value, 9)
