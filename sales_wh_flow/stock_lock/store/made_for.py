"""Which lines of Sales Orders the goods of a document were made, bought or requested for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import flt

_BRING_IN = ("Purchase Receipt", "Purchase Invoice", "Subcontracting Receipt", "Stock Entry")


@dataclass(frozen=True, slots=True)
class CameFor:
	"""What a document brings into a warehouse for one order, in stock UOM.

	``row``: the order line, or the Packed Item of a bundle's component; "" for a Work Order that names the
	order alone.
	"""

	order: str
	row: str
	item_code: str
	warehouse: str
	qty_stock: float


def what_came_for_orders(doc: Document) -> list[CameFor]:
	"""What a document that is being submitted brings in for lines of orders; one statement, none where it
	comes from no order, request or work.
	"""
	brought = _brought(doc)
	named = {(kind, name) for kind, name, *_rest in brought}
	if not named:
		return []
	parts = [_LINKS[kind] for kind in sorted({kind for kind, _name in named})]
	values = {kind: tuple(name for it, name in named if it == kind) for kind in _LINKS}
	rows = frappe.db.sql(" union all ".join(parts), values)
	lines = {(kind, name): (order, row or "") for kind, name, order, row in rows if order}
	return [
		CameFor(*lines[kind, name], item, warehouse, qty)
		for kind, name, item, warehouse, qty in brought
		if (kind, name) in lines
	]


def _brought(doc: Document) -> list[tuple[str, str, str, str, float]]:
	"""(kind of link, name, item, warehouse, quantity) of each row that comes in for something."""
	is_billed_only = doc.doctype == "Purchase Invoice" and not doc.update_stock
	if doc.doctype not in _BRING_IN or doc.get("is_return") or is_billed_only:
		return []
	if doc.doctype == "Stock Entry":
		rows = [(row, row.t_warehouse, flt(row.transfer_qty), _of_entry(doc, row)) for row in doc.items]
	else:
		rows = [(row, row.warehouse, _stock_qty(row), _of_purchase(row)) for row in doc.items]
	return [
		(*link, row.item_code, warehouse, qty) for row, warehouse, qty, link in rows if link and warehouse
	]


def _of_purchase(row: Any) -> tuple[str, str] | None:
	bought = row.get("purchase_order_item") or row.get("po_detail")
	if bought:
		return ("bought", bought)
	return ("requested", row.material_request_item) if row.get("material_request_item") else None


def _of_entry(doc: Document, row: Any) -> tuple[str, str] | None:
	if doc.get("work_order") and doc.purpose == "Manufacture":
		return ("made", doc.work_order) if row.is_finished_item else None
	return ("requested", row.material_request_item) if row.get("material_request_item") else None


def _stock_qty(row: Any) -> float:
	return flt(row.get("stock_qty")) or flt(row.qty) * (flt(row.get("conversion_factor")) or 1.0)


def orders_of_lines(came: Iterable[CameFor]) -> list[str]:
	"""The orders, sorted."""
	return sorted({it.order for it in came})


_OF_REQUEST = "left join `tabMaterial Request Item` request on request.name = made.material_request_item"

_LINKS = {
	"bought": f"""select 'bought', made.name, coalesce(nullif(made.sales_order, ''), request.sales_order),
		coalesce(nullif(made.sales_order_item, ''), nullif(made.sales_order_packed_item, ''),
			request.sales_order_item)
	from `tabPurchase Order Item` made {_OF_REQUEST} where made.name in %(bought)s""",
	"made": f"""select 'made', made.name, coalesce(nullif(made.sales_order, ''), request.sales_order),
		coalesce(nullif(made.sales_order_item, ''), request.sales_order_item)
	from `tabWork Order` made {_OF_REQUEST} where made.name in %(made)s""",
	"requested": """select 'requested', made.name, made.sales_order, made.sales_order_item
	from `tabMaterial Request Item` made where made.name in %(requested)s""",
}
"""How each kind of document names the order it is for, as ERPNext and the flow link them."""
