"""What has to be undone to open an order again, who may do each, and what can't be undone and why."""

from collections.abc import Iterator, Mapping

import frappe
from frappe import _
from frappe.utils import cint, getdate

from sales_wh_flow.base import named, said
from sales_wh_flow.base.may import may
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import text_of
from sales_wh_flow.packing import empty_box
from sales_wh_flow.returns import release_payment
from sales_wh_flow.returns.answers import ReopeningPlan, UndoStepShown
from sales_wh_flow.returns.rules import reopening
from sales_wh_flow.returns.rules.reopening import Paper, UndoStep
from sales_wh_flow.returns.store import order_papers, reopenings


def papers_of(order: str, choices: Mapping[str, str] | None = None) -> list[Paper]:
	"""Everything that was made from the order, with what keeps it from being undone; ``choices``: of its
	payments, {name: UNLINK or KEEP}.
	"""
	return [
		Paper(
			doctype,
			name,
			docstatus,
			tuple(_blocks(doctype, name, docstatus, order, choices or {})),
			_payments(doctype, name, docstatus),
		)
		for doctype, name, docstatus in order_papers.papers_of_order(order)
	]


def orders_taken_back(orders: list[str]) -> list[str]:
	"""Hook swf_orders_taken_back."""
	return reopenings.orders_of_unfinished(orders)


def what_keeps_the_order(order: str, back_to: str, choices: Mapping[str, str]) -> Iterator[RuleViolation]:
	"""What keeps the order itself from being cancelled, where it goes back further than to be picked."""
	if back_to == reopening.TO_PICK:
		return
	where = {"doctype": "Sales Order", "name": order}
	held = order_papers.what_holds_an_order(order)
	if held:
		yield RuleViolation("held_by_documents", **where, documents=tuple(held[:5]))
	advances = release_payment.advances_in_the_way(order)
	left = tuple((kind, name) for kind, name in advances if name not in choices)
	if left:
		yield RuleViolation("order_is_paid", order=order, payments=left)


def _payments(doctype: str, name: str, docstatus: int) -> tuple[tuple[str, str], ...]:
	is_bill = doctype == "Sales Invoice" and docstatus == 1
	return tuple(order_papers.payments_of(name)) if is_bill else ()


def read_plan(order) -> ReopeningPlan:
	"""What would be undone to open an order again, back to *To Pick*; read only."""
	papers = papers_of(order.name)
	blocks = {(it.doctype, it.name): it.blocks for it in papers}
	steps = [
		_shown(step, blocks[step.doctype, step.name])
		for step in reopening.reopening_steps(order.name, papers, reopening.TO_PICK)
	]
	may_cancel = may(order, "cancel")
	paid = dict.fromkeys(payment for it in papers for payment in it.payments)
	advances = release_payment.advances_in_the_way(order.name)
	unfinished = reopenings.unfinished(order.name)
	found = ["state", "back_to", "stopped_by", "actor"]
	record = frappe._dict()
	if unfinished:
		record = frappe.db.get_value("Order Reopening", unfinished, found, as_dict=True)
	return {
		"touched": bool(papers or advances),
		"unfinished": unfinished,
		"back_to": record.back_to,
		"state": record.state,
		"stopped_by": said.worded(record.stopped_by),
		"asked_by": frappe.utils.get_fullname(record.actor) if unfinished else "",
		"new_order": _new_order(order),
		"steps": steps,
		"payments": [
			{
				"document_type": kind,
				"document_name": _seen(kind, name),
				"may": release_payment.may_take_off(kind, name),
				"choices": list(release_payment.choices_for(kind, name)),
				"of_order_alone": (kind, name) not in paid,
			}
			for kind, name in dict.fromkeys((*paid, *advances))
		],
		"holds_order": _holders(order.name) if papers or advances else [],
		"may_start": bool(papers) and may_cancel and all(it["may"] and not it["blocks"] for it in steps),
		"may_cancel": may_cancel,
	}


def _new_order(order) -> str | None:
	"""The order that was written in the place of a cancelled one, for who may read it."""
	if not order.docstatus.is_cancelled():
		return None
	found = frappe.get_list("Sales Order", {"amended_from": order.name, "docstatus": ("<", 2)}, pluck="name")
	return found[0] if found else None


def _holders(order: str) -> list[str]:
	"""The names of what holds the order, as far as the reader may know them."""
	seen = [_seen(*it) for it in order_papers.what_holds_an_order(order)]
	return list(dict.fromkeys(name or _("(hidden from you)") for name in seen))


def _seen(doctype: str, name: str) -> str:
	"""The name of a document, empty where the reader may not read it."""
	shown = named.shown_to_reader({"doctype": doctype, "name": name})["name"]
	return name if shown == name else ""


