"""What a Bin says orders still ask for, beside what their lines ask for.

How ERPNext counts open demand is stated here independently of the flow, which writes the Bin.
"""

from collections.abc import Collection
from typing import Any

import frappe
from frappe.utils import cint

from sales_wh_flow.audit.rules.evidence import DemandEvidence
from sales_wh_flow.audit.store.line_evidence import AuditScope
from sales_wh_flow.base.quantities import SQL_NOISE
from sales_wh_flow.order.store import in_work


def differing_demand(scope: AuditScope) -> tuple[DemandEvidence, ...]:
	"""Bins of the scope's items whose open demand is not what the lines ask for, in stock UOM.

	ERPNext makes a Bin even of a bundle whose line is taken off, and counts nothing there afterwards: only
	Bins of stock items are judged. Orders in work are added up first; only where a Bin differs are the
	finished ones read, too.
	"""
	near = _differing(scope, in_work.FROM, f"and so.status in {in_work.statuses()}")
	if not near:
		return ()
	items = tuple({row[0] for row in near})
	rows = _differing(AuditScope(orders=(), items=items), "`tabSales Order` so", _HAS_DEMAND)
	return tuple(DemandEvidence(*row) for row in rows)


def _differing(scope: AuditScope, orders: str, condition: str) -> Collection[tuple[Any, ...]]:
	settings = frappe.get_cached_doc("Selling Settings")
	values = {"less_returned": cint(settings.dont_reserve_sales_order_qty_on_sales_return)}
	of_items = {
		"line": scope.only("line.item_code", "items"),
		"packed": scope.only("packed.item_code", "items"),
	}
	return frappe.db.sql(
		f"""select item_code, warehouse, sum(written), sum(asked) from (
			select bin.item_code, bin.warehouse, bin.reserved_qty written, 0 asked, 1 is_bin
			from `tabBin` bin join `tabItem` item on item.name = bin.item_code and item.is_stock_item = 1
			where {scope.only("bin.item_code", "items")}
			union all
			select line.item_code, line.warehouse, 0, line.stock_qty * {_OPEN}, 0
			from {orders} join `tabSales Order Item` line on line.parent = so.name
			where so.docstatus = 1 {condition} and {of_items["line"]}
			union all
			select packed.item_code, packed.warehouse, 0, packed.qty * {_OPEN}, 0
			from {orders} join `tabPacked Item` packed
				on packed.parent = so.name and packed.parenttype = 'Sales Order'
			join `tabSales Order Item` line on line.name = packed.parent_detail_docname
			where so.docstatus = 1 {condition} and packed.item_code <> packed.parent_item
				and {of_items["packed"]}
		) both_sides group by item_code, warehouse
		having max(is_bin) = 1 and abs(sum(written) - sum(asked)) > {SQL_NOISE}
		order by item_code, warehouse""",
		{**scope.values, **values},
	)


_HAS_DEMAND = "and so.status not in ('On Hold', 'Closed')"

_OPEN = """if(coalesce(line.delivered_by_supplier, 0) = 0 and line.qty > 0 and line.qty >= line.delivered_qty,
	greatest(line.qty - line.delivered_qty - %(less_returned)s * line.returned_qty, 0) / line.qty, 0)"""
