"""Somebody fetches boxes: they leave with their Delivery Note and are proved in one go, or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import frappe
from frappe.utils import now_datetime

from sales_wh_flow.base import hold_rows, said
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.collection import sayings, waiting
from sales_wh_flow.collection.rules import proofs
from sales_wh_flow.delivery import close, hand_over, permissions, prove
from sales_wh_flow.delivery.phone_receipt import PhoneReceipt
from sales_wh_flow.delivery.rules import money, note_rows
from sales_wh_flow.delivery.rules.money import MoneyTaken
from sales_wh_flow.delivery.store import contents, to_pay
from sales_wh_flow.packing import change_state as packing
from sales_wh_flow.packing.held import is_label_moving
from sales_wh_flow.packing.rules import states
from sales_wh_flow.packing.store import boxes as packed
from sales_wh_flow.packing.store.boxes import BoxRow


@dataclass(frozen=True, slots=True)
class Taker:
	"""Who fetches, and how that was shown. ``signature``: a data URL; ``money``: what was paid for all boxes,
	None where nothing is said of it.
	"""

	receiver: str
	signature: str = ""
	code: str = ""
	device: str = ""
	money: MoneyTaken | None = None


def hand_out(boxes: Sequence[str], taker: Taker) -> str:
	"""These boxes of one address leave with their customer. Returns the name of their Delivery Note, or of
	the invoice that moved their stock. Call it in a fresh transaction.

	Raises: ValidationError saying which box stays and why, or what the taker has to show.
	"""
	hand_over.check_notes_are_made()
	rows = contents.contents_in_boxes(boxes)
	orders = sorted({row.order for row in rows})
	hold_rows.hold_bins_as_seen({(row.item_code, row.warehouse) for row in rows}, orders)
	pallets = contents.pallets_of(boxes)
	held = packed.hold_boxes([*boxes, *pallets])
	found = [held[name] for name in sorted({*boxes}) if name in held]
	refuse(_problems(boxes, found, orders, {row.box for row in rows}))
	_check_taker(found[0].courier or "", orders, taker)
	invoice = next((box.sales_invoice for box in found if box.sales_invoice), None)
	note = None if invoice else close.note_of_boxes(found, found[0].courier or "")
	packing.change_state(
		found,
		states.HANDED_OVER,
		note=said.keep(sayings.fetched, receiver=taker.receiver, document=note or invoice),
		device=taker.device or None,
		handed_over_on=now_datetime(),
		**{"delivery_note": note} if note else {},
	)
	close.let_pallets_leave([held[name] for name in pallets if name in held], note, invoice)
	told = PhoneReceipt(
		"accept", receiver=taker.receiver, signature=taker.signature, device=taker.device or "Counter"
	)
	paid = _paid([box.name for box in found], taker.money)
	for box in found:
		prove.prove(box.name, replace(told, money=paid.get(box.name)))
	return note or invoice or ""


def _paid(boxes: Sequence[str], whole: MoneyTaken | None) -> dict[str, MoneyTaken]:
	if not whole:
		return {}
	owed = to_pay.still_to_collect(boxes)
	dues = {box: owed.get(box, (0.0, ""))[0] for box in boxes}
	is_as_shown = whole.amount == whole.due
	return {
		box: replace(
			whole,
			amount=part,
			reason="" if part == dues[box] else whole.reason,
			due=part if is_as_shown else None,
		)
		for box, part in money.split(whole.amount, dues).items()
	}


def _check_taker(courier: str, orders: Sequence[str], taker: Taker) -> None:
	problem = proofs.lacking(
		waiting.proof_of(courier),
		receiver=taker.receiver,
		signature=taker.signature,
		code=taker.code,
		is_code_right=proofs.is_code_of(waiting.secret(), orders, taker.code),
	)
	refuse(problem or ())


def _problems(boxes: Sequence[str], found: Sequence[BoxRow], orders: Sequence[str], filled: set[str]):
	if not boxes:
		yield RuleViolation("nothing_fetched")
	known = {box.name for box in found}
	yield from (RuleViolation("no_such_box", box=name) for name in sorted({*boxes}) if name not in known)
	if not found:
		return
	for box in found:
		permissions.check_works_in(box.warehouse)
		yield from _why_it_stays(box, box.name in filled)
	if len({(box.company, box.courier) for box in found}) > 1:
		yield RuleViolation("boxes_differ", boxes=tuple(sorted(known)))
	for order, is_held in contents.stopped_orders(orders).items():
		if is_held:
			yield RuleViolation("fetched_order_waits", order=order)
		else:
			yield RuleViolation("fetched_order_is_over", order=order)
	for order in sorted(hand_over.orders_opened_again(orders)):
		yield RuleViolation("fetched_order_is_reopened", order=order)
	apart = note_rows.goes_nowhere(contents.parcels(sorted(known)))
	if apart:
		yield apart


def _why_it_stays(box: BoxRow, is_filled: bool):
	if box.state != states.CLOSED:
		yield RuleViolation("box_is_not_waiting", box=box.name, state=box.state)
	elif box.handover:
		yield RuleViolation("box_is_handed_over", box=box.name, handover=box.handover)
	elif not box.courier or not frappe.get_cached_value("Courier", box.courier, "is_collection"):
		yield RuleViolation("box_is_sent", box=box.name, courier=box.courier or "-")
	elif is_label_moving(box.label_asked_on, box.label_made_on):
		yield RuleViolation("label_is_moving", box=box.name)
	elif not is_filled:
		yield RuleViolation("box_is_empty", box=box.name)
