"""What is picked or about to be delivered, and the locks that are neither."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import frappe

from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.compat import OPEN_LOCK_STATUSES, open_qty_sql
from sales_wh_flow.base.quantities import delivery_step, is_positive, rounded
from sales_wh_flow.stock_lock.rules.facts import HeldLine
from sales_wh_flow.stock_lock.store.waiting_lines import SINCE

# A Pick List of the flow names a component as ERPNext 16 does, in product_bundle_item; one of ERPNext 15 in
# sales_order_item. What leaves of a component is on the packed items of the delivery. An invoice that moves
# stock names no row of a list; what it took is written there as delivered (see packing/invoiced_picks.py).
_ON_LISTS = """
(select coalesce(part.name, row.sales_order_item), row.warehouse, sum(greatest(
	if(row.docstatus = 0, greatest(row.stock_qty, row.picked_qty), row.picked_qty) - greatest(coalesce((
		select sum(dni.stock_qty) from `tabDelivery Note Item` dni
		where dni.so_detail = row.sales_order_item and dni.pick_list_item = row.name and dni.docstatus = 1
			and part.name is null {lock}
	), 0), if(coalesce(row.product_bundle_item, '') = '' and (part.name is not null or exists (
		select 1 from `tabDelivery Note Item` dni
		where dni.so_detail = row.sales_order_item and dni.against_pick_list = row.parent
			and coalesce(dni.pick_list_item, '') = '' and dni.docstatus = 1 {lock}
	)), 0, row.delivered_qty)) - coalesce((
		select sum(gone.qty) from `tabDelivery Note Item` dni
		join `tabPacked Item` gone on gone.parent_detail_docname = dni.name and gone.parent = dni.parent
			and gone.item_code = row.item_code
		where part.name is not null and coalesce(row.product_bundle_item, '') = ''
			and dni.so_detail = part.parent_detail_docname
			and dni.against_pick_list = row.parent and dni.docstatus = 1 {lock}
	), 0), 0))
from `tabPick List Item` row
left join `tabPacked Item` part on part.name in (row.product_bundle_item, row.sales_order_item)
	and part.parenttype = 'Sales Order'
where row.sales_order in %(orders)s and row.docstatus < 2
group by coalesce(part.name, row.sales_order_item), row.warehouse {lock})
union all
(select row.so_detail, row.warehouse, -sum(row.stock_qty) from `tabDelivery Note Item` row
where row.against_sales_order in %(orders)s and row.docstatus = 1 and row.against_pick_list <> ''
	and coalesce(row.pick_list_item, '') = '' and exists (
		select 1 from `tabPick List Item` pick where pick.parent = row.against_pick_list
			and pick.docstatus = 1 and pick.sales_order_item = row.so_detail
			and coalesce(pick.product_bundle_item, '') = '' {lock})
group by row.so_detail, row.warehouse {lock})"""

_UNDER_WAY = f"""{_ON_LISTS}
union all
(select row.so_detail, row.warehouse, sum(row.stock_qty) from `tabDelivery Note Item` row
where row.against_sales_order in %(orders)s and row.docstatus = 0 and coalesce(row.pick_list_item, '') = ''
	and coalesce(row.against_pick_list, '') = '' and row.stock_qty > 0
group by row.so_detail, row.warehouse {{lock}})
union all
(select part.name, leaves.warehouse, sum(leaves.qty) from `tabDelivery Note Item` row
join `tabPacked Item` leaves on leaves.parent_detail_docname = row.name and leaves.parent = row.parent
join `tabPacked Item` part on part.parent_detail_docname = row.so_detail and part.item_code = leaves.item_code
	and part.parenttype = 'Sales Order'
where row.against_sales_order in %(orders)s and row.docstatus = 0
	and coalesce(row.against_pick_list, '') = '' and leaves.qty > 0
group by part.name, leaves.warehouse {{lock}})
union all
(select row.so_detail, row.warehouse, sum(row.stock_qty) from `tabSales Invoice Item` row
join `tabSales Invoice` invoice on invoice.name = row.parent and invoice.update_stock = 1
where row.sales_order in %(orders)s and row.docstatus = 0 and row.stock_qty > 0
group by row.so_detail, row.warehouse {{lock}})
union all
(select part.name, leaves.warehouse, sum(leaves.qty) from `tabSales Invoice Item` row
join `tabSales Invoice` invoice on invoice.name = row.parent and invoice.update_stock = 1
join `tabPacked Item` leaves on leaves.parent_detail_docname = row.name and leaves.parent = row.parent
join `tabPacked Item` part on part.parent_detail_docname = row.so_detail and part.item_code = leaves.item_code
	and part.parenttype = 'Sales Order'
where row.sales_order in %(orders)s and row.docstatus = 0 and leaves.qty > 0
group by part.name, leaves.warehouse {{lock}})"""


def picked_of_orders(orders: Iterable[str], *, for_decision: bool = False) -> dict[tuple[str, str], float]:
	"""{(order row or packed item, warehouse): what is on Pick Lists or drafts of deliveries}, in stock UOM.

	``for_decision``: as last committed. No statement for no order, else one.
	"""
	return _summed(_UNDER_WAY, orders, _AS_COMMITTED if for_decision else "")


def on_lists(orders: Iterable[str]) -> dict[tuple[str, str], float]:
	"""{(order row or packed item, warehouse): what open Pick Lists hold}, in stock UOM."""
	return _summed(_ON_LISTS, orders)


_AS_COMMITTED = "lock in share mode"


def _summed(query: str, orders: Iterable[str], lock: str = "") -> dict[tuple[str, str], float]:
	names = tuple(set(orders))
	found: dict[tuple[str, str], float] = defaultdict(float)
	for row, warehouse, qty in frappe.db.sql(query.format(lock=lock), {"orders": names}) if names else ():
		found[row, warehouse] += qty or 0.0
	return dict(found)


_OPEN = """
select sre.name, sre.voucher_no, coalesce(packed.parent_detail_docname, sre.voucher_detail_no),
	sre.voucher_detail_no, coalesce(packed.qty / whole.stock_qty, 0), sre.item_code, sre.warehouse,
	{open_qty}, so.company, customer.customer_group, {since},
	sre.reservation_based_on = 'Serial and Batch' and sre.has_serial_no = 0,
	coalesce(stock_unit.must_be_whole_number, 0),
	coalesce(unit.must_be_whole_number, 0), coalesce(line.conversion_factor, 1)
