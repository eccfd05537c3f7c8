"""New Order Approvals, and new numbers in those that are open: a statement for all of them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import now, now_datetime

from sales_wh_flow.approval.rules.facts import ApprovalNeed, OrderFacts
from sales_wh_flow.approval.rules.measure import AMOUNT
from sales_wh_flow.approval.rules.needs import OPEN, SHADOW
from sales_wh_flow.approval.store import asked_people
from sales_wh_flow.approval.store.requests import DOCTYPE
from sales_wh_flow.base import bulk, said
from sales_wh_flow.base.hold_rows import Series
from sales_wh_flow.base.said import Kept


@dataclass(frozen=True, slots=True)
class NewApproval:
	"""An approval to be asked for: the need, the reason, and whether the author may decide."""

	need: ApprovalNeed
	reason: Kept
	allows_own_order: bool


def approvals_for(
	order: OrderFacts, new: Iterable[NewApproval], digest: str, asked_by: str
) -> list[Document]:
	"""Approvals for these needs, named, in memory; see ``insert``."""
	wanted = list(new)
	names = Series(DOCTYPE).take(len(wanted))
	return [_made(name, order, one, digest, asked_by) for name, one in zip(names, wanted, strict=True)]


def insert_approvals(approvals: list[Document]) -> None:
	"""Store new approvals with their rows: a statement for each table, whatever their number.

	Events of other apps run for each, as after an insert of its own. Nothing is left to validate: the flow
	alone writes approvals.
	"""
	rows = [row for one in approvals for row in (*one.deciders, *one.decisions)]
	for row, name in zip(rows, bulk.new_names(len(rows)), strict=True):
		row.update({"name": name, "owner": row.parent_doc.owner, "creation": row.parent_doc.creation})
	for doctype in (DOCTYPE, asked_people.DECIDERS, asked_people.DECISIONS):
		_insert(doctype, [it for it in (*approvals, *rows) if it.doctype == doctype])
	for one in approvals:
		one.set("__islocal", None)
		one.run_method("after_insert")


def _insert(doctype: str, documents: list[Document]) -> None:
	if documents:
		values = [document.get_valid_dict(convert_dates_to_str=True) for document in documents]
		bulk.insert(doctype, list(values[0]), [tuple(one.values()) for one in values])


def refresh_asked(order: OrderFacts, asked: Iterable[tuple[str, NewApproval]], digest: str) -> None:
	"""Show the order's present numbers in approvals that are open: (name, what is asked now). One statement,
	none for none.
	"""
	values = {name: figures_of_needs(order, new, digest) for name, new in asked}
	if not values:
		return
	fields = next(iter(values.values()))
	cases = " ".join("when %s then %s" for _ in values)
	sets = ", ".join(f"`{field}` = case name {cases} end" for field in fields)
	numbers = [part for field in fields for name, row in values.items() for part in (name, row[field])]
	frappe.db.sql(
		f"""update `tab{DOCTYPE}` force index (primary)
		set {sets}, modified = %s, modified_by = %s where name in %s""",
		(*numbers, now(), frappe.session.user, tuple(values)),
	)


def _made(name: str, order: OrderFacts, new: NewApproval, digest: str, asked_by: str) -> Document:
	need = new.need
	doc = frappe.get_doc(
		{
			"doctype": DOCTYPE,
			"sales_order": order.name,
			"customer": order.customer,
			"company": order.company,
			"state": SHADOW if need.is_shadow else OPEN,
			"rule": need.rule,
			"approver_role": need.approver_role,
			"rule_version": need.rule_version,
			**figures_of_needs(order, new, digest),
			"requested_by": asked_by,
			"requested_on": now_datetime(),
		}
	)
	doc.name = name
	doc.set("__islocal", True)  # only what is new gets its owner and creation
	doc.set_user_and_timestamp()
	return doc


def figures_of_needs(order: OrderFacts, new: NewApproval, digest: str) -> dict[str, Any]:
	"""The fields of an approval that say why it is asked, by which figures. Amounts in company currency."""
	need = new.need
	return {
		"criterion": need.criterion,
		"allow_own_order": int(new.allows_own_order),
		"reason": said.checked_code(new.reason),
		"measured": need.measured,
		"allowed": need.allowed,
		"unit": order.company_currency if need.unit == AMOUNT else need.unit,
		"order_value": need.amount_base,
		"fingerprint": digest,
		"identity": need.identity,
		"facts": json.dumps(need.facts) if need.facts else "",
	}
