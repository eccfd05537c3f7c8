"""What proofs say of money."""

from collections.abc import Sequence

import frappe
from frappe.utils import flt

from sales_wh_flow.base import said
from sales_wh_flow.door_money.answers import TakenAtDoor
from sales_wh_flow.door_money.rules.allocate import MoneyOfProof

_ROWS = """select proof.name proof, proof.box, coalesce(proof.customer_name, '') customer_name,
	proof.to_collect, proof.money_taken taken, coalesce(proof.mode_of_payment, '') mode_of_payment,
	coalesce(proof.money_reference, '') reference, coalesce(proof.money_reason, '') reason,
	coalesce(driver.full_name, proof.taken_by, proof.actor) who, proof.happened_on,
	company.default_currency currency,
	coalesce(payment.name, '') payment_entry, coalesce(payment.docstatus, 0) payment_docstatus
	from `tabDelivery Proof` proof join `tabCompany` company on company.name = proof.company
	left join `tabUser` driver on driver.name = coalesce(proof.taken_by, proof.actor)
	left join `tabPayment Entry` payment on payment.name = proof.payment_entry and payment.docstatus < 2
	where coalesce(proof.replaced_by, '') = '' and (proof.to_collect > 0 or proof.money_taken > 0)"""


def said_of_handover(handover: str) -> list[TakenAtDoor]:
	"""What proofs of its boxes say of money, by box; one statement."""
	return _rows("and proof.handover = %s", handover)


def said_of_order(order: str) -> list[TakenAtDoor]:
	"""As ``said_of_handover``, of boxes that hold goods of an order."""
	return _rows(
		"""and proof.box in (select content.parent from `tabOrder Box Item` content
			where content.sales_order = %s and content.parenttype = 'Order Box')""",
		order,
	)


def _rows(condition: str, value: str) -> list[TakenAtDoor]:
	rows = frappe.db.sql(f"{_ROWS} {condition} order by proof.box", value, as_dict=True)
	said.word_rows(rows, "reference", "reason")
	return rows


def orders_of_proofs(proofs: Sequence[str]) -> list[str]:
	"""The orders whose goods lay in the boxes of these proofs, by name; one statement, none for none."""
	if not proofs:
		return []
	rows = frappe.db.sql(
		"""select distinct row.sales_order from `tabDelivery Proof Item` row
		where row.parent in %s and row.parenttype = 'Delivery Proof' order by row.sales_order""",
		(tuple(proofs),),
	)
	return [row[0] for row in rows if row[0]]


def hold_proofs(proofs: Sequence[str]) -> tuple[list[MoneyOfProof], dict[str, str], dict[str, str]]:
	"""(what was taken, {proof: the Payment Entry it is in}, {proof: the one that replaced it}) of proofs.

	They are locked, their orders were before. Two statements, none for none.
	"""
	if not proofs:
		return [], {}, {}
	held = frappe.db.sql(
		"""select proof.name, proof.company, proof.customer, coalesce(proof.mode_of_payment, ''),
			coalesce(proof.money_reference, ''), proof.money_taken, coalesce(payment.name, ''),
			coalesce(proof.replaced_by, ''), proof.to_collect
		from `tabDelivery Proof` proof force index (primary)
		left join `tabPayment Entry` payment on payment.name = proof.payment_entry and payment.docstatus < 2
		where proof.name in %s order by proof.name for update""",
		(tuple(proofs),),
	)
	orders: dict[str, dict[str, bool]] = {}
	for proof, order, is_paid_there in frappe.db.sql(
		"""select distinct row.parent, sales.name, sales.swf_cod from `tabDelivery Proof Item` row
		join `tabSales Order` sales on sales.name = row.sales_order
		where row.parent in %s and row.parenttype = 'Delivery Proof' order by sales.name""",
		(tuple(proofs),),
	):
		orders.setdefault(proof, {})[order] = bool(is_paid_there)
	rows = []
	for name, company, customer, mode, slip, amount, _payment, _later, due in held:
		inside = orders.get(name, {})
		paid_orders = tuple(order for order, is_paid_there in inside.items() if is_paid_there)
		what = (name, company, customer, mode, said.worded(slip), flt(amount))
		rows.append(MoneyOfProof(*what, tuple(inside), flt(due), paid_orders))
	return rows, {row[0]: row[6] for row in held if row[6]}, {row[0]: row[7] for row in held if row[7]}


def in_payment(payment: str) -> float:
	"""What proofs say was taken that a Payment Entry, which is locked, was made of."""
	rows = frappe.db.sql(
		"""select sum(money_taken) from `tabDelivery Proof`
		where payment_entry = %s and coalesce(replaced_by, '') = '' lock in share mode""",
		payment,
	)
	return flt(rows[0][0])
