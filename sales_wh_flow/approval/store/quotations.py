"""Quotations as approval rules see them, and what their approvals say of the orders made from them."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import flt

from sales_wh_flow.approval.rules.facts import ApprovalFacts
from sales_wh_flow.approval.rules.needs import APPROVED
from sales_wh_flow.approval.store import credit, gate
from sales_wh_flow.approval.store.requests import DOCTYPE
from sales_wh_flow.base.alongside import alongside

_TABLES = ("items", "taxes", "payment_schedule", "pricing_rules", "packed_items")
_OWN = ("name", "naming_series", "status", "amended_from", "docstatus")


@dataclass(frozen=True, slots=True)
class Given:
	"""An approval given for a Quotation; ``measured`` as it was shown. ``left_base``: what may still be
	ordered of it.
	"""

	quotation: str
	facts: ApprovalFacts
	measured: float
	left_base: float


def as_order(quotation: Document) -> Document:
	"""The order that the Quotation would become, in memory, under the Quotation's name; never saved.

	Alternatives are left out. A Lead or Prospect who became a customer is measured as that customer, another
	one as somebody who owes nothing and never ordered.
	"""
	order = frappe.new_doc("Sales Order")
	order.update(_common(quotation, order))
	for table in _TABLES:
		order.set(table, [])
		for row in quotation.get(table) or ():
			if not row.get("is_alternative"):
				made = order.append(table, {})
				made.update({**_common(row, made), "name": row.name})
	order.customer = _customer_of(quotation)
	order.name, order.owner, order.creation = quotation.name, quotation.owner, quotation.creation
	order.sales_partner = quotation.get("referral_sales_partner")
	order.set("__islocal", None)
	alongside(order).quotation = quotation  # whoever decides has to be able to read that
	alongside(order).recorded_rates = alongside(quotation).take("recorded_rates")
	order.add_comment = quotation.add_comment  # what is said of it stands on the Quotation
	return order


def _common(source: Any, target: Any) -> dict[str, Any]:
	fields = {df.fieldname for df in target.meta.fields if df.fieldtype not in ("Table", "Table MultiSelect")}
	known = {df.fieldname for df in source.meta.fields}
	return {field: source.get(field) for field in fields & known if field not in _OWN}


def _customer_of(quotation: Document) -> str:
	party = quotation.party_name or ""
	if quotation.quotation_to == "Customer":
		return party
	field = {"Lead": "lead_name", "Prospect": "prospect_name"}.get(quotation.quotation_to)
	return (field and party and frappe.db.get_value("Customer", {field: party})) or ""


def authors_of(quotations: Collection[str]) -> list[tuple[str, str]]:
	"""(Quotation, who made it), by name."""
	return frappe.get_all(
		"Quotation", {"name": ("in", tuple(quotations))}, ["name", "owner"], order_by="name", as_list=True
	)


def given_for(order: str, made_on: date, quotations: Collection[str]) -> list[Given]:
	"""The approvals given for these submitted Quotations; one statement. Unit: company currency.

	One that had expired when the order was ``made_on``, or is lost, gives nothing: ERPNext's own form makes
	no order of an expired one either, unless the Selling Settings let it.
	"""
	rows = frappe.db.sql(
		f"""select approval.quotation, approval.name, approval.rule, approval.fingerprint, approval.identity,
			approval.facts, approval.measured, quotation.base_net_total - coalesce((
				select sum(made.base_net_total) from `tabSales Order` made
				where made.docstatus = 1 and made.name <> %s and made.name in (
					select taken.parent from `tabSales Order Item` taken
					where taken.prevdoc_docname = quotation.name)), 0)
		from `tab{DOCTYPE}` approval join `tabQuotation` quotation on quotation.name = approval.quotation
		where quotation.name in %s and quotation.docstatus = 1 and approval.state = %s
			and quotation.status <> 'Lost' and (coalesce(quotation.valid_till, %s) >= %s or exists (
				select 1 from `tabSingles` where doctype = 'Selling Settings' and value = '1'
					and field = 'allow_sales_order_creation_for_expired_quotation'))
		order by approval.name""",
		(order, tuple(quotations), APPROVED, made_on, made_on),
	)
	return [
		Given(
			quotation,
			ApprovalFacts(
				name,
				rule,
				APPROVED,
				fingerprint,
				identity=identity or "",
				facts=tuple((key, flt(value)) for key, value in json.loads(facts)) if facts else (),
			),
			flt(measured),
			flt(left),
		)
		for quotation, name, rule, fingerprint, identity, facts, measured, left in rows
	]


def taken_meanwhile(order: str, quotations: Collection[str]) -> dict[str, float]:
	"""{Quotation: what other orders took of it after this transaction's snapshot}, in company currency.

	Whoever makes an order of a Quotation waits for the same row, and reads what is committed then; see
	``credit.submitted_meanwhile``.
	"""
	for name in sorted(quotations):
		gate.wait_for_turn(name)
	query = """select distinct taken.prevdoc_docname, made.name, made.base_net_total
		from `tabSales Order Item` taken join `tabSales Order` made on made.name = taken.parent
		where taken.prevdoc_docname in %(quotations)s and made.docstatus = 1 and made.name <> %(order)s"""
	given = {"quotations": tuple(quotations), "order": order}
	seen = {(quotation, name) for quotation, name, _worth in frappe.db.sql(query, given)}
	other = credit.second_connection()
	try:
		committed = other.sql(query, given)
	finally:
		other.close()
	found = dict.fromkeys(quotations, 0.0)
	for quotation, name, worth in committed:
		found[quotation] += 0.0 if (quotation, name) in seen else flt(worth)
	return found


def outlive_quotation(quotation: str) -> None:
	"""The Quotation is deleted: what was decided stays, without link, under its number."""
	frappe.db.sql(
		f"""update `tab{DOCTYPE}` set deleted_order = quotation, quotation = null
		where quotation = %s""",
		quotation,
	)
