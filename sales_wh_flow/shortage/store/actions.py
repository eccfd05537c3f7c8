"""What was done about missing stock: an append-only ledger, one row per line and action."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import frappe
from frappe.utils import now

from sales_wh_flow.base import bulk, said
from sales_wh_flow.base.said import Kept
from sales_wh_flow.shortage.answers import ShortageDone
from sales_wh_flow.shortage.rules.ways_out import ShortLine

DOCTYPE = "Shortage Action"
_FIELDS = (
	*("name", "owner", "creation", "modified", "modified_by", "docstatus", "idx"),
	*("sales_order", "sales_order_item", "item_code", "warehouse", "action", "qty_stock"),
	*("reference_doctype", "reference_name", "new_item", "price_rule"),
	*("uom", "conversion_factor", "rate", "delivery_date"),
	*("consent_by", "consent_how", "consent_on", "reason", "actor", "happened_on"),
)


@dataclass(frozen=True, slots=True)
class Deed:
	"""One thing done for one line; quantities in stock UOM."""

	sales_order: str
	sales_order_item: str
	item_code: str
	warehouse: str
	action: str
	qty_stock: float
	reference_doctype: str | None = None
	reference_name: str | None = None
	new_item: str | None = None
	price_rule: str | None = None
	consent_by: str | None = None
	consent_how: str | None = None
	consent_on: str | None = None
	reason: Kept | None = None
	uom: str | None = None
	conversion_factor: float = 1.0
	rate: float = 0.0
	delivery_date: date | None = None


def record(deeds: Iterable[Deed]) -> None:
	"""Append the deeds as the session's user: one statement."""
	stamp, user, new = now(), frappe.session.user, list(deeds)
	bulk.insert(
		DOCTYPE,
		_FIELDS,
		[
			(
				*(name, user, stamp, stamp, user, 0, 0),
				*(deed.sales_order, deed.sales_order_item, deed.item_code, deed.warehouse),
				*(deed.action, deed.qty_stock, deed.reference_doctype, deed.reference_name),
				*(deed.new_item, deed.price_rule),
				*(deed.uom, deed.conversion_factor, deed.rate, deed.delivery_date),
				*(deed.consent_by, deed.consent_how, deed.consent_on),
				*(said.checked_code(deed.reason) or "", user, stamp),
			)
			for name, deed in zip(bulk.new_names(len(new)), new, strict=True)
		],
	)


def record_for(
	order: str,
	lines: Iterable[tuple[ShortLine, float]],
	action: str,
	made: Any = None,
) -> None:
	"""Append one deed for each (line, quantity in stock UOM); ``made``: the document that came of it."""
	record(
		Deed(
			sales_order=order,
			sales_order_item=line.order_row,
			item_code=line.item_code,
			warehouse=line.warehouse,
			action=action,
			qty_stock=qty,
			reference_doctype=made and made.doctype,
			reference_name=made and made.name,
		)
		for line, qty in lines
	)


def lines_to_tell(chosen: Iterable[tuple[ShortLine, float]]) -> list[list[Any]]:
	"""[row number, quantity, item, warehouse] of each, as it is kept."""
	return [[line.idx, qty, line.item_code, line.warehouse] for line, qty in chosen]


def forget_document(doctype: str, name: str) -> None:
	"""Deeds stay when the draft they led to is taken back; newer Frappe deletes nothing that is linked."""
	frappe.db.sql(
		f"""update `tab{DOCTYPE}` set reference_doctype = null, reference_name = null
		where reference_doctype = %s and reference_name = %s""",
		(doctype, name),
	)


def actions_of_order(order: str) -> list[ShortageDone]:
	"""What was done for an order so far, latest first."""
	return frappe.db.sql(
		f"""select sales_order_item row, item_code, action, qty_stock, reference_doctype, reference_name,
			new_item, price_rule, consent_by, consent_how, consent_on, reason,
			coalesce(person.full_name, actor) actor, happened_on
		from `tab{DOCTYPE}` done left join `tabUser` person on person.name = done.actor
		where sales_order = %s order by happened_on desc, done.name""",
		order,
		as_dict=True,
	)


def replaced_items(order: str) -> dict[str, list[str]]:
	"""{item that stands in: items it was taken for} of an order's substitutions: what must not come back."""
	rows = frappe.db.sql(
		f"""select new_item, item_code from `tab{DOCTYPE}`
		where sales_order = %s and action = 'Substitute' and new_item is not null""",
		order,
	)
	origins: dict[str, list[str]] = {}
	for new, old in rows:
		origins.setdefault(new, []).append(old)
	return origins


def outlive(order: str) -> None:
	"""The order is deleted: what was done for it stays, without link, under the order's number."""
	frappe.db.sql(
		f"update `tab{DOCTYPE}` set deleted_order = sales_order, sales_order = null where sales_order = %s",
		order,
	)
