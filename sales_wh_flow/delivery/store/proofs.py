"""Proofs of deliveries, and what they say of the rows of a box."""

from collections.abc import Iterable
from datetime import datetime

import frappe
from frappe.utils import now

from sales_wh_flow.base import bulk
from sales_wh_flow.delivery.answers import MoneyInHand
from sales_wh_flow.delivery.rules.receipt import RowReceipt

COURIER_SAYS_SO = """select 1 from `tabBox Event` event
	join `tabCourier Event` word on word.name = event.courier_event
	where event.box = box.name and event.state = 'Delivered'
		and (word.signature_ok = 1 or word.road = 'Asked')"""
"""A courier's own word that ``box`` was delivered: signed, or the answer to our question. The status of a
Shipment is neither: whoever may write one can type it.
"""


def note_of_box(box: str) -> str | None:
	"""The Delivery Note of a box, read plainly; whoever decides locks it and then the box."""
	rows = frappe.db.sql("select delivery_note from `tabOrder Box` where name = %s", box)
	return rows[0][0] if rows else None


def rows_of_box(box: str) -> list[dict]:
	"""What lies in a box that is locked, in its order."""
	return frappe.db.sql(
		"""select name, sales_order, sales_order_item, item_code, item_name, batch_no, serial_nos, qty_stock,
			stock_uom
		from `tabOrder Box Item` where parent = %s and qty_stock > 0 order by idx lock in share mode""",
		box,
		as_dict=True,
	)


def holding(box: str) -> str | None:
	"""The proof that says what became of a box; None after failed attempts alone. The box is locked."""
	rows = frappe.db.sql(
		"""select name from `tabDelivery Proof`
		where box = %s and coalesce(replaced_by, '') = '' and outcome <> 'Failed Attempt'
		order by creation desc limit 1 lock in share mode""",
		box,
	)
	return rows[0][0] if rows else None


def hold_proof(name: str) -> str | None:
	"""The proof is locked; what it was replaced by, if it was."""
	rows = frappe.db.sql("select replaced_by from `tabDelivery Proof` where name = %s for update", name)
	return rows[0][0] if rows else None


def replace_proof(old: str, new: str) -> None:
	"""The old proof holds no more."""
	frappe.db.sql(
		"update `tabDelivery Proof` set replaced_by = %s, modified = %s where name = %s", (new, now(), old)
	)
	bulk.forget_cached("Delivery Proof", [old])


def payment_of(name: str) -> tuple[str | None, str | None]:
	"""(the Payment Entry that was made of the money of a proof, the same unless it was cancelled); the proof
	is locked.
	"""
	rows = frappe.db.sql(
		"""select proof.payment_entry, payment.name from `tabDelivery Proof` proof
		left join `tabPayment Entry` payment on payment.name = proof.payment_entry and payment.docstatus < 2
		where proof.name = %s lock in share mode""",
		name,
	)
	return rows[0] if rows else (None, None)


def set_photo(name: str, address: str) -> None:
	"""The address of a proof's photo is written; one statement."""
	frappe.db.sql("update `tabDelivery Proof` set photo = %s where name = %s", (address, name))
	bulk.forget_cached("Delivery Proof", [name])


def write_rows(rows: Iterable[RowReceipt]) -> None:
	"""What the receiver took and refused stands on the rows of the box; three statements, however many."""
	found = list(rows)
	bulk.set_each("Order Box Item", "accepted_qty", {row.row: row.accepted_qty for row in found})
	bulk.set_each("Order Box Item", "refused_qty", {row.row: row.refused_qty for row in found})
	bulk.set_each("Order Box Item", "refused_reason", {row.row: row.reason or None for row in found})


def proved(boxes: Iterable[str]) -> list[str]:
	"""Those of the boxes that a proof says were received or refused, as last committed; one statement, none
	for none.
	"""
	names = tuple(sorted(set(boxes)))
	if not names:
		return []
	rows = frappe.db.sql(
		"""select distinct box from `tabDelivery Proof` where box in %s
			and coalesce(replaced_by, '') = '' and outcome <> 'Failed Attempt' order by box
			lock in share mode""",
		(names,),
	)
	return [row[0] for row in rows]


def unproved(boxes: Iterable[str]) -> list[str]:
	"""Those of the boxes of which neither a proof nor their courier says they arrived; one statement."""
	names = tuple(sorted(set(boxes)))
	if not names:
		return []
	rows = frappe.db.sql(
		f"""select box.name from `tabOrder Box` box where box.name in %s and not exists (
			select 1 from `tabDelivery Proof` proof where proof.box = box.name
				and coalesce(proof.replaced_by, '') = '' and proof.outcome <> 'Failed Attempt')
		and not exists ({COURIER_SAYS_SO}) order by box.name""",
		(names,),
	)
	return [row[0] for row in rows]


def set_payment(names: Iterable[str], entry: str | None) -> None:
	"""The money of these proofs, which are locked, was handed in with a Payment Entry; none for none."""
	held = tuple(names)
	if held:
		frappe.db.sql(
			"update `tabDelivery Proof` force index (primary) set payment_entry = %s where name in %s",
			(entry, held),
		)
		bulk.forget_cached("Delivery Proof", held)


def replace_payment(old: str, new: str | None) -> None:
	"""The proofs that a Payment Entry was made of follow the one that amends it; None: it is deleted."""
	rows = frappe.db.sql("select name from `tabDelivery Proof` where payment_entry = %s for update", old)
	set_payment([row[0] for row in rows], new)


def money_in_hand(user: str, since: datetime) -> list[MoneyInHand]:
	"""What somebody took at doors since then and has not handed in; one statement."""
	return frappe.db.sql(
		"""select proof.mode_of_payment, company.default_currency currency, sum(proof.money_taken) amount
		from `tabDelivery Proof` proof join `tabCompany` company on company.name = proof.company
		left join `tabPayment Entry` payment on payment.name = proof.payment_entry and payment.docstatus < 2
		where proof.taken_by = %s and proof.recorded_on >= %s and proof.money_taken > 0
			and coalesce(proof.replaced_by, '') = '' and payment.name is null
		group by proof.mode_of_payment, company.default_currency order by 1, 2""",
		(user, since),
		as_dict=True,
	)
