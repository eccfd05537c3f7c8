"""What an approval is about: a Sales Order, or a Quotation, seen as the order that it becomes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import frappe
from frappe.model.document import Document

from sales_wh_flow.approval.store import links, quotations, requests
from sales_wh_flow.base import hold_rows
from sales_wh_flow.base.alongside import alongside
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.order import hold

ORDER, QUOTATION = "Sales Order", "Quotation"


@dataclass(frozen=True, slots=True)
class Subject:
	"""The document that somebody decides about."""

	doctype: str
	name: str

	def __str__(self) -> str:
		return self.name

	@property
	def is_quotation(self) -> bool:
		return self.doctype == QUOTATION


def subject_of(request) -> Subject:
	"""Of an approval, or of a row with its two links."""
	return Subject(QUOTATION, request.quotation) if request.quotation else Subject(ORDER, request.sales_order)


def subject_of_approval(approval: str) -> Subject:
	"""Raises: DoesNotExistError for an approval that is not there, or whose document is deleted."""
	found = links.links_of(approval)
	if not found:
		refuse(RuleViolation("no_such_approval", approval=approval))
	return Subject(*found)


def subject_of_order(order) -> Subject:
	"""Of an order in hand, which may be what a Quotation becomes."""
	return Subject(QUOTATION if alongside(order).quotation else ORDER, order.name)


def document_of(order) -> Document:
	"""The document that people see: the order in hand, or the Quotation that it is made of."""
	return alongside(order).quotation or order


def stored_order(about: Subject) -> Document:
	"""The order as stored."""
	if about.is_quotation:
		return quotations.as_order(frappe.get_doc(QUOTATION, about.name))
	return frappe.get_doc(ORDER, about.name)


def hold_subject(about: Subject | str) -> Document:
	"""The order, whose row is held, as last committed. ``about`` may name a Sales Order."""
	if isinstance(about, str) or not about.is_quotation:
		return hold.hold_order(about if isinstance(about, str) else about.name, for_update=True)
	return quotations.as_order(hold_rows.held_document(QUOTATION, about.name))


def hold_subject_row(about: Subject) -> None:
	"""Only that one decides about it at a time; nothing is read."""
	if about.is_quotation:
		hold_rows.hold_document_row(about.doctype, about.name)
	else:
		hold_rows.hold_order_row(about.name)


def approvals_about(about: Subject, *, for_update: bool = False) -> tuple[requests.Approval, ...]:
	"""All its approvals that count, are asked, or were refused."""
	read = requests.of_quotation if about.is_quotation else requests.approvals_of_order
	return read(about.name, for_update=for_update)


def link_to_quotation(requests: Iterable[Document], order: Document) -> None:
	"""New approvals of a Quotation name that, not an order."""
	if subject_of_order(order).is_quotation:
		for request in requests:
			request.update({"sales_order": None, "quotation": order.name})
