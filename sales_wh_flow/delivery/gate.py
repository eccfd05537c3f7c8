"""The step *unproved boxes are not delivered*: off, in the shadow, a warning, or a refusal.

What it would have stopped in the shadow is counted from what is stored (`delivery.store.unproved`): proofs
without a picture or a name, and notes that were confirmed although their boxes have none.
"""

from frappe import _

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import BLOCK, OFF, SHADOW, WARN, any_on, flow_settings
from sales_wh_flow.base.step_gates import stop_or_warn
from sales_wh_flow.delivery import follow, permissions
from sales_wh_flow.delivery.rules import receipt
from sales_wh_flow.delivery.rules.receipt import Receipt
from sales_wh_flow.delivery.store import notes, proofs
from sales_wh_flow.packing.rules import states


def check_proof(box: str, found: Receipt, receiver: str, signature: str, photo: str) -> None:
	"""Goods that were taken need a receiver's name, and a signature or a photo.

	Raises: ValidationError where the gate blocks.
	"""
	was_taken = found.outcome in (receipt.ACCEPTED, receipt.PARTLY_ACCEPTED)
	missing = receipt.missing_of_proof(box, receiver, signature, photo)
	if was_taken and missing:
		stop_or_warn(_mode(), [missing], alert=True)


def check_paid(missing: RuleViolation | None, *, is_late: bool) -> None:
	"""A box is left at the door when it was paid. Where that is told late, the goods are gone, and what their
	receiver signed is kept: it is a warning at most.

	Raises: ValidationError where the gate blocks.
	"""
	if missing and any_on():
		mode = flow_settings().get("unpaid_boxes") or OFF
		stop_or_warn(WARN if is_late and mode == BLOCK else mode, [missing], alert=True)


def check_confirmation(note) -> None:
	"""A note of boxes is confirmed when its boxes are proved; one without boxes by hand.

	Raises: ValidationError where the gate blocks.
	"""
	if not note.has_value_changed("swf_delivered_on"):
		return
	_check_is_his(note)
	is_confirmed, mode = bool(note.swf_delivered_on), _mode()
	if is_confirmed:
		_check_nothing_was_refused(note)
	if mode in (OFF, SHADOW) or not is_confirmed:
		return
	boxes = notes.boxes_of_notes([note.name])[note.name]
	lacking = proofs.unproved(box for box, _state in boxes)
	if lacking:
		problem = RuleViolation("boxes_without_proof", note=note.name, boxes=tuple(lacking))
		stop_or_warn(mode, [problem], alert=True)


def wants_proof(note: str) -> bool:
	"""Whether the gate blocks, and boxes that the customer took are without proof."""
	if _mode() != BLOCK:
		return False
	boxes = notes.boxes_of_notes([note])[note]
	return bool(proofs.unproved(box for box, state in boxes if state in states.AT_THE_DOOR))


def _mode() -> str:
	return (flow_settings().get("unproved_boxes") or OFF) if any_on() else OFF


def _check_is_his(note) -> None:
	"""Raises: PermissionError for a driver who neither drives the note nor works in its warehouse."""
	if note.flags.ignore_permissions or permissions.confirms_any():
		return
	handovers = notes.handovers_of(note.name) or {""}
	if not any(permissions.is_driven_by_user(handover, note.name) for handover in handovers):
		refuse(RuleViolation("not_your_delivery", note=note.name))


def _check_nothing_was_refused(note) -> None:
	"""Raises: ValidationError while a box of the note says that the customer did not take all of it, and the
	rest is not back.
	"""
	refuse(
		RuleViolation("box_was_refused", note=note.name, box=box, state=_(state))
		for box, state in follow.not_taken(note.name)
	)
