"""What the page Counter may call."""

import frappe

from sales_wh_flow.base import border, retry
from sales_wh_flow.base.once import done_once
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.collection import hand_out as handing
from sales_wh_flow.collection import waiting
from sales_wh_flow.collection.answers import HandedOut, WaitingFor
from sales_wh_flow.collection.hand_out import Taker
from sales_wh_flow.delivery import permissions, phone_receipt, pictures, shown


@frappe.whitelist(methods=["GET"])
@border.checked(text=border.short_text)
def waiting_boxes(text: str = "") -> list[WaitingFor]:
	"""What waits to be fetched where the user works; of a box, order, code or customer where one is named."""
	frappe.has_permission("Courier Handover", "read", throw=True)
	_check_is_of_stock()
	return waiting.waiting_here(text)


@frappe.whitelist(methods=["GET"])
@border.checked()
def modes_of_payment() -> list[str]:
	"""How may be paid at the counter: those of cash first."""
	frappe.has_permission("Courier Handover", "read", throw=True)
	return shown.modes_of_payment()


@frappe.whitelist(methods=["POST"])
@border.checked(
	boxes=border.names,
	receiver=border.short_text,
	signature=border.anything,
	code=border.short_text,
	device=border.short_text,
	money=border.mapping,
)
def hand_out(
	key: str,
	boxes: list[str],
	receiver: str,
	signature: str = "",
	code: str = "",
	device: str = "",
	money: dict | str | None = None,
) -> HandedOut:
	"""Boxes of one address are fetched: their Delivery Note is made and submitted, and each is proved.

	``money``: what was paid for all of them, as in `delivery.api.prove_delivery`.
	"""
	frappe.has_permission("Courier Handover", "read", throw=True)
	_check_is_of_stock()
	drawn = pictures.checked_picture("Signature", signature)
	taker = Taker(receiver, drawn, code, device, phone_receipt.read_money(money))

	def work() -> HandedOut:
		document = handing.hand_out(boxes, taker)
		return {"boxes": sorted({*boxes}), "document": document, "receiver": receiver}

	return retry.from_a_fresh_transaction(lambda: done_once(key, "collection.hand_out", work))


def _check_is_of_stock() -> None:
	"""In which warehouses is looked at with the stored boxes."""
	if not permissions.is_of_stock():
		refuse(RuleViolation("not_of_stock"))
