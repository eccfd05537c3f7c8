"""What the pages Hand Over and Deliver, and other programs, may call.

Each action carries a key that the device made: asked for twice, it is done once.
"""

from collections.abc import Callable

import frappe

from sales_wh_flow.base import border, retry
from sales_wh_flow.base.once import done_once
from sales_wh_flow.delivery import close, hand_over, pictures, prove, shown, told


@frappe.whitelist(methods=["GET"])
@border.checked()
def handovers_here() -> dict:
	"""The hand-overs of the user's warehouses, and what a new one needs, see
	`delivery.shown.handovers_of_user`."""
	_check_hands_over()
	return shown.handovers_of_user()


@frappe.whitelist(methods=["GET"])
@border.checked(handover=border.name)
def handover_boxes(handover: str) -> dict:
	"""A hand-over with its boxes and what is missing; shape: `delivery.shown.boxes_and_missing`."""
	frappe.get_doc("Courier Handover", handover).check_permission("read")
	return shown.boxes_and_missing(handover)


@frappe.whitelist(methods=["POST"])
@border.checked(courier=border.name, driver=border.name, vehicle=border.name)
def begin_handover(
	courier: str, warehouse: str, key: str, driver: str | None = None, vehicle: str | None = None
) -> dict:
	"""The open hand-over of a courier, warehouse and day, made unless there is one."""
	_check_hands_over()
	return _once(
		key,
		"begin_handover",
		lambda: shown.boxes_and_missing(hand_over.open_for_courier(courier, warehouse, driver, vehicle)),
	)


@frappe.whitelist(methods=["POST"])
@border.checked(handover=border.name, text=border.short_text)
def scan_into_handover(handover: str, text: str, key: str) -> dict:
	"""A box's number, SSCC or tracking number was scanned: the box goes into the hand-over, which is shown
	then, with the box as "scanned".
	"""
	_check_hands_over()
	return _once(
		key,
		f"scan into {handover}",
		lambda: {"scanned": hand_over.put_box_in(handover, text), **shown.boxes_and_missing(handover)},
	)


@frappe.whitelist(methods=["POST"])
@border.checked(handover=border.name, box=border.name)
def take_out_of_handover(handover: str, box: str, key: str) -> dict:
	"""The box stays here after all."""
	_check_hands_over()
	return _once(
		key,
		f"take out of {handover}",
		lambda: {"taken_out": hand_over.take_box_out(handover, box), **shown.boxes_and_missing(handover)},
	)


@frappe.whitelist(methods=["POST"])
@border.checked(handover=border.name, signed_by=border.short_text, signature=border.anything)
def close_handover(handover: str, key: str, signed_by: str = "", signature: str = "") -> dict:
	"""The courier took the boxes: their Delivery Notes are made and submitted in the background."""
	_check_hands_over()
	drawn = pictures.checked_picture("Signature", signature)
	return _once(
		key,
		f"close {handover}",
		lambda: {
			"asked_for": close.ask_to_close(handover, signed_by, drawn),
			**shown.boxes_and_missing(handover),
		},
	)


@frappe.whitelist(methods=["POST"])
@border.checked(handover=border.name)
def cancel_handover(handover: str, reason: str, key: str) -> dict:
	"""A hand-over that nothing has left with is cancelled; its boxes may go with another one."""
	_check_hands_over()
	return _once(
		key,
		f"cancel {handover}",
		lambda: {
			"cancelled": hand_over.cancel_handover(handover, reason),
			**shown.boxes_and_missing(handover),
		},
	)


@frappe.whitelist(methods=["GET"])
@border.checked()
def my_deliveries() -> dict:
	"""The boxes that the user may prove; shape: `delivery.shown.deliveries`."""
	frappe.has_permission("Delivery Proof", "read", throw=True)
	return shown.deliveries()


@frappe.whitelist(methods=["POST"])
@border.checked(box=border.name, receipt=border.mapping)
def prove_delivery(box: str, receipt: dict | str, key: str) -> dict:
	"""What became of a box.

	Shape: {"proof", "box", "state"}. ``receipt``: {"answer": "accept", "part", "refuse" or "fail", "rows":
	[{"row", "refused_qty", "reason", "serials": []}] for a part, "reason", "note", "receiver", "signature"
	and "photo" as data URLs, "happened_on", "device", "place": {"consent": true, "latitude", "longitude",
	"accuracy_m", "age_s"}}.
	"""
	frappe.has_permission("Delivery Proof", "read", throw=True)
	said = told.read_told(receipt)
	return _once(key, f"prove {box}", lambda: shown.of_proof(prove.prove(box, said)))


@frappe.whitelist(methods=["POST"])
@border.checked(proof=border.name, receipt=border.mapping)
def correct_delivery(proof: str, receipt: dict | str, reason: str, key: str) -> dict:
	"""A proof says what did not happen: another one replaces it, and both are kept. ``receipt``: see
	`prove_delivery`."""
	frappe.get_doc("Delivery Proof", proof).check_permission("read")
	said = told.read_told(receipt)
	return _once(key, f"correct {proof}", lambda: shown.of_proof(prove.correct(proof, said, reason)))


@frappe.whitelist(methods=["GET"])
@border.checked(days=border.days)
def unproved_deliveries(days: int = 30) -> list[dict]:
	"""What the gate *unproved boxes are not delivered* would have stopped: [{"who", "what", "times"}], for
	those who may change the settings.
	"""
	frappe.has_permission("Sales Flow Settings", "write", throw=True)
	return shown.stopped(days)


def _check_hands_over() -> None:
	"""Which warehouses and hand-overs is looked at with the stored document, under its row lock."""
	frappe.has_permission("Courier Handover", "read", throw=True)


def _once(key: str, action: str, work: Callable[[], dict]) -> dict:
	return retry.again_if_refused(lambda: done_once(key, action, work))
