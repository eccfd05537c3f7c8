"""What forms show of money that was taken at doors."""

import frappe

from sales_wh_flow.delivery.store import handovers, proofs, to_pay
from sales_wh_flow.door_money.answers import MoneyOfHandover, TakenAtDoor
from sales_wh_flow.door_money.store import taken


def money_of_handover(handover: str) -> MoneyOfHandover:
	"""What was taken for the boxes of a hand-over, and what is still to be collected."""
	rows = taken.said_of_handover(handover)
	owed = to_pay.still_to_collect(row.box for row in handovers.boxes_in(handover))
	answered = set(proofs.proved(owed))
	open_still = {box: amount for box, (amount, _currency) in owed.items() if box not in answered}
	currencies = [row["currency"] for row in rows] + [currency for _amount, currency in owed.values()]
	return {
		"rows": _readable(rows),
		"to_collect": sum(open_still.values()),
		"currency": currencies[0] if currencies else "",
		"may_hand_in": bool(frappe.has_permission("Payment Entry", "create")),
	}


def money_of_order(order: str) -> list[TakenAtDoor]:
	"""What was taken for the boxes of an order."""
	return _readable(taken.said_of_order(order))


def _readable(rows: list[TakenAtDoor]) -> list[TakenAtDoor]:
	"""The Payment Entries are named to who may read them."""
	if not frappe.has_permission("Payment Entry", "read"):
		for row in rows:
			row["payment_entry"] = "•" if row["payment_entry"] else ""
	return rows