def _shown(step: UndoStep, blocks: tuple[RuleViolation, ...]) -> UndoStepShown:
	return {
		"action": step.action,
		"document_type": step.doctype,
		"document_name": _seen(step.doctype, step.name),
		"may": may_do(step),
		"who": [_(role) for role in _who(step)],
		"blocks": [text_of(it) for it in blocks],
	}


def may_do(step: UndoStep) -> bool:
	"""Whether the session's user may do a step himself."""
	if step.action == reopening.AMEND:
		return bool(frappe.has_permission("Sales Order", "create"))
	if step.action in reopening.PAYMENT_CHOICES:
		return release_payment.may_take_off(step.doctype, step.name)
	if step.action == reopening.EMPTY:
		return empty_box.may_empty(step.name)
	right = "cancel" if step.action == reopening.CANCEL else "delete"
	return bool(frappe.has_permission(step.doctype, right, doc=step.name))


def _who(step: UndoStep) -> list[str]:
	right = "cancel" if step.action == reopening.CANCEL else "delete"
	doctype = step.doctype
	if step.action == reopening.EMPTY:  # whoever may write Pick Lists packs and unpacks
		right, doctype = "write", "Pick List"
	permissions = frappe.get_meta(doctype).permissions
	return sorted({row.role for row in permissions if row.get(right) and not cint(row.permlevel)})


def _blocks(
	doctype: str, name: str, docstatus: int, order: str, choices: Mapping[str, str]
) -> Iterator[RuleViolation]:
	where = {"doctype": doctype, "name": name}
	others = order_papers.other_orders(doctype, name, order)
	if others:
		yield RuleViolation("paper_of_other_orders", **where, orders=tuple(others[:5]))
	if doctype == "Order Box":
		handover = order_papers.open_handover_of(name)
		if handover:
			yield RuleViolation("box_in_open_handover", box=name, handover=handover)
	if docstatus == 1 and doctype in ("Sales Invoice", "Delivery Note"):
		fields = ["company", "posting_date", "is_return"]
		fields += ["swf_delivered_on"] if doctype == "Delivery Note" else []
		doc = frappe.db.get_value(doctype, name, fields, as_dict=True)
		yield from _closed(doctype, doc, where)
		if doc.is_return:
			yield RuleViolation("goods_came_back", **where)
		elif doctype == "Sales Invoice":
			yield from _paid(name, where, choices)
		else:
			yield from _gone(name, doc, where)


def _closed(doctype: str, doc, where: dict) -> Iterator[RuleViolation]:
	period = order_papers.closed_by(doc.company, doctype, doc.posting_date)
	frozen = max((getdate(day) for day in _frozen_until(doctype, doc.company) if day), default=None)
	if period or (frozen and getdate(doc.posting_date) <= frozen):
		by = period or str(frozen)
		yield RuleViolation("period_is_closed", **where, day=getdate(doc.posting_date), period=by)


def _frozen_until(doctype: str, company: str) -> tuple:
	"""Up to which days nothing is booked: accounts (ERPNext 16 asks the company) and stock."""
	accounts = frappe.get_cached_doc("Accounts Settings").get("acc_frozen_upto")
	of_company = frappe.get_cached_doc("Company", company).get("accounts_frozen_till_date")
	stock = frappe.get_cached_doc("Stock Settings").get("stock_frozen_upto")
	return (accounts, of_company, stock if doctype == "Delivery Note" else None)


def _paid(name: str, where: dict, choices: Mapping[str, str]) -> Iterator[RuleViolation]:
	"""ERPNext unlinks payments, and they stay as an advance, only where the company has chosen that."""
	credits = order_papers.credit_notes_of(name)
	if credits:
		notes = tuple(("Sales Invoice", it) for it in credits)
		yield RuleViolation("held_by_documents", **where, documents=notes)
	unlinks = frappe.db.get_single_value("Accounts Settings", "unlink_payment_on_cancellation_of_invoice")
	payments = [] if cint(unlinks) else order_papers.payments_of(name)
	left = tuple((kind, payment) for kind, payment in payments if payment not in choices)
	if left:
		yield RuleViolation("invoice_is_paid", **where, payments=left)


def _gone(name: str, doc, where: dict) -> Iterator[RuleViolation]:
	if doc.swf_delivered_on:
		yield RuleViolation("customer_has_goods", **where)
	boxes = order_papers.boxes_that_left(name)
	if boxes:
		yield RuleViolation("boxes_have_left", **where, boxes=tuple(boxes[:5]))
	held = order_papers.what_holds_a_note(name)
	if held:
		yield RuleViolation("held_by_documents", **where, documents=tuple(held))
