"""What lies ahead of a warehouse: its lines that have not left yet, and what could go on one Pick List."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import frappe

from sales_wh_flow.base.compat import OPEN_LOCK_STATUSES, open_qty_sql
from sales_wh_flow.order.store import gone, in_work, open_orders
from sales_wh_flow.picking.rules.warehouse_work import OpenLine, Warehouse
from sales_wh_flow.picking.rules.wave import Ready
from sales_wh_flow.picking.store import count_tasks


@dataclass(frozen=True, slots=True)
class WorkRow:
	"""An open line with what the page shows of it; what is only counted has no words."""

	line: OpenLine
	courier: str
	idx: int = 0
	item_code: str = ""
	item_name: str = ""
	uom: str = ""
	customer_name: str = ""


_OPEN = """
where so.docstatus = 1 and so.status in {in_work} and so.per_delivered < 100
	and line.delivered_by_supplier = 0 and line.stock_qty > {gone} * line.conversion_factor"""

_COURIER = "so.swf_courier, so.swf_courier_service"
_IN_WORDS = {
	"of_line": ", line.idx idx, line.item_code, line.item_name, line.stock_uom, so.customer_name",
	"of_part": ", line.idx, part.item_code, part.item_name, part.uom, so.customer_name",
	"in_order": "order by ships_on, 1, idx, 2",
}
_COUNTED = dict.fromkeys(_IN_WORDS, "")

_LINES = """
select so.name, line.name, line.warehouse, {ships_on} ships_on,
	line.stock_qty - {gone} * line.conversion_factor,
	held.qty, picks.drafted, picks.picked,
	coalesce(line.swf_brought_to, '') <> '', not ({not_held}), {courier}{of_line}
from {orders}
join `tabSales Order Item` line on line.parent = so.name
join `tabItem` item on item.name = line.item_code and item.is_stock_item = 1
left join (
	select sre.voucher_detail_no, sum({open_qty}) qty from `tabStock Reservation Entry` sre
	where sre.docstatus = 1 and sre.status in %(open)s group by sre.voucher_detail_no
) held on held.voucher_detail_no = line.name
left join (
	select pick.sales_order_item,
		sum(if(pick.docstatus = 0, greatest(pick.stock_qty, pick.picked_qty), 0)) drafted,
		sum(if(pick.docstatus = 1, greatest(pick.picked_qty - coalesce((
			select sum(note.stock_qty) from `tabDelivery Note Item` note
			where note.so_detail = pick.sales_order_item and note.pick_list_item = pick.name
				and note.docstatus = 1), 0), 0), 0)) picked
	from {orders}
	join `tabPick List Item` pick on pick.sales_order = so.name and pick.docstatus < 2
	where so.docstatus = 1 and so.status in {in_work} and so.per_delivered < 100
	group by pick.sales_order_item
) picks on picks.sales_order_item = line.name
{open} and line.warehouse in %(warehouses)s {visible}
union all
select so.name, part.name, part.warehouse, {ships_on},
	part.qty * (1 - {gone} / line.qty),
	coalesce((select sum({open_qty}) from `tabStock Reservation Entry` sre
		where sre.voucher_detail_no = part.name and sre.docstatus = 1 and sre.status in %(open)s), 0),
	coalesce((select sum(greatest(pick.stock_qty, pick.picked_qty)) from `tabPick List Item` pick
		where pick.sales_order = so.name and pick.product_bundle_item = part.name
			and pick.docstatus = 0), 0),
	coalesce((select sum(greatest(pick.picked_qty - pick.delivered_qty, 0)) from `tabPick List Item` pick
		where pick.sales_order = so.name and pick.product_bundle_item = part.name
			and pick.docstatus = 1), 0),
	0, not ({not_held}), {courier}{of_part}
from {orders}
join `tabSales Order Item` line on line.parent = so.name
join `tabPacked Item` part on part.parent = so.name and part.parenttype = 'Sales Order'
	and part.parent_detail_docname = line.name
