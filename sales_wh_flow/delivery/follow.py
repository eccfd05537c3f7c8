"""Delivery Notes and orders follow their boxes: delivered when every box of a note is accepted."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import frappe

from sales_wh_flow.base import own_hooks
from sales_wh_flow.delivery.rules import receipt
from sales_wh_flow.delivery.store import notes
from sales_wh_flow.order import refresh_status
from sales_wh_flow.packing import come_back
from sales_wh_flow.packing.rules import states

_NOT_TAKEN = frozenset({states.PARTLY_ACCEPTED, states.REFUSED, states.RETURNING, states.LOST})


def stamp_notes(
	names: Iterable[str | None], received_on: datetime, receiver: str, *, may_take_back: bool = False
) -> None:
	"""Stamp the notes whose boxes are all accepted; whatever follows a note's receipt follows.

	``may_take_back``: a note that was stamped and is not delivered after all loses its stamp. The orders and
	the notes are locked.
	"""
	known = notes.hold_notes_of_boxes(name for name in names if name)
	changed = []
	for note, boxes in notes.boxes_of_notes(known).items():
		docstatus, stamped, _who = known[note]
		is_received = docstatus == 1 and receipt.note_is_received(
			[state for _box, state in in_the_end(note, boxes)]
		)
		if is_received and not stamped:
			notes.write_receipt(note, received_on, receiver or None)
		elif stamped and not is_received and may_take_back:
			notes.write_receipt(note, None, None)
		else:
			continue
		changed.append(note)
	for note in changed:  # what follows a note that is saved: its orders' status, their money, messages
		for tell in own_hooks.hooked("swf_note_stamped"):
			tell(frappe.get_doc("Delivery Note", note))


def in_the_end(note: str, boxes: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
	"""The same boxes of a note with their states; one that was taken in part is delivered once the rest is
	back.
	"""
	settled = come_back.accepted_in_the_end("Delivery Note", note, boxes)
	return [(box, states.DELIVERED if box in settled else state) for box, state in boxes]


def not_taken(note: str) -> list[tuple[str, str]]:
	"""(box, state) of those of a note of which the customer did not take all, while that is not back."""
	boxes = notes.boxes_of_notes([note])[note]
	return [(box, state) for box, state in in_the_end(note, boxes) if state in _NOT_TAKEN]


def refresh_invoiced(box, orders: Iterable[str]) -> None:
	"""An order whose goods left with an invoice is delivered when its boxes are: no note says so. The orders
	are locked.
	"""
	if box.sales_invoice:
		refresh_status.of_all(orders)
