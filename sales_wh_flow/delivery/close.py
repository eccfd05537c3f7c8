"""A hand-over is closed: its boxes leave, one order or one ship-to address after the other.

Each group of boxes has a transaction of its own, in which its Delivery Note is made and submitted and its
boxes become Handed Over; so a killed job loses nothing, and a second one finds what is left.
"""

from collections.abc import Sequence

import frappe
from frappe.utils import now_datetime

from sales_wh_flow.base import background, hold_rows, said
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.delivery import hand_over, make_trip, sayings
from sales_wh_flow.delivery.rules import note_rows, scan_in, together
from sales_wh_flow.delivery.rules.scan_in import Manifest
from sales_wh_flow.delivery.store import contents, handovers, notes
from sales_wh_flow.delivery.store.handovers import HANDED_OVER, SCANNED, HandoverRow
from sales_wh_flow.packing import change_state as packing
from sales_wh_flow.packing import lots, send
from sales_wh_flow.packing.rules import states
from sales_wh_flow.packing.store import boxes as packed
from sales_wh_flow.packing.store import contents as packed_contents
from sales_wh_flow.packing.store.boxes import BoxRow

_JOB = "sales_wh_flow.delivery.jobs.close_handover"
_CONFIRM = "sales_wh_flow.couriers.jobs.confirm_delivered"


def ask_to_close(handover: str, signed_by: str, signature: str) -> str:
	"""The courier has signed: from now on nothing goes in, and the notes are made. Returns the state.

	One that is being closed is asked for again: whatever was lost is made up for.
	"""
	head = hand_over.hold_own_handover(handover)
	if head.state not in (scan_in.OPEN, scan_in.CLOSING):
		return head.state
	rows = handovers.boxes_in(handover)
	if not rows:
		refuse(RuleViolation("handover_empty", handover=handover))
	waiting = [row.box for row in rows if row.state == SCANNED]
	if head.state == scan_in.OPEN:
		handovers.set_rows(handover, waiting, refusal=None)
		signed = {"signed_by": signed_by or None, "signature": signature or None}
		handovers.set_head(
			handover, state=scan_in.CLOSING, **{key: value for key, value in signed.items() if value}
		)
	background.owe(_JOB, queue="long", job_id=f"handover-{handover}", handover=handover)
	return scan_in.CLOSING


def groups_left(handover: str) -> tuple[tuple[str, ...], ...]:
	"""What has not left and was not refused in this turn, as groups of boxes that leave together."""
	waiting = [row.box for row in handovers.boxes_in(handover, SCANNED) if not row.refusal]
	# What an invoice has moved is on no note: its boxes wait for those of the invoice alone.
	sent = {box: [invoice] for box, invoice in contents.invoices_of_boxes(waiting).items()}
	return together.leaving_together(contents.orders_of_boxes(waiting) | sent)


def let_leave(handover: str, boxes: Sequence[str]) -> str | None:
	"""The boxes of a group leave: with one Delivery Note, submitted, or the invoice that has moved their
	stock. Returns its name; None when somebody else was quicker, or the hand-over is not being closed. Call
	it in a fresh transaction.

	Raises: ValidationError saying why they stay, all of them.
	"""
	head = handovers.seen(handover)
	rows = contents.contents_in_boxes(boxes)
	orders = sorted({row.order for row in rows})
	hold_rows.hold_bins_as_seen({(row.item_code, row.warehouse) for row in rows}, orders)
	pallets = contents.pallets_of(boxes)
	held = packed.hold_boxes([*boxes, *pallets])  # by name, all at once: whoever stacks boxes does so, too
	found = [box for name, box in held.items() if name in boxes]
	left = {row.box for row in handovers.boxes_in(handover, SCANNED)}
	if not head or head.state != scan_in.CLOSING or not left >= set(boxes):
		return None
	_check_all(found, head, orders)
	invoice = next((box.sales_invoice for box in found if box.sales_invoice), None)
	note = None if invoice else note_of_boxes(found, head.courier)
	_say_they_left(found, handover, note, invoice)
	handovers.set_rows(handover, boxes, state=HANDED_OVER, delivery_note=note, refusal=None)
	let_pallets_leave([held[name] for name in pallets if name in held], note, invoice)
	return note or invoice


def _say_they_left(found: Sequence[BoxRow], handover: str, note: str | None, invoice: str | None) -> None:
	"""What the courier moved already stays where it is, and gets its note."""
	for state in sorted({box.state for box in found}):
		packing.change_state(
			[box for box in found if box.state == state],
			states.HANDED_OVER if state == states.CLOSED else state,
			note=said.keep(sayings.handed_over, handover=handover, note=note or invoice),
			handed_over_on=now_datetime(),
			**{"delivery_note": note} if note else {},
		)
	if note and any(box.state == states.DELIVERED for box in found):
		background.owe(_CONFIRM, job_id=f"boxes delivered {note}", delivery_note=note)


