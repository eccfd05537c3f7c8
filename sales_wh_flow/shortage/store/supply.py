"""Where missing stock can come from: what is asked for already, what lies elsewhere, who makes it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import frappe
from frappe.utils import flt

from sales_wh_flow.base import there
from sales_wh_flow.base.compat import transit_left_sql
from sales_wh_flow.base.quantities import is_positive
from sales_wh_flow.stock_lock.store import pos_sales
from sales_wh_flow.stock_lock.store.incoming import SENT_AS_ASKED

# Drafts count: pressing a button twice must not ask twice. What a submitted order took over from a request
# is no longer counted as requested, nor what has left for a transfer, which counts while it is in transit; a
# draft order made from a request counts with the request. What leaves the line's own warehouse brings it
# nothing: it is locked there already. A subcontractor's order is over his work, and names what he makes; what
# came of that, his Subcontracting Orders count.
_OF_LINE = """left join `tabSales Order Item` own on own.name = {0}.sales_order_item
	left join `tabPacked Item` part on part.name = {0}.sales_order_item"""
_BRINGS = """(coalesce({0}.from_warehouse, '') = ''
			or {0}.from_warehouse <> coalesce(own.warehouse, part.warehouse))"""
_ASKED = f"""
select coalesce(line, ''), item_code, sum(qty) from (
	select row.sales_order_item line, row.item_code, greatest(row.stock_qty - row.ordered_qty, 0) qty
	from `tabMaterial Request Item` row join `tabMaterial Request` doc on doc.name = row.parent
	{_OF_LINE.format("row")}
	where row.sales_order = %(order)s and doc.docstatus < 2 and doc.status not in ('Stopped', 'Cancelled')
		and {_BRINGS.format("row")}
	union all
	select asked.sales_order_item, sent.item_code, greatest({{left}}, 0)
	from {SENT_AS_ASKED}
	{_OF_LINE.format("asked")}
	where asked.sales_order = %(order)s and {_BRINGS.format("asked")}
	union all
	select coalesce(nullif(row.sales_order_item, ''), row.sales_order_packed_item),
		coalesce(nullif(row.fg_item, ''), row.item_code),
		if(coalesce(row.fg_item, '') = '', greatest(row.qty - row.received_qty, 0) * row.conversion_factor,
			greatest(row.fg_item_qty - coalesce((select sum(made.received_qty)
				from `tabSubcontracting Order Item` made
				where made.purchase_order_item = row.name and made.docstatus = 1), 0), 0))
	from `tabPurchase Order Item` row join `tabPurchase Order` doc on doc.name = row.parent
	where row.sales_order = %(order)s and doc.docstatus < 2 and doc.status not in ('Closed', 'Cancelled')
		and row.delivered_by_supplier = 0
		and (doc.docstatus = 1 or coalesce(row.material_request_item, '') = '')
	union all
	select coalesce(nullif(work.sales_order_item, ''), request.sales_order_item), work.production_item,
		greatest(work.qty - work.produced_qty - work.process_loss_qty, 0)
	from `tabWork Order` work
	left join `tabMaterial Request Item` request on request.name = work.material_request_item
	where work.sales_order = %(order)s and work.docstatus < 2
		and work.status not in ('Closed', 'Stopped', 'Cancelled', 'Completed')
		and (work.docstatus = 1 or coalesce(work.material_request_item, '') = '')
) asked group by 1, 2"""


@dataclass(frozen=True, slots=True)
class Source:
	"""How an item is got. ``request_type``: what its Material Requests are for; ``bom``: its default one."""

	is_stocked: bool
	request_type: str
	is_purchased: bool
	bom: str
	supplier: str
	is_whole: bool
	item_group: str
	name: str


def requested_for(order: str) -> dict[tuple[str, str], float]:
	"""{(order row or component, item): what is requested, ordered or being made for it and has not come}, in
	stock UOM; "" for a row where the order alone is named, as in ERPNext's own requests for components.
	"""
	return {
		(row, item): flt(qty)
		for row, item, qty in frappe.db.sql(_ASKED.format(left=transit_left_sql("sent")), {"order": order})
	}


def sources(items: Iterable[str], company: str) -> dict[str, Source]:
	"""Items by code: one statement, none for no item."""
	codes = tuple({code for code in items if code})
	if not codes:
		return {}
	rows = frappe.db.sql(
		"""select item.name, item.is_stock_item, item.default_material_request_type, item.is_purchase_item,
			coalesce((select bom.name from `tabBOM` bom where bom.item = item.name and bom.is_default = 1
				and bom.is_active = 1 and bom.docstatus = 1 and bom.company = %(company)s limit 1), ''),
			coalesce((select own.default_supplier from `tabItem Default` own
				join `tabSupplier` supplier on supplier.name = own.default_supplier and supplier.disabled = 0
				where own.parent = item.name and own.parenttype = 'Item' and own.company = %(company)s
				limit 1), ''),
			coalesce(uom.must_be_whole_number, 0), item.item_group, item.item_name
		from `tabItem` item left join `tabUOM` uom on uom.name = item.stock_uom
		where item.name in %(codes)s""",
		{"codes": codes, "company": company},
	)
	return {
		code: Source(
			bool(kept),
			kind or "Purchase",
			bool(bought),
			bom,
			supplier,
			bool(whole),
			group or "",
			name or code,
		)
		for code, kept, kind, bought, bom, supplier, whole, group, name in rows
	}


def free_by_warehouse(items: Iterable[str], company: str) -> dict[str, dict[str, float]]:
	"""{item: {warehouse: free quantity}} of the company's warehouses that stock can be sent from.

	Groups, disabled, rejected and not sellable warehouses and those for goods in transit are left out. In
	stock UOM and without what tills have sold: one statement, two where there are tills, none for no item.
	"""
	codes = tuple({code for code in items if code})
	if not codes:
		return {}
	rows = frappe.db.sql(
		f"""select bin.item_code, bin.warehouse, {there.now_sql("bin")} - bin.reserved_stock
		from `tabBin` bin join `tabWarehouse` warehouse on warehouse.name = bin.warehouse
		where bin.item_code in %(codes)s and bin.actual_qty > bin.reserved_stock
			and warehouse.company = %(company)s and warehouse.is_group = 0 and warehouse.disabled = 0
			and warehouse.is_rejected_warehouse = 0 and warehouse.swf_is_sellable = 1
			and coalesce(warehouse.warehouse_type, '') <> 'Transit'""",
		{"codes": codes, "company": company},
	)
	sold = pos_sales.seen_at_tills((item, warehouse) for item, warehouse, _free in rows)
	found: dict[str, dict[str, float]] = defaultdict(dict)
	for item, warehouse, free in rows:
		left = flt(free) - sold.get((item, warehouse), 0.0)
		if is_positive(left):
			found[item][warehouse] = left
	return dict(found)
