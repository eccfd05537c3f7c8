"""The Pick Lists and Delivery Notes of one order."""

from dataclasses import dataclass

import frappe


@dataclass(frozen=True, slots=True)
class PickListOfOrder:
	"""A Pick List that names the order. ``is_shared``: it names other orders, too."""

	name: str
	is_draft: bool
	is_shared: bool


def lists_of(order: str) -> list[PickListOfOrder]:
	"""The drafts and submitted Pick Lists that pick for an order, by name; a locking read."""
	rows = frappe.db.sql(
		"""select row.parent, row.docstatus, row.sales_order from `tabPick List Item` row
		where row.docstatus < 2 and row.parent in (
			select mine.parent from `tabPick List Item` mine
			where mine.sales_order = %(order)s and mine.docstatus < 2)
		order by row.parent for update""",
		{"order": order},
	)
	found: dict[str, tuple[bool, set[str]]] = {}
	for name, docstatus, named in rows:
		found.setdefault(name, (docstatus == 0, set()))[1].add(named)
	return [PickListOfOrder(name, is_draft, named != {order}) for name, (is_draft, named) in found.items()]


def warehouses_on_draft_notes(order: str) -> dict[str, str]:
	"""{warehouse: a draft Delivery Note of the order that takes goods from it}; a locking read."""
	rows = frappe.db.sql(
		"""select row.warehouse, row.parent from `tabDelivery Note Item` row
		join `tabDelivery Note` note on note.name = row.parent and note.is_return = 0
		where row.against_sales_order = %s and row.docstatus = 0 order by row.parent desc for update""",
		order,
	)
	return dict(rows)
