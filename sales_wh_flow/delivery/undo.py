"""The Delivery Note or invoice of boxes is cancelled: they are back, closed, and may be handed over anew."""

from frappe import _

from sales_wh_flow.base import said
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.delivery import hand_over, permissions, sayings
from sales_wh_flow.delivery.store import handovers, notes, proofs
from sales_wh_flow.packing.rules import states
from sales_wh_flow.packing.store import boxes as packed

_OF_THE_ROAD = ("handover", "handed_over_on", "delivered_on")
"""What stands on a box because it left."""


def check_document(note) -> None:
	"""Raises: ValidationError for a note, or an invoice that moved stock, whose boxes somebody has received
	or refused, by their proofs, and for one whose boxes can't stand here again; PermissionError for a driver.
	"""
	found = notes.boxes_of_notes([note.name], note.doctype)[note.name]
	if found:
		permissions.check_may_take_back()
	proved = proofs.proved(box for box, _state in found)
	if proved:
		refuse(RuleViolation("note_is_proved", kind=_(note.doctype), note=note.name, boxes=tuple(proved)))
	refuse(
		RuleViolation("box_is_away", kind=_(note.doctype), note=note.name, box=box, state=_(state))
		for box, state in found
		if not states.may_follow(state, states.CLOSED)
	)


def take_boxes_back(note) -> None:
	"""The boxes of a cancelled document are closed boxes again, in no hand-over."""
	names = [box for box, _state in notes.boxes_of_notes([note.name], note.doctype)[note.name]]
	held = [box for box in packed.hold_boxes(names).values() if box.document == note.name]
	if not held:
		return
	scans: set[str] = set()
	for handover in sorted({box.handover for box in held if box.handover}):
		mine = [box.name for box in held if box.handover == handover]
		scans |= handovers.with_its_courier_alone(handover, mine)
		handovers.set_rows(handover, mine, state=handovers.TAKEN_OUT, delivery_note=None)
	text = said.keep(sayings.note_cancelled, note=note.name)
	# Packing, which follows, takes the note from them.
	hand_over.stand_here_again(held, scans, text, **dict.fromkeys(_OF_THE_ROAD))
