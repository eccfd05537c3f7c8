"""Waiting demand: what orders have asked for and nothing is locked for. Always derived, never stored."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

import frappe
from frappe.utils import now_datetime

from sales_wh_flow.base import trees
from sales_wh_flow.base.compat import OPEN_LOCK_STATUSES, open_qty_sql
from sales_wh_flow.base.quantities import SQL_NOISE, delivery_step, rounded
from sales_wh_flow.order.store import gone, in_work, open_orders
from sales_wh_flow.stock_lock.rules.allocation import FULL_LINES, FULL_ORDER, WHAT_IS_THERE
from sales_wh_flow.stock_lock.rules.facts import WaitingLine

SINCE = "coalesce(so.swf_queued_since, so.creation)"
"""From when an order `so` waits: its first submission; when it was written, where nobody noted that."""

SHIP_COMPLETE = {
	"What Is There": WHAT_IS_THERE,
	"Full Lines": FULL_LINES,
	"Full Order": FULL_ORDER,
}
"""What Customer > Ship Complete means for the lock."""

# Only open orders with a row that misses something, by the index on status. What a row holds is read by the
# index on voucher_detail_no, row by row, where orders or items are named; of the whole site all open entries
# are summed up first, by their index on status.
_ROWS = """
(select line.parent, wanted.name, wanted.item_code, wanted.warehouse,
	{asked} - coalesce({held}, 0) missing,
	line.delivery_date, {since}, so.company, so.customer, customer.customer_group, so.owner,
	customer.swf_ship_complete, so.swf_waits_from,
	coalesce(stock_unit.must_be_whole_number, 0), coalesce(unit.must_be_whole_number, 0),
	line.conversion_factor, coalesce({held}, 0), {ordered}, {uom}, so.project, {bundle}, line.idx at
from {orders}
join `tabSales Order Item` line on line.parent = so.name
{part}
{held_rows}
join `tabItem` item on item.name = wanted.item_code and item.is_stock_item = 1
{free}
left join `tabCustomer` customer on customer.name = so.customer
left join `tabUOM` stock_unit on stock_unit.name = {uom}
left join `tabUOM` unit on unit.name = line.uom
where so.docstatus = 1 and so.status in {in_work} and so.per_delivered < 100 and {not_held}
	and so.skip_delivery_note = 0 and line.delivered_by_supplier = 0 and {is_wanted} {condition}
having missing > {noise})"""

_OF_LINES = {
	"asked": "line.stock_qty - {gone} * line.conversion_factor",
	"ordered": "line.stock_qty",
	"uom": "line.stock_uom",
	"bundle": "null, null, null, null",  # of tens of thousands of lines, the driver reads each value
	"part": "",
	"is_wanted": "line.reserve_stock = 1",
}

# A component waits for what its bundles miss of it.
_OF_PARTS = {
	"asked": "wanted.qty * (1 - least({gone} / line.qty, 1))",
	"ordered": "wanted.qty",
	"uom": "wanted.uom",
	"bundle": "line.name, line.item_code, wanted.qty / line.stock_qty, bundle_unit.must_be_whole_number",
	"part": """join `tabPacked Item` wanted on wanted.parent = so.name and wanted.parenttype = 'Sales Order'
	and wanted.parent_detail_docname = line.name and line.qty > 0
