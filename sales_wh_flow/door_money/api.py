"""What the desk and other programs may call about money that was taken at doors."""

import frappe

from sales_wh_flow.base import border, retry
from sales_wh_flow.base.once import done_once
from sales_wh_flow.door_money import hand_in as handing_in
from sales_wh_flow.door_money import shown
from sales_wh_flow.door_money.answers import HandedIn, MoneyOfHandover
from sales_wh_flow.door_money.store import taken


@frappe.whitelist(methods=["GET"])
@border.checked(handover=border.name)
def money_of_handover(handover: str) -> MoneyOfHandover:
	"""What was taken for the boxes of a hand-over, and what is still to be collected."""
	frappe.get_doc("Courier Handover", handover).check_permission("read")
	return shown.money_of_handover(handover)


@frappe.whitelist(methods=["POST"])
@border.checked(proofs=border.names, payment_entry=border.name)
def hand_in(proofs: list | str, key: str, payment_entry: str = "") -> HandedIn:
	"""The money of these Delivery Proofs was handed in: Payment Entries are made of it, or ``payment_entry``
	holds it, which somebody made by hand.
	"""
	frappe.has_permission("Payment Entry", "create", throw=True)
	for name in proofs:
		proof = frappe.get_doc("Delivery Proof", name)
		proof.check_permission("read")
		frappe.has_permission("Customer", "read", doc=proof.customer, throw=True)
	orders = taken.orders_of_proofs(proofs)

	def work() -> HandedIn:
		if payment_entry:
			return handing_in.say_booked(proofs, orders, payment_entry)
		return handing_in.hand_in(proofs, orders)

	return retry.from_a_fresh_transaction(lambda: done_once(key, "door_money.hand_in", work))
