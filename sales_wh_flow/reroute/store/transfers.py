"""Transfers that bring an order's goods to the warehouse it is sent from."""

from collections.abc import Iterable
from dataclasses import dataclass

import frappe
from frappe.model.document import Document
from frappe.utils import flt

_OF_ORDER = """
select row.name, row.parent, row.docstatus, doc.status, row.sales_order_item, row.item_code,
	row.from_warehouse, row.warehouse, row.stock_qty, row.ordered_qty
from `tabMaterial Request Item` row
join `tabMaterial Request` doc on doc.name = row.parent and doc.material_request_type = 'Material Transfer'
join `tabSales Order Item` line on line.name = row.sales_order_item
where row.sales_order = %(order)s and row.docstatus < 2 and row.from_warehouse = line.warehouse
order by row.parent, row.idx"""


@dataclass(frozen=True, slots=True)
class Request:
	"""A row of a Material Request that takes goods from where an order's line lies; in stock UOM.

	``moved_stock``: what Stock Entries have taken of it.
	"""

	name: str
	request: str
	docstatus: int
	status: str
	line: str
	item_code: str
	source: str
	target: str
	qty_stock: float
	moved_stock: float


@dataclass(frozen=True, slots=True)
class Carried:
	"""What a Stock Entry moves for an order's line. ``source``, ``target``: of the request; ``left``,
	``reached``: of the entry, which may go by a warehouse for goods in transit.
	"""

	order: str
	line: str
	item_code: str
	source: str
	target: str
	left: str
	reached: str
	qty_stock: float


def transfers_of_order(order: str) -> list[Request]:
	"""What was asked to bring an order's lines together, stopped requests too; one statement."""
	return [Request(*row) for row in frappe.db.sql(_OF_ORDER, {"order": order})]


def carried(entry: Document) -> list[Carried]:
	"""What of a Stock Entry was requested for orders: one statement, none where nothing was requested, one
	more where it ends a transfer that went by a warehouse for goods in transit.
	"""
	sent = _requested_of_sent(entry)
	rows = [
		(row, name)
		for row in entry.items
		if row.s_warehouse and (name := row.get("material_request_item") or sent.get(row.get("ste_detail")))
	]
	if not rows:
		return []
	found = frappe.db.sql(
		"""select row.name, row.sales_order, row.sales_order_item, row.from_warehouse, row.warehouse
		from `tabMaterial Request Item` row join `tabMaterial Request` doc on doc.name = row.parent
		where row.name in %s and row.sales_order_item <> '' and row.from_warehouse <> ''
			and doc.material_request_type = 'Material Transfer'""",
		(tuple({name for _row, name in rows}),),
	)
	asked = {name: about for name, *about in found}
	return [
		Carried(
			*(order, line, row.item_code, source, target),
			*(row.s_warehouse, row.t_warehouse, flt(row.transfer_qty)),
		)
		for row, name in rows
		if name in asked
		for order, line, source, target in (asked[name],)
	]


def _requested_of_sent(entry: Document) -> dict[str, str]:
	"""{row of the Stock Entry that sent the goods: row of the request}: ERPNext does not copy the request to
	the entry that receives them.
	"""
	names = {row.ste_detail for row in entry.items if row.get("ste_detail")}
	if not names:
		return {}
	return dict(
		frappe.db.sql(
			"""select name, material_request_item from `tabStock Entry Detail`
			where name in %s and material_request_item <> ''""",
			(tuple(names),),
		)
	)


def requests_made_for(order: str) -> list[str]:
	"""Draft Material Requests that the flow made for an order, of whatever kind."""
	rows = frappe.db.sql(
		"""select distinct doc.name from `tabShortage Action` deed
		join `tabMaterial Request` doc on doc.name = deed.reference_name and doc.docstatus = 0
		where deed.sales_order = %s and deed.reference_doctype = 'Material Request' order by doc.name""",
		order,
	)
	return [name for (name,) in rows]


def untouched(requests: Iterable[Request]) -> list[str]:
	"""Submitted requests of which nothing was moved yet and that are for nothing else."""
	found: dict[str, list[Request]] = {}
	for row in requests:
		if row.docstatus == 1:
			found.setdefault(row.request, []).append(row)
	if not found:
		return []
	sizes = dict(
		frappe.db.sql(
			"select parent, count(*) from `tabMaterial Request Item` where parent in %s group by parent",
			(tuple(found),),
		)
	)
	return [
		name
		for name, rows in found.items()
		if len(rows) == sizes[name] and not any(row.moved_stock for row in rows)
	]
