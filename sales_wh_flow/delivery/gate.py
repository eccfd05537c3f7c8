"""The step *unproved boxes are not delivered*: off, in the shadow, a warning, or a refusal.

What it would have stopped in the shadow is counted from what is stored (`delivery.store.unproved`): proofs
without a picture or a name, and notes that were confirmed although their boxes have none.
"""

import frappe

from sales_wh_flow.base import refusals
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import any_on, flow_settings
from sales_wh_flow.delivery.rules import receipt
from sales_wh_flow.delivery.rules.receipt import Receipt
from sales_wh_flow.delivery.store import notes, proofs

OFF, SHADOW, WARN, BLOCK = "Off", "Shadow", "Warn", "Block"


def check_proof(box: str, found: Receipt, receiver: str, signature: str, photo: str) -> None:
	"""Goods that were taken need a receiver's name, and a signature or a photo.

	Raises: ValidationError where the gate blocks.
	"""
	was_taken = found.outcome in (receipt.ACCEPTED, receipt.PARTLY_ACCEPTED)
	if was_taken and not receipt.is_proved(receiver, signature, photo):
		_stop(RuleViolation("proof_missing", box=box))


def check_confirmation(note) -> None:
	"""A note of boxes is confirmed when its boxes are proved; one without boxes by hand.

	Raises: ValidationError where the gate blocks.
	"""
	is_confirmed = note.swf_delivered_on and note.has_value_changed("swf_delivered_on")
	if _mode() in (OFF, SHADOW) or not is_confirmed:
		return
	boxes = notes.boxes_of_notes([note.name])[note.name]
	lacking = proofs.unproved(box for box, _state in boxes)
	if lacking:
		_stop(RuleViolation("boxes_without_proof", note=note.name, boxes=tuple(lacking)))


def _mode() -> str:
	return (flow_settings().get("unproved_boxes") or OFF) if any_on() else OFF


def _stop(violation: RuleViolation) -> None:
	mode = _mode()
	if mode == BLOCK:
		refuse(violation)
	if mode == WARN:
		frappe.msgprint(refusals.text_of(violation), alert=True, indicator="orange")