left join `tabUOM` bundle_unit on bundle_unit.name = line.stock_uom""",
	"is_wanted": "wanted.swf_not_locked = 0",
}

_HELD = """(select sum({open_qty}) from `tabStock Reservation Entry` sre
	where sre.voucher_detail_no = wanted.name and sre.voucher_type = 'Sales Order'
	and sre.voucher_no = so.name and sre.docstatus = 1 and sre.status in %(open)s)"""

_ALL_HELD = """left join (
	select sre.voucher_no, sre.voucher_detail_no, sum({open_qty}) qty
	from `tabStock Reservation Entry` sre
	where sre.voucher_type = 'Sales Order' and sre.docstatus = 1 and sre.status in %(open)s
	group by sre.voucher_no, sre.voucher_detail_no
) held on held.voucher_detail_no = wanted.name and held.voucher_no = so.name"""

_HAS_FREE = """join `tabBin` bin on bin.item_code = wanted.item_code and bin.warehouse = wanted.warehouse
	and bin.actual_qty - bin.reserved_stock > 0"""

_MAY_BE_SERVED = "and (so.swf_waits_from is null or so.swf_waits_from <= %(now)s)"


def lines_with_free_stock() -> list[WaitingLine]:
	"""Waiting lines to be served whose warehouse has something free; what is free is decided under locks."""
	return _lines(free=_HAS_FREE, condition=_MAY_BE_SERVED)


def lines_to_serve() -> list[WaitingLine]:
	"""All waiting lines that may be served now, whether or not something is free for them."""
	return _lines(condition=_MAY_BE_SERVED)


def lines_of(order: str) -> list[WaitingLine]:
	"""What one order waits for."""
	return lines_of_orders([order])


def lines_of_orders(orders: Iterable[str]) -> list[WaitingLine]:
	"""What these orders wait for; no statement for no order."""
	names = tuple(set(orders))
	return _lines(condition="and so.name in %(orders)s", orders=names) if names else []


def waiting_lines_in(**filters: Any) -> list[WaitingLine]:
	"""Waiting lines of a company, customer, item_code or warehouse; None = any."""
	conditions = {
		"company": "and so.company = %(company)s",
		"customer": "and so.customer = %(customer)s",
		"item_code": "and wanted.item_code = %(item_code)s",
		"warehouse": f"and wanted.warehouse in {trees.below_sql('Warehouse', '%(warehouse)s')}",
	}
	given = {name: value for name, value in filters.items() if value}
	return _lines(condition=" ".join(conditions[name] for name in given), **given)


def lines_at(items: Iterable[str], warehouses: Iterable[str]) -> list[WaitingLine]:
	"""Waiting lines for any of the items in any of the warehouses; no statement without either."""
	codes, places = tuple(set(items)), tuple(set(warehouses))
	if not (codes and places):
		return []
	condition = "and wanted.item_code in %(items)s and wanted.warehouse in %(warehouses)s"
	return _lines(condition=condition, items=codes, warehouses=places)


def _lines(free: str = "", condition: str = "", **values: Any) -> list[WaitingLine]:
	is_of_few = "orders" in values or "items" in values or "item_code" in values
	open_qty = open_qty_sql("sre")
	more = {
		**{"free": free, "condition": condition, "since": SINCE, "noise": SQL_NOISE},
		**{"in_work": in_work.statuses(), "not_held": open_orders.not_held_sql()},
		"orders": "`tabSales Order` so" if is_of_few else in_work.FROM,
		"held": _HELD.format(open_qty=open_qty) if is_of_few else "held.qty",
		"held_rows": "" if is_of_few else _ALL_HELD.format(open_qty=open_qty),
	}
	of_lines = _ROWS.format(**_OF_LINES, **more).replace("wanted.", "line.")
	both = f"{of_lines} union all {_ROWS.format(**_OF_PARTS, **more)} order by parent, at, name"
	query = both.replace("{gone}", gone.gone_sql("line"))
	rows = frappe.db.sql(query, {"open": OPEN_LOCK_STATUSES, "now": now_datetime(), **values})
	return [_line(row) for row in rows]


def _line(row: tuple[Any, ...]) -> WaitingLine:
	order, name, item_code, warehouse, missing, due, since, company, customer, group, owner, *more = row
	ship, waits_from, is_whole_stock, is_whole, factor, locked, ordered, stock_uom, project, *part = more
	bundle, bundle_item, per_bundle, is_whole_bundle, _at = part
	return WaitingLine(
		order=order,
		row=name,
		item_code=item_code,
		warehouse=warehouse,
		qty_stock=rounded(missing),
		due=datetime.combine(due, time.min) if due else None,
		since=since,
		is_whole_number=bool(is_whole_stock),
		locked_stock=locked,
		step_stock=delivery_step(factor, bool(is_whole), bool(is_whole_bundle if bundle else is_whole_stock))
		or float(bool(bundle and is_whole_bundle)),
		company=company,
		customer=customer,
		customer_group=group or "",
		owner=owner,
		expired_on=waits_from,
		ordered_stock=ordered,
		stock_uom=stock_uom,
		project=project,
		take=SHIP_COMPLETE.get(ship or "", ""),
		bundle=bundle or "",
		bundle_item=bundle_item or "",
		per_bundle=per_bundle or 0,
	)
