"""Sales Orders as facts: one query per kind of thing, never one per line."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import cint, flt

from sales_wh_flow.base import item_life
from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.quantities import delivery_step
from sales_wh_flow.order.rules.facts import LineFacts
from sales_wh_flow.order.rules.held_statuses import NO_DEMAND as NO_DEMAND
from sales_wh_flow.order.store import gone, open_orders


@dataclass(frozen=True, slots=True)
class ItemRow:
	"""What the flow needs to know of an item."""

	is_stock_item: bool
	has_serial_no: int
	has_batch_no: int
	is_whole_number: bool
	is_ended: bool = False
	"""Nobody may sell it any more."""


def lines_of_order(doc: Document, locked: dict[str, float] | None = None) -> tuple[LineFacts, ...]:
	"""The order's lines alone, for whoever needs no header: one statement."""
	items = items_of(row.item_code for row in doc.items)
	held = locked or {}
	return tuple(_line(doc, row, items, held.get(row.name, 0.0)) for row in doc.items)


def lockable(doc: Document, locked: dict[str, float] | None = None) -> tuple[LineFacts, ...]:
	"""The order's lines and the components of its product bundles: what stock can be locked for.

	``locked``: open locks per row of the order or of its packed items. One statement.
	"""
	held, packed = locked or {}, doc.get("packed_items") or ()
	items = items_of(row.item_code for row in (*doc.items, *packed))
	lines = {row.name: row for row in doc.items}
	return (
		*(_line(doc, row, items, held.get(row.name, 0.0)) for row in doc.items),
		*(
			_component(row, lines[row.parent_detail_docname], items, held.get(row.name, 0.0))
			for row in packed
			if row.parent_detail_docname in lines and flt(row.qty)
		),
	)


def items_of(codes: Iterable[str]) -> dict[str, ItemRow]:
	"""Item rows by code, cached for the request: one statement for those not seen yet."""
	known = _request_cache("swf_items")
	missing = tuple({code for code in codes if code and code not in known})
	if missing:
		rows = frappe.db.sql(
			f"""select item.name, item.is_stock_item, item.has_serial_no, item.has_batch_no,
				uom.must_be_whole_number, {item_life.ended_sql("item")}
			from `tabItem` item left join `tabUOM` uom on uom.name = item.stock_uom
			where item.name in %s""",
			(missing,),
		)
		for name, is_stock_item, has_serial_no, has_batch_no, whole, ended in rows:
			known[name] = ItemRow(bool(is_stock_item), has_serial_no, has_batch_no, bool(whole), bool(ended))
	return known


def bin_keys_of_order(doc: Document) -> set[BinKey]:
	"""Every (item, warehouse) that ERPNext touches for this order, packed items of bundles included."""
	rows = [*doc.items, *(doc.get("packed_items") or ())]
	return {(row.item_code, row.warehouse) for row in rows if row.item_code and row.warehouse}


def demand(doc: Document) -> dict[BinKey, float]:
	"""What the order adds to the open demand (Bin.reserved_qty) of each Bin, in stock UOM."""
	open_share: dict[str, float] = {}
	totals: dict[BinKey, float] = defaultdict(float)
	items = items_of(row.item_code for row in doc.items)
	bundled = {row.parent_detail_docname for row in doc.get("packed_items") or ()}
	for row in doc.items:
		if cint(row.delivered_by_supplier):
			continue
		left = max(flt(row.qty) - flt(row.delivered_qty) - flt(row.returned_qty), 0.0)
		open_share[row.name] = left / flt(row.qty) if flt(row.qty) else 0.0
		is_stock_item = items[row.item_code].is_stock_item if row.item_code in items else False
		if row.warehouse and is_stock_item and row.name not in bundled:
			totals[row.item_code, row.warehouse] += flt(row.stock_qty) * open_share[row.name]
	for row in doc.get("packed_items") or ():
		if row.warehouse:
			share = open_share.get(row.parent_detail_docname, 0.0)
			totals[row.item_code, row.warehouse] += flt(row.qty) * share
	return dict(totals)


def bin_keys_of(order: str) -> set[BinKey]:
	"""Every (item, warehouse) of an order's rows, by its name, as last committed."""
	rows = frappe.db.sql(
		"""(select item_code, warehouse from `tabSales Order Item`
			where parent = %(order)s and warehouse is not null lock in share mode)
		union all
		(select item_code, warehouse from `tabPacked Item`
			where parent = %(order)s and parenttype = 'Sales Order' and warehouse is not null
			lock in share mode)""",
		{"order": order},
	)
	return {(item, warehouse) for item, warehouse in rows}


