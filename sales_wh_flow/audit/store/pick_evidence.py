"""What the invariants of the queue and of picks are judged on."""

from collections.abc import Iterable

import frappe

from sales_wh_flow.audit.rules.evidence import (
	AgeEvidence,
	LineEvidence,
	NamedEvidence,
	UnderWayEvidence,
	UnitEvidence,
)
from sales_wh_flow.audit.store.line_evidence import AuditScope
from sales_wh_flow.base.quantities import rounded
from sales_wh_flow.stock_lock.store import picked_or_leaving
from sales_wh_flow.stock_lock.store.waiting_lines import SINCE


def ages(scope: AuditScope) -> tuple[AgeEvidence, ...]:
	"""Submitted orders amended from one of the same customer that noted its place in the queue."""
	rows = frappe.db.sql(
		f"""select so.name, {SINCE}, old.swf_queued_since from `tabSales Order` so
		join `tabSales Order` old on old.name = so.amended_from and old.customer = so.customer
		where so.docstatus = 1 and old.docstatus = 2 and old.swf_queued_since is not null
			and {scope.only("so.name", "orders")}""",
		scope.values,
	)
	return tuple(AgeEvidence(*row) for row in rows)


def under_way(scope: AuditScope, lines: Iterable[LineEvidence]) -> tuple[UnderWayEvidence, ...]:
	"""Lines of open orders that lie on Pick Lists."""
	rows = frappe.db.sql(
		f"""select distinct pick.sales_order from `tabPick List Item` pick
		join `tabPick List` list on list.name = pick.parent
		where pick.docstatus < 2 and list.purpose = 'Delivery' and list.status <> 'Completed'
			and {scope.only("pick.sales_order", "orders")}""",
		scope.values,
	)
	of_row: dict[str, float] = {}
	for (row, _warehouse), qty in picked_or_leaving.on_lists({order for (order,) in rows if order}).items():
		of_row[row] = of_row.get(row, 0.0) + qty
	return tuple(
		UnderWayEvidence(
			line.order,
			line.row,
			line.item_code,
			rounded(of_row[line.row]),
			rounded(line.ordered_stock - line.delivered_stock),
		)
		for line in lines
		if line.row in of_row
	)


def units(scope: AuditScope) -> tuple[UnitEvidence, ...]:
	"""Rows of open Pick Lists whose unit comes in whole numbers only."""
	rows = frappe.db.sql(
		f"""select pick.parent, pick.sales_order, pick.sales_order_item, pick.item_code, pick.warehouse,
			pick.qty, pick.uom
		from `tabPick List Item` pick
		join `tabPick List` list on list.name = pick.parent and list.status <> 'Completed'
		join `tabUOM` unit on unit.name = pick.uom and unit.must_be_whole_number = 1
		where pick.docstatus < 2 and coalesce(pick.sales_order_item, '') <> ''
			and {scope.only("pick.sales_order", "orders")}""",
		scope.values,
	)
	return tuple(UnitEvidence(*row) for row in rows)


def in_another_name(scope: AuditScope) -> tuple[NamedEvidence, ...]:
	"""Rows of notes and invoices that count at one order's row and name another order."""
	rows = frappe.db.sql(
		f"""select row.parent, line.parent, row.against_sales_order, line.name, line.item_code
		from `tabSales Order Item` line join `tabDelivery Note Item` row on row.so_detail = line.name
		where row.docstatus = 1 and row.against_sales_order <> line.parent
			and {scope.only("line.parent", "orders")}
		union all
		select row.parent, line.parent, row.sales_order, line.name, line.item_code
		from `tabSales Order Item` line join `tabSales Invoice Item` row on row.so_detail = line.name
		where row.docstatus = 1 and row.sales_order <> line.parent
			and {scope.only("line.parent", "orders")}
		order by 1, 4""",
		scope.values,
	)
	return tuple(NamedEvidence(*row) for row in rows)
