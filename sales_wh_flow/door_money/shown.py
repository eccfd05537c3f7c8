"""What forms show of money that was taken at doors."""

import frappe

from sales_wh_flow.base.in_words import figure
from sales_wh_flow.delivery.rules.money import DECIMALS
from sales_wh_flow.delivery.store import handovers, proofs, to_pay
from sales_wh_flow.door_money.answers import MoneyOfHandover, TakenAtDoor
from sales_wh_flow.door_money.store import taken


def money_of_handover(handover: str) -> MoneyOfHandover:
	"""What was taken for the boxes of a hand-over, and what is still to be collected."""
	rows = taken.said_of_handover(handover)
	open_still, currency = _still_open(handover)
	return {
		"rows": _readable(rows),
		"to_collect": sum(open_still.values()),
		"currency": currency,
		"may_hand_in": bool(frappe.has_permission("Payment Entry", "create")),
	}


def manifest_money(handover: str) -> dict:
	"""What is collected with a hand-over, for its prints.

	Shape: {"boxes": {box: what its receiver still has to pay}, "collect": all of that, "taken": what was paid
	so far}, as texts; "" for nothing.
	"""
	open_still, currency = _still_open(handover)
	paid = sum(row["taken"] for row in taken.said_of_handover(handover))

	def text(amount: float) -> str:
		return f"{currency} {figure(amount, DECIMALS)}" if amount else ""

	return {
		"boxes": {box: text(amount) for box, amount in open_still.items() if amount},
		"collect": text(sum(open_still.values())),
		"taken": text(paid),
	}


def _still_open(handover: str) -> tuple[dict[str, float], str]:
	"""({box: what is to be collected for it}, of those of which nothing is said yet; the currency)."""
	boxes = [row.box for row in handovers.boxes_in(handover)]
	owed = to_pay.still_to_collect(boxes)
	answered = set(proofs.proved(owed))
	open_still = {box: amount for box, (amount, _currency) in owed.items() if box not in answered}
	return open_still, next((currency for _amount, currency in owed.values()), "")


def money_of_order(order: str) -> list[TakenAtDoor]:
	"""What was taken for the boxes of an order."""
	return _readable(taken.said_of_order(order))


def _readable(rows: list[TakenAtDoor]) -> list[TakenAtDoor]:
	"""The Payment Entries are named to who may read them."""
	if not frappe.has_permission("Payment Entry", "read"):
		for row in rows:
			row["payment_entry"] = "•" if row["payment_entry"] else ""
	return rows