def is_submitted(order: str, but: str = "") -> bool:
	"""Whether an order is submitted and not in this status, as last committed."""
	found = frappe.db.sql(
		"""select 1 from `tabSales Order` where name = %s and docstatus = 1 and status <> %s
		lock in share mode""",
		(order, but),
	)
	return bool(found)


def may_lock_more(order: str) -> bool:
	"""Whether an order still asks for goods, as last committed: it is submitted, neither closed nor on hold,
	and no change of it waits for approval or was refused.
	"""
	found = frappe.db.sql(
		f"""select 1 from `tabSales Order` so where so.name = %s and so.docstatus = 1
		and so.status not in %s and {open_orders.not_held_sql()} lock in share mode""",
		(order, NO_DEMAND),
	)
	return bool(found)


def undelivered(order: str, row: str, item_code: str) -> float:
	"""What we are to deliver of an order's row, in stock UOM, as last committed; 0 where the order has no
	such row of this item, and of what a supplier sends or is billed without a delivery.
	"""
	found = frappe.db.sql(
		f"""select if(line.delivered_by_supplier = 1 or so.skip_delivery_note = 1, 0,
			line.stock_qty - {gone.gone_sql("line")} * line.conversion_factor)
		from `tabSales Order Item` line join `tabSales Order` so on so.name = line.parent
		where line.name = %s and line.parent = %s and line.item_code = %s lock in share mode""",
		(row, order, item_code),
	)
	return flt(found[0][0]) if found else 0.0


def _line(doc: Document, row: Any, items: dict[str, ItemRow], locked_stock: float) -> LineFacts:
	item = items.get(row.item_code)
	qty_stock = flt(row.stock_qty) or flt(row.qty) * (flt(row.conversion_factor) or 1.0)
	discount_base = flt(row.get("distributed_discount_amount")) * flt(doc.conversion_rate or 1)
	amount_base = flt(row.base_amount) - discount_base
	return LineFacts(
		row=row.name or str(row.idx),
		idx=cint(row.idx),
		item_code=row.item_code,
		qty_stock=qty_stock,
		warehouse=row.warehouse,
		delivered_stock=gone.qty(row) * (flt(row.conversion_factor) or 1.0),
		locked_stock=locked_stock,
		is_stock_item=bool(item and item.is_stock_item) and not cint(row.delivered_by_supplier),
		is_lockable=bool(cint(row.get("reserve_stock", 1))),
		is_whole_number=bool(item and item.is_whole_number),
		rate_base=flt(row.base_rate) / (flt(row.conversion_factor) or 1.0),
		amount_base=amount_base,
		list_amount_base=flt(row.base_price_list_rate) * flt(row.qty),
		step_stock=_step(row, bool(item and item.is_whole_number)),
	)


def _component(row: Any, line: Any, items: dict[str, ItemRow], locked_stock: float) -> LineFacts:
	item, bundle = items.get(row.item_code), items.get(line.item_code)
	bundles = flt(line.stock_qty) or 1.0
	share = min(gone.qty(line) / flt(line.qty), 1.0) if flt(line.qty) else 0.0
	is_whole_bundle = bool(bundle and bundle.is_whole_number)
	return LineFacts(
		row=row.name,
		idx=cint(line.idx),
		item_code=row.item_code,
		qty_stock=flt(row.qty),
		warehouse=row.warehouse,
		delivered_stock=flt(row.qty) * share,
		locked_stock=locked_stock,
		is_stock_item=bool(item and item.is_stock_item) and not cint(line.delivered_by_supplier),
		is_lockable=not cint(row.get("swf_not_locked")),
		is_whole_number=bool(item and item.is_whole_number),
		step_stock=_step(line, is_whole_bundle) or float(is_whole_bundle),
		bundle=line.name,
		per_bundle=flt(row.qty) / bundles,
	)


def _step(row: Any, is_whole_stock: bool) -> float:
	factor = flt(row.conversion_factor) or 1.0
	is_whole = factor != 1 and bool(frappe.db.get_value("UOM", row.uom, "must_be_whole_number", cache=True))
	return delivery_step(factor, is_whole, is_whole_stock)


def _request_cache(name: str) -> dict[str, Any]:
	if not hasattr(frappe.local, name):
		setattr(frappe.local, name, {})
	return getattr(frappe.local, name)
