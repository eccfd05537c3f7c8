"""A bundle leaves with the components that its order was locked with, not with fewer.

ERPNext packs what the Product Bundle says on the day of the note, and nothing where it was disabled since the
order: the order would be delivered, its goods still on the shelf and locked for it.
"""

from collections.abc import Iterable

import frappe
from frappe.utils import cint

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_less, rounded
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import STOCK_LOCK, is_on
from sales_wh_flow.dispatch.store import ordered_parts


def check_bundles_are_whole(doc) -> None:
	"""Before a Delivery Note, or an invoice that moves stock, is submitted.

	One statement, none for a document without bundles and services. Raises: ValidationError naming row,
	component and both quantities.
	"""
	moves = doc.doctype == "Delivery Note" or cint(doc.get("update_stock"))
	if not is_on(STOCK_LOCK) or not moves or doc.get("is_return"):
		return
	rows = {row.name: row for row in doc.items if row.get("so_detail") and _may_be_bundle(row)}
	refuse(_violations(rows, doc.get("packed_items") or ()))


def _may_be_bundle(row) -> bool:
	"""ERPNext lets no item that is kept in stock stand for others."""
	return not cint(frappe.get_cached_value("Item", row.item_code, "is_stock_item"))


def _violations(rows: dict, packed: Iterable) -> list[RuleViolation]:
	sent: dict[tuple[str, str], float] = {}
	for part in packed:
		key = (part.parent_detail_docname, part.item_code)
		sent[key] = rounded(sent.get(key, 0.0) + part.qty)
	parts = ordered_parts.parts_of(row.so_detail for row in rows.values())
	found = []
	for row in rows.values():
		for part in parts.get(row.so_detail, ()):
			needed = rounded(part.qty_each * row.stock_qty)
			there = sent.get((row.name, part.item_code), 0.0)
			if is_less(there, needed):
				where = {"idx": row.idx, "bundle": row.item_code, "order": part.order}
				figures = {"item": part.item_code, "there": there, "needed": needed}
				found.append(RuleViolation("bundle_packs_less", **where, **figures))
	return found
