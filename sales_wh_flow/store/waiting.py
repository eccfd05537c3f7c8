"""Waiting demand: what orders have asked for and nothing is locked for. Always derived, never stored."""

from collections.abc import Iterable
from datetime import datetime, time

import frappe

from sales_wh_flow.compat import OPEN_LOCK_STATUSES, open_qty_sql
from sales_wh_flow.rules.facts import WaitingLine

# Only open orders with a line that misses something; per_delivered keeps finished ones out by the
# index on status.
_WAITING = """
select so.name, line.name, line.item_code, line.warehouse,
	line.stock_qty - line.delivered_qty * line.conversion_factor - coalesce(held.qty, 0) missing,
	line.delivery_date, so.creation
from `tabSales Order` so
join `tabSales Order Item` line on line.parent = so.name
join `tabItem` item on item.name = line.item_code and item.is_stock_item = 1
{free}
left join (
	select sre.voucher_detail_no, sum({open_qty}) qty from `tabStock Reservation Entry` sre
	where sre.docstatus = 1 and sre.voucher_type = 'Sales Order' and sre.status in %(open)s
	group by sre.voucher_detail_no
) held on held.voucher_detail_no = line.name
where so.docstatus = 1 and so.status not in ('Closed', 'On Hold', 'Completed') and so.per_delivered < 100
	and line.reserve_stock = 1 and line.delivered_by_supplier = 0 {condition}
having missing > 0.0000005
order by so.name, line.idx"""

_HAS_FREE = """join `tabBin` bin on bin.item_code = line.item_code and bin.warehouse = line.warehouse
	and bin.actual_qty - bin.reserved_stock > 0"""


def lines_with_free_stock() -> list[WaitingLine]:
	"""Waiting lines whose warehouse has something free; what is free is decided later, under locks."""
	return _lines(free=_HAS_FREE)


def lines_of(order: str) -> list[WaitingLine]:
	"""What one order waits for."""
	return _lines(condition="and so.name = %(order)s", order=order)


def lines_in(**filters) -> list[WaitingLine]:
	"""Waiting lines of a company, item_code or warehouse; None = any."""
	conditions = {
		"company": "and so.company = %(company)s",
		"item_code": "and line.item_code = %(item_code)s",
		"warehouse": "and line.warehouse = %(warehouse)s",
	}
	given = {name: value for name, value in filters.items() if value}
	return _lines(condition=" ".join(conditions[name] for name in given), **given)


def lines_at(items: Iterable[str], warehouses: Iterable[str]) -> list[WaitingLine]:
	"""Waiting lines for any of the items in any of the warehouses; no statement without either."""
	codes, places = tuple(set(items)), tuple(set(warehouses))
	if not (codes and places):
		return []
	condition = "and line.item_code in %(items)s and line.warehouse in %(warehouses)s"
	return _lines(condition=condition, items=codes, warehouses=places)


def _lines(free: str = "", condition: str = "", **values) -> list[WaitingLine]:
	query = _WAITING.format(free=free, condition=condition, open_qty=open_qty_sql("sre"))
	rows = frappe.db.sql(query, {"open": OPEN_LOCK_STATUSES, **values})
	return [
		WaitingLine(
			order=order,
			row=row,
			item_code=item_code,
			warehouse=warehouse,
			qty_stock=missing,
			due=datetime.combine(due, time.min) if due else None,
			since=since,
		)
		for order, row, item_code, warehouse, missing, due, since in rows
	]