from `tabStock Reservation Entry` sre
join `tabSales Order` so on so.name = sre.voucher_no
left join `tabPacked Item` packed on packed.name = sre.voucher_detail_no
left join `tabSales Order Item` whole on whole.name = packed.parent_detail_docname
left join `tabSales Order Item` line on line.name = sre.voucher_detail_no
left join `tabCustomer` customer on customer.name = so.customer
left join `tabUOM` stock_unit on stock_unit.name = sre.stock_uom
left join `tabUOM` unit on unit.name = line.uom
where sre.docstatus = 1 and sre.voucher_type = 'Sales Order' and sre.status in %(open)s and {condition}
order by sre.creation, sre.name {lock}"""


def untouched_locks(
	*, keys: Iterable[BinKey] = (), orders: Iterable[str] = (), for_decision: bool = False
) -> list[HeldLine]:
	"""Open locks of these Bins, or of these orders, with what of each is neither picked nor under way.

	What is picked of a line is counted against its oldest locks first, as it is picked. At most two
	statements. ``for_decision``: as last committed, for a transaction that read before it held the orders.
	"""
	pairs, names = tuple(set(keys)), tuple(set(orders))
	if not (pairs or names):
		return []
	condition = "(sre.item_code, sre.warehouse) in %(keys)s" if pairs else "sre.voucher_no in %(orders)s"
	rows = frappe.db.sql(
		_OPEN.format(
			open_qty=open_qty_sql("sre"),
			condition=condition,
			since=SINCE,
			lock=_AS_COMMITTED if for_decision else "",
		),
		{"open": OPEN_LOCK_STATUSES, "keys": pairs, "orders": names},
	)
	taken = picked_of_orders((row[1] for row in rows), for_decision=for_decision)
	found = []
	for row in rows:
		key, held, is_one_piece = (row[3], row[6]), row[7], row[11]
		used = min(taken.get(key, 0.0), held)
		taken[key] = rounded(taken.get(key, 0.0) - used)
		if is_positive(held - used) and not (is_one_piece and used):
			found.append(_held(row, rounded(held - used)))
	return found


def _held(row: tuple[Any, ...], qty_stock: float) -> HeldLine:
	lock, order, line, _part, per_bundle, item_code, warehouse, _held, company, group, *more = row
	since, is_one_piece, *units = more
	is_whole_stock, is_whole, factor = units
	step = delivery_step(factor, bool(is_whole), bool(is_whole_stock))
	return HeldLine(
		lock=lock,
		order=order,
		row=line,
		item_code=item_code,
		warehouse=warehouse,
		qty_stock=qty_stock,
		company=company,
		customer_group=group or "",
		since=since,
		step_stock=step or (1.0 if is_whole_stock else 0.0),
		is_one_piece=bool(is_one_piece),
		per_bundle=per_bundle,
	)
