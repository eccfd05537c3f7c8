"""A driver says what became of a box, and proves it; a correction is a proof that replaces another."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import frappe
from frappe.utils import get_datetime, now_datetime

from sales_wh_flow.base import hold_rows, own_hooks, records, refusals, said
from sales_wh_flow.base.notify import notify
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.serial_nos import each_serial
from sales_wh_flow.delivery import follow, gate, permissions, pictures, sayings
from sales_wh_flow.delivery.phone_receipt import PhoneReceipt
from sales_wh_flow.delivery.rules import money, reasons, receipt
from sales_wh_flow.delivery.rules.money import MoneyTaken
from sales_wh_flow.delivery.rules.receipt import PackedRow, Receipt, RowReceipt
from sales_wh_flow.delivery.store import contents, notes, proofs, to_pay
from sales_wh_flow.packing import change_state as packing
from sales_wh_flow.packing.rules import states
from sales_wh_flow.packing.store import boxes as packed
from sales_wh_flow.packing.store import collecting
from sales_wh_flow.packing.store.notes import has_left_by_note


@dataclass(slots=True)
class _Attempt:
	"""A box that is locked, with what is known of it."""

	box: object
	rows: list = field(default_factory=list)
	orders: list = field(default_factory=list)


def prove(box: str, told: PhoneReceipt) -> str:
	"""The proof of what became of a box that is under way; its name.

	Raises: ValidationError where it is not, was answered already, or the answer does not fit what lies in it.
	"""
	attempt = _held(box)
	known = proofs.holding(box)
	if known:
		refuse(RuleViolation("box_is_answered", box=box, proof=known))
	if has_left_by_note(box):  # whoever brings it to the customer proves that it was handed over
		packing.change_state([attempt.box], states.HANDED_OVER, handed_over_on=now_datetime())
		attempt.box = packed.hold_boxes([box])[box]
	if attempt.box.state not in receipt.UNDER_WAY:
		refuse(RuleViolation("box_not_under_way", box=box, state=attempt.box.state))
	return _keep(attempt, told).name


def correct(proof: str, told: PhoneReceipt, reason: str) -> str:
	"""Another proof that says what really happened; the name of the new one. Both are kept."""
	old = frappe.get_doc("Delivery Proof", proof)
	attempt = _held(old.box)
	replaced_by = proofs.hold_proof(proof)
	if replaced_by:
		refuse(RuleViolation("proof_is_replaced", proof=proof, replaced_by=replaced_by))
	later = proofs.holding(old.box)
	if later and later != proof:
		refuse(RuleViolation("proof_is_overtaken", proof=proof, later=later))
	why = refusals.require_reason(reason, RuleViolation("correction_reason_missing"))
	made = _keep(attempt, told, old, why)
	holder = old.taken_by or old.actor
	if holder != frappe.session.user:
		news = said.keep(sayings.corrected, proof=made.name, replaced=proof, answer=made.outcome)
		notify([holder], made.name, news, doctype="Delivery Proof")
	return made.name


def _held(box: str) -> _Attempt:
	"""Orders, then the note, then the box are locked, and its rights are checked as they are stored."""
	orders = contents.orders_of_boxes([box])[box]
	hold_rows.hold_order_rows(orders)
	notes.hold_notes_of_boxes([proofs.note_of_box(box)])
	found = packed.hold_boxes([box]).get(box)
	if not found:
		refuse(RuleViolation("box_unknown", text=box))
	permissions.check_may_prove(box, found.warehouse, found.handover, found.delivery_note)
	return _Attempt(found, proofs.rows_of_box(box), orders)


def _keep(attempt: _Attempt, told: PhoneReceipt, old=None, why: str | None = None):
	"""The new proof."""
	box = attempt.box
	packed_rows = [
		PackedRow(row.name, row.item_code, row.qty_stock, each_serial(row.serial_nos)) for row in attempt.rows
	]
	found, problems = receipt.receipt_of(told.answer, packed_rows, told.rows, told.reason)
	refuse(problems)
	state = receipt.STATE_AFTER[found.outcome]
	if box.state != state and not states.may_follow(box.state, state):
		refuse(RuleViolation("state_can_not_follow", box=box.name, state=box.state, wanted=state))
	gate.check_proof(box.name, found, told.receiver, told.signature, told.photo)
	is_late = receipt.is_told_late(get_datetime(told.happened_on or None), now_datetime())
	paid = _paid(box.name, found, told.money, old, is_late=is_late)
	made = _written(attempt, told, found, paid, old, why)
	_apply(attempt, told, found, made, old)
	return made


def _paid(box: str, found: Receipt, told: MoneyTaken | None, old, *, is_late: bool) -> dict:
	"""What the proof says of money. A correction that says nothing of it leaves it as it was; what a Payment
	Entry was made of stays.
	"""
	before = _money_of(old)
	taken = told or before
	payment, posted = proofs.payment_of(old.name) if old else (None, None)
	if posted:
		if (taken.amount, taken.mode) != (before.amount, before.mode):
			refuse(RuleViolation("money_is_posted", box=box, payment=posted, taken=before.amount))
	holder = (old.taken_by or old.actor) if old else frappe.session.user
	is_kept = old is not None and _sum(taken) == _sum(before)
	if old and not is_kept:
		permissions.check_corrects_money(box, holder)
	due = money.agreed(_due(box, found, old, posted), told)
	if taken:
		refuse(money.problems_of(box, found, due, taken, is_late=is_late, is_kept=is_kept))
	if found.outcome in _TAKEN:
		gate.check_paid(money.too_little(box, due, taken), is_late=is_late)
	return {
		"to_collect": due,
		"money_taken": taken.amount if taken else 0,
		"taken_by": holder,
		"mode_of_payment": (taken.mode or None) if taken else None,
		"money_reference": said.typed(taken.reference if taken else ""),
		"money_reason": said.typed(taken.reason if taken else ""),
		# Also a cancelled one: what amends it holds this money.
		"payment_entry": payment,
	}


def _sum(taken: MoneyTaken | None) -> tuple[float, str]:
	return (taken.amount, taken.mode) if taken and taken.amount else (0.0, "")


def _due(box: str, found: Receipt, old, posted: str | None) -> float:
	"""What is to be collected for what was accepted. A correction of anything else asks for what was asked at
	the door; so does one of what was accepted, in proportion, where a Payment Entry holds the money.
	"""
	worths = collecting.worth_of_rows([box]).get(box, {})
	before = (
		[RowReceipt(it.content_row, it.accepted_qty, it.refused_qty) for it in old.contents] if old else ()
	)
	by_worth = money.borne_by_rows(worths, {})
	then, now = money.share_taken(by_worth, before), money.share_taken(by_worth, found.rows)
	if then and (posted or (old.to_collect and round(then - now, 9) == 0)):
		return round(old.to_collect * now / then, money.DECIMALS)
	asked = to_pay.asked_by_order([box]).get(box, ({}, ""))[0]
	return money.due_for(sum(asked.values()), money.borne_by_rows(worths, asked), found.rows)


_TAKEN = (receipt.ACCEPTED, receipt.PARTLY_ACCEPTED)


def _money_of(old) -> MoneyTaken | None:
	if not old or not (old.money_taken or old.money_reason):
		return None
	typed = (said.worded(old.get(field) or "") for field in ("money_reference", "money_reason"))
	return MoneyTaken(old.money_taken, old.mode_of_payment or "", *typed)


def _written(attempt: _Attempt, told: PhoneReceipt, found: Receipt, paid: dict, old, why: str | None):
	now = now_datetime()
	made = frappe.new_doc("Delivery Proof")
	made.update({**_about(attempt.box, found, told), **paid})
	made.update(
		{
			"happened_on": receipt.happened_on(get_datetime(told.happened_on or None), now),
			"recorded_on": now,
			"actor": frappe.session.user,
			"replaces": old.name if old else None,
			"correction_reason": why,
		}
	)
	for row, result in zip(attempt.rows, found.rows, strict=True):
		made.append(
			"contents",
			{
				"content_row": row.name,
				**{key: row[key] for key in _SAME},
				"accepted_qty": result.accepted_qty,
				"refused_qty": result.refused_qty,
				"refused_serials": "\n".join(result.refused_serials),
				"reason": said.typed(result.reason),
			},
		)
	records.save(made)
	if told.photo:
		proofs.set_photo(made.name, pictures.keep_photo(told.photo, made))
	if old:
		proofs.replace_proof(old.name, made.name)
	return made


_SAME = ("sales_order", "sales_order_item", "item_code", "item_name", "batch_no", "serial_nos")
_SAME += ("qty_stock", "stock_uom")
"""Fields with one name on a box's row and on a proof's."""


def _about(box, found: Receipt, told: PhoneReceipt) -> dict:
	place = told.place
	return {
		**{key: getattr(box, key) for key in ("customer", "company", "warehouse")},
		"customer_name": contents.about(box.name)["customer_name"],
		"box": box.name,
		"outcome": found.outcome,
		"delivery_note": box.delivery_note or None,
		"handover": box.handover or None,
		"receiver": said.typed(told.receiver),
		"signature": told.signature or None,
		"device": said.typed(told.device),
		"reason": said.typed(told.reason),
		"reason_group": _group(found, told.reason) or None,
		"note": said.typed(told.note),
		**(
			{
				"has_consent": 1,
				"latitude": place.latitude,
				"longitude": place.longitude,
				"accuracy_m": place.accuracy_m,
				"position_age_s": place.age_s,
			}
			if place
			else {}
		),
	}


def _group(found: Receipt, reason: str) -> str:
	"""Of the box's reason, else of the first refused row's."""
	first = next((row.reason for row in found.refused), "")
	return reasons.reason_group(reason or first) if found.outcome != receipt.ACCEPTED else ""


def _apply(attempt: _Attempt, told: PhoneReceipt, found: Receipt, made, old) -> None:
	"""The box, its rows, its note and its orders follow the proof."""
	proofs.write_rows(found.rows)
	group = made.reason_group or ""
	note = (
		said.keep(sayings.corrected, proof=made.name, replaced=old.name, answer=found.outcome)
		if old
		else said.keep(sayings.attempted, proof=made.name, answer=found.outcome)
	)
	is_accepted = found.outcome in _TAKEN
	packing.change_state(
		[attempt.box],
		receipt.STATE_AFTER[found.outcome],
		happened_on=made.happened_on,
		note=note,
		reason=made.reason or None,
		reason_group=group or None,
		delay_of=reasons.delay_of_reason(group) if group else None,
		device=made.device or None,
		place=f"{made.latitude}, {made.longitude}" if made.has_consent else None,
		delivered_on=made.happened_on if is_accepted else None,
	)
	follow.stamp_notes([attempt.box.delivery_note], made.happened_on, made.receiver, may_take_back=bool(old))
	follow.refresh_invoiced(attempt.box, attempt.orders)
	_tell_of_refused(attempt.box, found, made, old)


def _tell_of_refused(box, found: Receipt, made, old) -> None:
	"""Whoever opens returns is told what was refused; nothing, where a correction says that it was taken."""
	rows: Sequence = [row for row in made.contents if row.refused_qty > 0]
	took_back = old is not None and any(row.refused_qty > 0 for row in old.contents)
	if rows or took_back:
		for tell in own_hooks.hooked("swf_refused_goods"):
			tell(box, rows)
