"""What the pages Hand Over and Deliver, and other programs, may call.

Each action carries a key that the device made: asked for twice, it is done once.
"""

from collections.abc import Callable
from typing import TypeVar

import frappe

from sales_wh_flow.base import border, retry
from sales_wh_flow.base.once import done_once
from sales_wh_flow.delivery import close, hand_over, phone_receipt, pictures, prove, shown
from sales_wh_flow.delivery.answers import (
	ClosedHandover,
	HandoversHere,
	MyDeliveries,
	ProvedBox,
	ScannedIntoHandover,
	ShownHandover,
	StoppedByGate,
	TakenOutOfHandover,
)

Answer = TypeVar("Answer")


@frappe.whitelist(methods=["GET"])
@border.checked()
def handovers_here() -> HandoversHere:
	"""The hand-overs of the user's warehouses, and what a new one needs."""
	_check_hands_over()
	return shown.handovers_of_user()


@frappe.whitelist(methods=["GET"])
@border.checked(handover=border.name)
def handover_boxes(handover: str) -> ShownHandover:
	"""A hand-over with its boxes and what is missing."""
	frappe.get_doc("Courier Handover", handover).check_permission("read")
	return shown.boxes_and_missing(handover, with_waiting=True)


@frappe.whitelist(methods=["POST"])
@border.checked(courier=border.name, driver=border.name, vehicle=border.name)
def begin_handover(
	courier: str, warehouse: str, key: str, driver: str | None = None, vehicle: str | None = None
) -> ShownHandover:
	"""The open hand-over of a courier, warehouse and day, made unless there is one."""
	_check_hands_over()
	return _once(
		key,
		"begin_handover",
		lambda: shown.boxes_and_missing(hand_over.open_for_courier(courier, warehouse, driver, vehicle)),
	)


@frappe.whitelist(methods=["POST"])
@border.checked(handover=border.name, text=border.short_text)
def scan_into_handover(handover: str, text: str, key: str) -> ScannedIntoHandover:
	"""A box's number, SSCC or tracking number was scanned: the box goes into the hand-over."""
	_check_hands_over()

	def work() -> ScannedIntoHandover:
		scanned = hand_over.put_box_in(handover, text)
		return {"scanned": scanned, **shown.boxes_and_missing(handover)}

	return _once(key, f"scan into {handover}", work)


@frappe.whitelist(methods=["POST"])
@border.checked(handover=border.name, box=border.name)
def take_out_of_handover(handover: str, box: str, key: str) -> TakenOutOfHandover:
	"""The box stays here after all."""
	_check_hands_over()

	def work() -> TakenOutOfHandover:
		taken_out = hand_over.take_box_out(handover, box)
		return {"taken_out": taken_out, **shown.boxes_and_missing(handover)}

	return _once(key, f"take out of {handover}", work)


@frappe.whitelist(methods=["POST"])
@border.checked(handover=border.name, signed_by=border.short_text, signature=border.anything)
def close_handover(handover: str, key: str, signed_by: str = "", signature: str = "") -> ClosedHandover:
	"""The courier took the boxes: their Delivery Notes are made and submitted in the background."""
	_check_hands_over()
	drawn = pictures.checked_picture("Signature", signature)

	def work() -> ClosedHandover:
		asked_for = close.ask_to_close(handover, signed_by, drawn)
		return {"asked_for": asked_for, **shown.boxes_and_missing(handover)}

	return _once(key, f"close {handover}", work)


@frappe.whitelist(methods=["POST"])
@border.checked(handover=border.name)
def cancel_handover(handover: str, reason: str, key: str) -> ShownHandover:
	"""A hand-over that nothing has left with is cancelled; its boxes may go with another one."""
	_check_hands_over()

	def work() -> ShownHandover:
		hand_over.cancel_handover(handover, reason)
		return shown.boxes_and_missing(handover)

	return _once(key, f"cancel {handover}", work)


@frappe.whitelist(methods=["GET"])
@border.checked()
def my_deliveries() -> MyDeliveries:
	"""The boxes that the user may prove."""
	frappe.has_permission("Delivery Proof", "read", throw=True)
	return shown.deliveries()


@frappe.whitelist(methods=["POST"])
@border.checked(box=border.name, receipt=border.mapping)
def prove_delivery(box: str, receipt: dict | str, key: str) -> ProvedBox:
	"""What became of a box.

	``receipt``: {"answer": "accept", "part", "refuse" or "fail", "rows": [{"row", "refused_qty", "reason",
	"serials": []}] for a part, "reason", "note", "receiver", "signature" and "photo" as data URLs,
	"happened_on", "device", "place": {"consent": true, "latitude", "longitude", "accuracy_m", "age_s"},
	"money": {"amount" in the company's currency, "mode_of_payment", "reference", "reason"}}.
	"""
	frappe.has_permission("Delivery Proof", "read", throw=True)
	said = phone_receipt.read_receipt(receipt)
	return _once(key, f"prove {box}", lambda: shown.of_proof(prove.prove(box, said)))


@frappe.whitelist(methods=["POST"])
@border.checked(proof=border.name, receipt=border.mapping)
def correct_delivery(proof: str, receipt: dict | str, reason: str, key: str) -> ProvedBox:
	"""A proof says what did not happen: another one replaces it, and both are kept. ``receipt``: see
	`prove_delivery`."""
	frappe.get_doc("Delivery Proof", proof).check_permission("read")
	said = phone_receipt.read_receipt(receipt)
	return _once(key, f"correct {proof}", lambda: shown.of_proof(prove.correct(proof, said, reason)))


@frappe.whitelist(methods=["GET"])
@border.checked(days=border.days)
def unproved_deliveries(days: int = 30) -> list[StoppedByGate]:
	"""What the gate *unproved boxes are not delivered* would have stopped, for those who may change the
	settings.
	"""
	frappe.has_permission("Sales Flow Settings", "write", throw=True)
	return shown.stopped(days)


def _check_hands_over() -> None:
	"""Which warehouses and hand-overs is looked at with the stored document, under its row lock."""
	frappe.has_permission("Courier Handover", "read", throw=True)


def _once(key: str, action: str, work: Callable[[], Answer]) -> Answer:
	return retry.from_a_fresh_transaction(lambda: done_once(key, action, work))
