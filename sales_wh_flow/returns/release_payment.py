"""Take a payment off the invoices of an order that is opened again; it stays as it was booked itself."""

import frappe
from frappe.utils import cint, flt

from erpnext.accounts.utils import reconcile_against_document

from sales_wh_flow.base.quantities import is_positive
from sales_wh_flow.returns.rules.reopening import KEEP, PAYMENT_CHOICES, UNLINK, UndoStep
from sales_wh_flow.returns.store import order_papers


def may_take_off(doctype: str, name: str) -> bool:
	"""Whether the session's user may unlink payments by hand, and read this one."""
	return bool(
		frappe.has_permission("Unreconcile Payment", "submit")
		and frappe.has_permission(doctype, "read", doc=name)
	)


def choices_for(doctype: str, name: str) -> tuple[str, ...]:
	"""A Journal Entry is no advance of an order by itself: who booked it decides what it is. What a payment
	is an advance of already, ERPNext 15 would count twice.
	"""
	is_free = doctype == "Payment Entry" and not order_papers.orders_paid_by(name)
	return PAYMENT_CHOICES if is_free else (UNLINK,)


def advances_in_the_way(order: str) -> list[tuple[str, str]]:
	"""(doctype, name) of what was paid for the order itself and keeps ERPNext from cancelling it; none where
	the company lets ERPNext unlink advances by itself.
	"""
	unlinks = frappe.db.get_single_value(
		"Accounts Settings", "unlink_advance_payment_on_cancelation_of_order"
	)
	return [] if cint(unlinks) else order_papers.advances_of(order)


def take_off(step: UndoStep, order: str, *, from_order: bool = False) -> None:
	"""Do it, by ERPNext's own Unreconcile Payment; done before, nothing is done. ``from_order``: the order
	itself is going to be cancelled.
	"""
	taken = _unlink(step.doctype, step.name, order, from_order)
	if step.action == KEEP and is_positive(taken) and KEEP in choices_for(step.doctype, step.name):
		_keep_with_order(step.name, order)


def _unlink(doctype: str, name: str, order: str, from_order: bool) -> float:
	"""What was taken off the order's invoices, in the currency of the account."""
	payment = frappe.get_doc(doctype, name)
	bills = {
		made for kind, made, _docstatus in order_papers.papers_of_order(order) if kind == "Sales Invoice"
	}
	if from_order:
		bills.add(order)
	undoing = frappe.new_doc("Unreconcile Payment")
	undoing.update({"company": payment.company, "voucher_type": doctype, "voucher_no": name})
	found = [it for it in undoing.get_allocations_from_payment() if it.reference_name in bills]
	found = [it for it in found if is_positive(flt(it.allocated_amount))]
	for it in found:
		undoing.append("allocations", it)
	if found:
		undoing.insert()
		undoing.submit()
	return sum(flt(it.allocated_amount) for it in found)


def _keep_with_order(name: str, order: str) -> None:
	"""Allocate what the payment has free to the order, as ERPNext's reconciliation does."""
	payment, doc = frappe.get_doc("Payment Entry", name), frappe.get_doc("Sales Order", order)
	total = flt(doc.rounded_total) or flt(doc.grand_total)
	amount = min(flt(payment.unallocated_amount), total - flt(doc.advance_paid))
	if not is_positive(amount):
		return
	reconcile_against_document(
		[
			frappe._dict(
				voucher_type="Payment Entry",
				voucher_no=name,
				voucher_detail_no=None,
				against_voucher_type="Sales Order",
				against_voucher=order,
				account=payment.paid_from,
				exchange_rate=payment.source_exchange_rate,
				party_type=payment.party_type,
				party=payment.party,
				is_advance="Yes",
				dr_or_cr="credit_in_account_currency",
				unreconciled_amount=flt(payment.unallocated_amount),
				unadjusted_amount=flt(payment.unallocated_amount),
				allocated_amount=amount,
				grand_total=total,
				outstanding_amount=total - flt(doc.advance_paid),
				difference_amount=0,
				cost_center=payment.cost_center,
			)
		]
	)
	doc.reload().set_total_advance_paid()
	writes = getattr(payment.reload(), "make_advance_payment_ledger_entries", None)
	if writes and not is_positive(flt(doc.reload().advance_paid)):
		# ERPNext up to 15.7x writes the ledger of advances only when a payment is submitted.
		writes()
		doc.set_total_advance_paid()