def let_pallets_leave(pallets: Sequence[BoxRow], note: str | None, invoice: str | None) -> None:
	"""A closed pallet has left when nothing that stands on it is here any more."""
	gone = [it for it in pallets if it.state == states.CLOSED and not contents.stands_here(it.name)]
	packing.change_state(
		gone,
		states.HANDED_OVER,
		handed_over_on=now_datetime(),
		**{"delivery_note": note} if note else {"sales_invoice": invoice},
	)


def keep_back(handover: str, boxes: Sequence[str], why: str) -> None:
	"""The boxes stay, and their rows say why."""
	handovers.hold_handover(handover)
	text = said.keep(sayings.note_refused, why=why)
	handovers.set_rows(handover, boxes, refusal=text)


def finish_closing(handover: str) -> str | None:
	"""After the last group: Closed when everything has left, else open again, with the reasons on its rows.

	Returns the state; None while something is still to be tried.
	"""
	head = handovers.hold_handover(handover)
	if not head or head.state != scan_in.CLOSING:
		return head.state if head else None
	stayed = handovers.boxes_in(handover, SCANNED)
	if any(not row.refusal for row in stayed):
		return None
	if stayed:
		handovers.set_head(handover, state=scan_in.OPEN)
		return scan_in.OPEN
	handovers.set_head(
		handover,
		state=scan_in.CLOSED,
		closed_on=now_datetime(),
		closed_by=frappe.session.user,
		delivery_trip=head.delivery_trip or make_trip.trip_of_boxes(head) or None,
	)
	return scan_in.CLOSED


def tell_progress(handover: str) -> None:
	"""Whoever has the hand-over on the screen sees how far it is."""
	frappe.publish_realtime(
		"swf_handover", {"handover": handover}, doctype="Courier Handover", docname=handover
	)


def _check_all(found: Sequence[BoxRow], head: HandoverRow, orders: Sequence[str]) -> None:
	"""Raises: ValidationError naming every box that may not leave."""
	manifest = Manifest(head.name, head.state, head.company, head.warehouse, head.courier)
	stopped, reopened = contents.stopped_orders(orders), hand_over.orders_opened_again(orders)
	orders_of = contents.orders_of_boxes([box.name for box in found])
	problems = [
		scan_in.stays(
			hand_over.scanned(
				box,
				{order: stopped[order] for order in orders_of[box.name] if order in stopped},
				orders_of[box.name],
				reopened,
			),
			manifest,
		)
		for box in found
	]
	problems.append(note_rows.goes_nowhere(contents.parcels([box.name for box in found])))
	refuse(problem for problem in problems if problem)


def note_of_boxes(found: Sequence[BoxRow], courier: str) -> str:
	"""The submitted note of the boxes: the one they have, a draft being submitted, else a new one."""
	names = [box.name for box in found]
	known = {box.delivery_note for box in found if box.delivery_note}
	made = notes.usable(known.pop()) if len(known) == 1 and all(box.delivery_note for box in found) else None
	note = frappe.get_doc("Delivery Note", made) if made else _new_note(found, courier)
	if made:
		inside = packed_contents.contents_of(names, for_update=True)
		refuse(lots.other_lots(note, inside))
	if note.docstatus.is_draft():
		_check_agrees(note.name, names)
		# Before it is submitted: other boxes may hold the same goods.
		packed.set_on_boxes(names, {"delivery_note": note.name})
		# Whoever closes the hand-over was checked for it; ERPNext asks for rights on the customer's address.
		note.flags.ignore_permissions = True
		note.submit()
	return note.name


def _check_agrees(note: str, names: Sequence[str]) -> None:
	# As last committed: whoever packs holds the boxes, which are locked.
	wrong = note_rows.differs(contents.contents_in_boxes(names), contents.stock_on_note(note))
	if wrong:
		row, boxed, noted = wrong
		refuse(RuleViolation("note_differs_from_boxes", row=contents.label_of(row), boxed=boxed, noted=noted))


def _new_note(found: Sequence[BoxRow], courier: str):
	names = [box.name for box in found]
	carried = [*found, *packed.hold_boxes(contents.pallets_of(names)).values()]
	numbers = note_rows.numbers_that_fit({box.tracking_no for box in carried if box.tracking_no})
	services = contents.services_of(names)
	values = {"swf_courier": courier, "swf_tracking_no": numbers}
	if len(services) == 1:
		values["swf_courier_service"] = services.pop()
	return send.note_of_contents(packed_contents.contents_of(names, for_update=True), as_flow=True, **values)
