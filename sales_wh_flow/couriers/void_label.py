"""A courier takes the label of a box back. The box stays here until that is answered; nothing is held while
the courier is asked.
"""

import frappe
from frappe.utils import now_datetime

from sales_wh_flow.base import refusals, said
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.couriers import accounts, permissions, sayings
from sales_wh_flow.couriers.port import CourierIsSilent
from sales_wh_flow.couriers.store import label_facts, labels
from sales_wh_flow.couriers.store.label_facts import LabelledBox
from sales_wh_flow.couriers.store.labels import KeptLabel
from sales_wh_flow.packing import change_state as change
from sales_wh_flow.packing import held
from sales_wh_flow.packing.rules import states as box_states
from sales_wh_flow.packing.store import boxes as box_store

_MAY_BE_VOIDED = box_states.IN_THE_HOUSE | {box_states.CANCELLED}


def begin_void(box: str, reason: str) -> LabelledBox:
	"""The box whose label is to be voided: it may not leave until that is done.

	Raises: ValidationError for a box that has left or is about to, that has no label, and without a reason.
	"""
	why = refusals.require_reason(reason, RuleViolation("void_reason_missing", box=box))
	row = label_facts.hold_labelled(box)
	if row is None:
		raise frappe.DoesNotExistError
	permissions.check_places([row])
	if row.state not in _MAY_BE_VOIDED:
		refuse(RuleViolation("box_is_gone", box=box, state=row.state))
	if not row.made_on:
		refuse(RuleViolation("no_label_to_void", box=box))
	at = box_store.hold_boxes([box])[box]
	if at.handover:
		refuse(RuleViolation("label_in_hand_over", box=box, handover=at.handover))
	if at.document:
		refuse(RuleViolation("label_on_document", box=box, document=at.document))
	if row.asked_on and now_datetime() - row.asked_on < held.BUSY_FOR:
		refuse(RuleViolation("label_is_moving", box=box))
	box_store.set_on_boxes([box], {"label_asked_on": now_datetime()})
	kept = labels.hold_label_on(box, row.label_ref)
	if kept:
		labels.set_label([kept.name], labels.TO_GIVE_BACK, reason=why, tries=0)
	return row


def give_label_back(courier: str, label_ref: str, tracking_no: str) -> bool:
	"""Whether the courier takes a label back. Nothing is held meanwhile."""
	try:
		return accounts.port_of(courier).cancel(label_ref, tracking_no)
	except CourierIsSilent:
		return False


def keep_after_all(box: str, label_ref: str) -> None:
	"""The courier did not take the label back, and nobody throws it away: it stays on its box."""
	row, kept = label_facts.hold_labelled(box), labels.hold_label_on(box, label_ref)
	if row and row.label_ref == label_ref:
		box_store.set_on_boxes([box], {"label_asked_on": None})
		if kept:
			labels.set_label([kept.name], labels.ON_BOX, reason=None)


def end_void(box: str, label_ref: str, reason: str, *, is_taken_back: bool) -> None:
	"""Number and label are no more the box's; the file stays with it."""
	row, kept = label_facts.hold_labelled(box), labels.hold_label_on(box, label_ref)
	if kept:
		labels.set_label([kept.name], labels.GIVEN_BACK if is_taken_back else labels.NOT_TAKEN_BACK)
	if row is None or not row.made_on or row.label_ref != label_ref:
		return
	saying = sayings.label_voided if is_taken_back else sayings.label_thrown_away
	change.change_state(
		list(box_store.hold_boxes([box]).values()),
		row.state,
		note=said.keep(saying, courier=row.courier, tracking_no=row.tracking_no),
		reason=said.typed(reason),
		tracking_no=None,
		tracking_url=None,
		label=None,
		label_ref=None,
		label_made_on=None,
		label_asked_on=None,
		label_turn=row.turn + 1,
	)


def end_of_stray(kept: KeptLabel, *, is_taken_back: bool, is_given_up: bool = False) -> None:
	"""A label that came for a box which was no more what the courier was told: whether it was given back."""
	label_facts.hold_labelled(kept.box)
	now_kept = labels.hold_label(kept.ask_key)
	if now_kept is None or now_kept.state != labels.TO_GIVE_BACK:
		return
	if is_taken_back:
		labels.set_label([kept.name], labels.GIVEN_BACK)
	elif is_given_up:
		labels.set_label([kept.name], labels.NOT_TAKEN_BACK)
	else:
		labels.set_label([kept.name], labels.TO_GIVE_BACK, tries=now_kept.tries + 1)