join `tabItem` item on item.name = part.item_code and item.is_stock_item = 1
{open} and part.warehouse in %(warehouses)s {visible}
{in_order}"""
"""Lines, and the components of bundles, which lie in the warehouses instead of the bundle itself.

What is locked, and what is on Pick Lists, of all open lines is summed up first: line by line it took as long
as all else. What is not there comes as null: of tens of thousands of lines, the driver reads each value.
"""


def open_lines(warehouses: Iterable[str], visible: str = "") -> list[WorkRow]:
	"""Lines and components of bundles that have not left these warehouses, what has to leave first first. Two
	statements, none for no warehouse.

	``visible``: an SQL condition on `tabSales Order` that says whose orders count.
	"""
	return _read(tuple(warehouses), visible, _IN_WORDS)


def lines_to_count(warehouses: Iterable[str], visible: str = "") -> list[WorkRow]:
	"""Lines and components that have not left these warehouses, without words and in no order."""
	return _read(tuple(warehouses), visible, _COUNTED)


def _read(warehouses: tuple[str, ...], visible: str, parts: dict[str, str]) -> list[WorkRow]:
	if not warehouses:
		return []
	seen = ""
	if visible:
		condition = visible.replace("%", "%%")  # the driver formats the text once more
		seen = f"and so.name in (select `tabSales Order`.name from `tabSales Order` where {condition})"
	left = gone.gone_sql("line")
	rows = frappe.db.sql(
		_LINES.format(
			open_qty=open_qty_sql("sre"),
			ships_on=_SHIPS_ON,
			courier=_COURIER,
			orders=in_work.FROM,
			not_held=open_orders.not_held_sql(),
			open=_OPEN.format(in_work=in_work.statuses(), gone=left),
			in_work=in_work.statuses(),
			visible=seen,
			gone=left,
			**parts,
		),
		{"open": OPEN_LOCK_STATUSES, "warehouses": warehouses},
	)
	missing = count_tasks.not_counted_at(warehouses) if rows else {}
	return [
		WorkRow(
			_open_line(row, missing),
			" · ".join(part for part in row[10:12] if part),
			*row[12:],
		)
		for row in rows
	]


def _open_line(row: tuple, missing: Mapping[tuple[str, str], float]) -> OpenLine:
	order, name, warehouse, ships_on, *stocks, is_brought_away, is_held = row[:10]
	asked, locked, drafted, picked = (float(it or 0) for it in stocks)
	not_found = missing.get((name, warehouse), 0.0)
	away, held = bool(is_brought_away), bool(is_held)
	return OpenLine(order, name, warehouse, ships_on, asked, locked, drafted, picked, away, held, not_found)


def days_of(warehouses: Iterable[str]) -> dict[str, Warehouse]:
	"""The day of each warehouse: cut-off and how many lines it can pick; one statement, none for none."""
	names = tuple(warehouses)
	if not names:
		return {}
	rows = frappe.db.sql(
		"""select name, if(swf_has_cut_off = 1, swf_cut_off, null),
			if(swf_limit_lines = 1, swf_lines_per_day, 0)
		from `tabWarehouse` where name in %s""",
		(names,),
	)
	return {
		name: Warehouse(name, (datetime.min + cut_off).time() if cut_off else None, int(lines or 0))
		for name, cut_off, lines in rows
	}


def ready(rows: Iterable[WorkRow], today: date) -> list[Ready]:
	"""The orders of these lines with something locked that may go on a Pick List."""
	found: dict[str, list[WorkRow]] = {}
	for row in rows:
		line = row.line
		if line.to_pick_stock > 0 and not line.is_brought_away:
			found.setdefault(line.order, []).append(row)
	return [
		Ready(order, mine[0].courier, max(min(one.line.ships_on for one in mine), today), len(mine))
		for order, mine in found.items()
	]


_SHIPS_ON = "coalesce(line.swf_ships_on, line.delivery_date, so.delivery_date, so.transaction_date)"
"""The day the warehouse has to send a line: as routing found it, else when the customer wants it."""
