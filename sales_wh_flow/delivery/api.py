"""What the pages Hand Over and Deliver, and other programs, may call."""

from collections.abc import Callable

import frappe

from sales_wh_flow.base import border, retry
from sales_wh_flow.base.once import done_once
from sales_wh_flow.delivery import close, hand_over, permissions, pictures, prove, shown
from sales_wh_flow.delivery.prove import Place, Told
from sales_wh_flow.delivery.rules.receipt import RowAnswer

_TAP = {"handover": border.name, "box": border.name, "proof": border.name, "courier": border.name}
_TAP |= {"driver": border.name, "vehicle": border.name, "text": border.short_text}
_TAP |= {"signed_by": border.short_text, "receiver": border.short_text, "device": border.short_text}
_PICTURE = {"signature": border.picture, "photo": border.picture}
_ROWS = border.records(
	row=border.name,
	refused_qty=border.number,
	reason=border.perhaps(border.short_text),
	serials=border.perhaps(border.names),
)
_PLACE = border.perhaps(border.mapping)
_RECEIPT = {**_TAP, **_PICTURE, "rows": _ROWS, "place": _PLACE, "answer": border.name}
_RECEIPT |= {"happened_on": border.moment, "reason": border.text, "why": border.text}


def _kinds(known: dict, *names: str) -> dict:
	return {name: known[name] for name in names}


@frappe.whitelist(methods=["GET"])
@border.checked()
def handovers_here() -> dict:
	"""The hand-overs of the user's warehouses, and what a new one needs; shape: `delivery.shown.overview`."""
	_check_sees_handovers()
	return shown.overview()


@frappe.whitelist(methods=["GET"])
@border.checked(**_kinds(_TAP, "handover"))
def handover_boxes(handover: str) -> dict:
	"""A hand-over with its boxes and what is missing; shape: `delivery.shown.of_handover`."""
	frappe.get_doc("Courier Handover", handover).check_permission("read")
	return shown.of_handover(handover)


@frappe.whitelist(methods=["POST"])
@border.checked(**_kinds(_TAP, "courier", "driver", "vehicle"))
def begin_handover(
	courier: str, warehouse: str, key: str, driver: str | None = None, vehicle: str | None = None
) -> dict:
	"""The open hand-over of a courier, warehouse and day, made unless there is one."""
	_check_sees_handovers()
	frappe.get_doc("Warehouse", warehouse).check_permission("read")

	def work() -> dict:
		return shown.of_handover(hand_over.begin(courier, warehouse, driver, vehicle))

	return _once(key, "begin_handover", work)


@frappe.whitelist(methods=["POST"])
@border.checked(**_kinds(_TAP, "handover", "text"))
def scan_into_handover(handover: str, text: str, key: str) -> dict:
	"""A box's number, SSCC or tracking number was scanned: the box goes into the hand-over, which is shown
	then, with the box as "scanned".
	"""
	_check_sees_handovers()

	def work() -> dict:
		box = hand_over.put_box_in(handover, text)
		return {**shown.of_handover(handover), "scanned": box}

	return _once(key, f"scan_into {handover}", work)


@frappe.whitelist(methods=["POST"])
@border.checked(**_kinds(_TAP, "handover", "box"))
def take_out_of_handover(handover: str, box: str, key: str) -> dict:
	"""The box stays here after all."""
	_check_sees_handovers()

	def work() -> dict:
		hand_over.take_box_out(handover, box)
		return shown.of_handover(handover)

	return _once(key, f"take_out {handover}", work)


@frappe.whitelist(methods=["POST"])
@border.checked(**_kinds(_TAP, "handover", "signed_by"), signature=border.picture)
def close_handover(handover: str, key: str, signed_by: str = "", signature: str = "") -> dict:
	"""The courier took the boxes: their Delivery Notes are made and submitted in the background."""
	_check_sees_handovers()
	drawn = pictures.checked_picture("Signature", signature)

	def work() -> dict:
		close.begin(handover, signed_by, drawn)
		return shown.of_handover(handover)

	return _once(key, f"close {handover}", work)


@frappe.whitelist(methods=["POST"])
@border.checked(**_kinds(_TAP, "handover"))
def cancel_handover(handover: str, reason: str, key: str) -> dict:
	"""A hand-over that nothing has left with is cancelled; its boxes may go with another one."""
	_check_sees_handovers()

	def work() -> dict:
		hand_over.cancel(handover, reason)
		return shown.of_handover(handover)

	return _once(key, f"cancel {handover}", work)


@frappe.whitelist(methods=["GET"])
@border.checked()
def my_deliveries() -> dict:
	"""The boxes that the user may prove; shape: `delivery.shown.deliveries`."""
	frappe.has_permission("Delivery Proof", "read", throw=True)
	return shown.deliveries()


@frappe.whitelist(methods=["POST"])
@border.checked(**{name: kind for name, kind in _RECEIPT.items() if name in ("box", "answer", "rows", "reason", "receiver", "signature", "photo", "happened_on", "device", "place")})
def prove_delivery(
	box: str,
	answer: str,
	key: str,
	rows: list | str | None = None,
	reason: str = "",
	note: str = "",
	receiver: str = "",
	signature: str = "",
	photo: str = "",
	happened_on: str = "",
	device: str = "",
	place: dict | str | None = None,
) -> dict:
	"""What became of a box: answer is accept, part, refuse or fail. Shape: {"proof", "box", "state"}."""
	frappe.has_permission("Delivery Proof", "read", throw=True)
	told = _told(answer, rows, reason, note, receiver, signature, photo, happened_on, device, place)
	return _once(key, f"prove {box}", lambda: shown.of_proof(prove.prove(box, told)))


@frappe.whitelist(methods=["POST"])
@border.checked(**{name: kind for name, kind in _RECEIPT.items() if name not in ("box",)})
def correct_delivery(
	proof: str,
	answer: str,
	why: str,
	key: str,
	rows: list | str | None = None,
	reason: str = "",
	note: str = "",
	receiver: str = "",
	signature: str = "",
	photo: str = "",
	happened_on: str = "",
	device: str = "",
	place: dict | str | None = None,
) -> dict:
	"""A proof says what did not happen: another one replaces it, and both are kept."""
	frappe.get_doc("Delivery Proof", proof).check_permission("read")
	told = _told(answer, rows, reason, note, receiver, signature, photo, happened_on, device, place)
	return _once(key, f"correct {proof}", lambda: shown.of_proof(prove.correct(proof, told, why)))
