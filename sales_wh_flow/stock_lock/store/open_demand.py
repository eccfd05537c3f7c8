"""What orders ask of each Bin, added up from their lines as ERPNext counts it (Bin.reserved_qty)."""

from collections.abc import Iterable, Mapping
from typing import Any

import frappe
from frappe.utils import cint

from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.hold_rows import BinRow
from sales_wh_flow.base.quantities import SQL_NOISE, rounded
from sales_wh_flow.order.rules.held_statuses import NO_DEMAND
from sales_wh_flow.order.store import in_work

NOT_FOR_RETURNS = "dont_reserve_sales_order_qty_on_sales_return"
"""ERPNext's setting, which Stock Lock keeps ticked."""

OPEN_SHARE = """if(so.docstatus = 1 and so.status not in %(no_demand)s
	and coalesce(line.delivered_by_supplier, 0) = 0 and line.qty > 0 and line.qty >= line.delivered_qty,
	greatest(line.qty - line.delivered_qty - %(less_returned)s * line.returned_qty, 0) / line.qty, 0)"""
"""SQL for what part of a line, or of its components, is still asked for."""


def values() -> dict[str, Any]:
	"""What OPEN_SHARE is to be given."""
	settings = frappe.get_cached_doc("Selling Settings")
	return {
		"no_demand": NO_DEMAND,
		"less_returned": cint(settings.get(NOT_FOR_RETURNS)),
	}


def demand_after(
	bins: Mapping[BinKey, BinRow], before: Mapping[BinKey, float], after: Mapping[BinKey, float]
) -> dict[BinKey, float]:
	"""The open demand of held Bins once an order that asked for ``before`` asks for ``after``; what others
	ask stays.
	"""
	return {
		key: max(rounded(row.demand_stock + after.get(key, 0.0) - before.get(key, 0.0)), 0.0)
		for key, row in bins.items()
	}


def leave_returns_out() -> bool:
	"""Tick ERPNext's setting that nobody asks for what came back; whether it was not ticked before.

	Without it ERPNext asks for it anew: it would be kept from all who want it, and bought again.
	"""
	if cint(frappe.db.get_single_value("Selling Settings", NOT_FOR_RETURNS)):
		return False
	frappe.db.set_single_value("Selling Settings", NOT_FOR_RETURNS, 1)
	return True


def wrong_bins() -> list[tuple[str, str, float, float]]:
	"""(item, warehouse, what the Bin says is asked for, what is) where the two differ. Plain reads.

	ERPNext makes a Bin even of a bundle whose line is taken off, and counts nothing there afterwards: only
	Bins of stock items are read. Orders in work are added up first; only where a Bin differs are finished
	ones looked at, too.
	"""
	near = frappe.db.sql(
		f"""select item_code, warehouse, sum(written) from (
			select bin.item_code, bin.warehouse, bin.reserved_qty written, 0 asked, 1 is_bin
			from `tabBin` bin join `tabItem` item on item.name = bin.item_code and item.is_stock_item = 1
			union all
			select item_code, warehouse, 0, qty, 0 from (
				{_asked(in_work.FROM, f"so.status in {in_work.statuses()}")}
			) asked_by_rows
		) both_sides group by item_code, warehouse
		having max(is_bin) = 1 and abs(sum(written) - sum(asked)) > {SQL_NOISE}
		order by item_code, warehouse""",
		values(),
	)
	right = what_orders_ask((item, warehouse) for item, warehouse, _written in near)
	return [
		(item, warehouse, written, right[item, warehouse])
		for item, warehouse, written in near
		if rounded(written - right[item, warehouse])
	]


def what_orders_ask(keys: Iterable[BinKey], *, for_decision: bool = False) -> dict[BinKey, float]:
	"""What is asked of these Bins, of finished orders too; no statement for none. ``for_decision``: as last
	committed.
	"""
	wanted = sorted(set(keys))
	if not wanted:
		return {}
	which = "{0}.item_code in %(items)s and {0}.warehouse in %(warehouses)s"
	rows = frappe.db.sql(
		_asked(
			"`tabSales Order` so",
			"so.docstatus = 1",
			which.format("line"),
			which.format("packed"),
			ending="lock in share mode" if for_decision else "",
		),
		{**values(), **_of_bins(wanted)},
	)
	found = dict.fromkeys(wanted, 0.0)
	for item, warehouse, qty in rows:
		if (item, warehouse) in found:
			found[item, warehouse] += qty
	return {key: rounded(qty) for key, qty in found.items()}


def orders_that_ask(keys: Iterable[BinKey]) -> list[str]:
	"""The orders whose lines or components may ask something of these Bins; no statement for none. To be held
	before the Bins are.
	"""
	wanted = set(keys)
	if not wanted:
		return []
	return frappe.db.sql_list(
		"""select distinct so.name from `tabSales Order` so
		join (
			select parent from `tabSales Order Item`
			where item_code in %(items)s and warehouse in %(warehouses)s
			union all
			select parent from `tabPacked Item`
			where item_code in %(items)s and warehouse in %(warehouses)s and parenttype = 'Sales Order'
		) line on line.parent = so.name
		where so.docstatus = 1 and so.status not in %(no_demand)s""",
		{"no_demand": NO_DEMAND, **_of_bins(wanted)},
	)


def _of_bins(keys: Iterable[BinKey]) -> dict[str, tuple[str, ...]]:
	items, warehouses = zip(*keys, strict=True)
	return {"items": tuple(set(items)), "warehouses": tuple(set(warehouses))}


def _asked(orders: str, which: str, lines: str = "1 = 1", parts: str = "1 = 1", ending: str = "") -> str:
	return f"""(select line.item_code, line.warehouse, line.stock_qty * {OPEN_SHARE} qty
		from {orders} join `tabSales Order Item` line on line.parent = so.name
		where {which} and {lines} {ending})
	union all
	(select packed.item_code, packed.warehouse, packed.qty * {OPEN_SHARE}
		from {orders} join `tabPacked Item` packed
			on packed.parent = so.name and packed.parenttype = 'Sales Order'
		join `tabSales Order Item` line on line.name = packed.parent_detail_docname
		where {which} and packed.item_code <> packed.parent_item and {parts} {ending})"""
