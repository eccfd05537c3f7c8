"""Submitted orders with their lines, and what left for them."""

from collections import defaultdict
from datetime import date
from typing import Any

import frappe
from frappe.utils import flt

from sales_wh_flow.base import trees
from sales_wh_flow.base.settings import STOCK_LOCK, is_on
from sales_wh_flow.figures.rules.service import FIRST, LAST, REQUESTED, OrderedGoods, OrderedLine, Sending

MOST = 20_000
"""Orders in figures, at most: the newest. A longer time is asked for in parts."""
_CHUNK = 1000

_FILTERS = {
	"company": "`tabSales Order`.company = %(company)s",
	"customer_group": f"""`tabSales Order`.customer_group in
		{trees.below_sql("Customer Group", "%(customer_group)s")}""",
	"territory": f"`tabSales Order`.territory in {trees.below_sql('Territory', '%(territory)s')}",
	"seller": "`tabSales Order`.owner = %(seller)s",
	"courier": "`tabSales Order`.swf_courier = %(courier)s",
	"from_date": "`tabSales Order`.transaction_date >= %(from_date)s",
	"to_date": "`tabSales Order`.transaction_date <= %(to_date)s",
	"warehouse": f"""exists (select 1 from `tabSales Order Item` soi where soi.parent = `tabSales Order`.name
		and soi.warehouse in {trees.below_sql("Warehouse", "%(warehouse)s")})""",
	"item_group": f"""exists (select 1 from `tabSales Order Item` soi where soi.parent = `tabSales Order`.name
		and soi.item_group in {trees.below_sql("Item Group", "%(item_group)s")})""",
}


def heads(visible: str, **given: object) -> list[dict[str, Any]]:
	"""The orders that match and that the reader may see, the newest first; one statement. A group stands for
	all that lies below it.
	"""
	wanted = {name: value for name, value in given.items() if value}
	conditions = [_FILTERS[name] for name in wanted]
	if visible:
		conditions.append(visible.replace("%", "%%"))
	return frappe.db.sql(
		f"""select `tabSales Order`.name, `tabSales Order`.company, `tabSales Order`.customer_name,
			`tabSales Order`.customer_group, `tabSales Order`.territory, `tabSales Order`.owner seller,
			coalesce(`tabSales Order`.swf_courier, '') courier, `tabSales Order`.transaction_date ordered_on,
			`tabSales Order`.swf_flow_status flow_status,
			coalesce(`tabSales Order`.swf_requested_on, `tabSales Order`.delivery_date) requested,
			coalesce(`tabSales Order`.swf_first_promised_on, `tabSales Order`.swf_requested_on,
				`tabSales Order`.delivery_date) first,
			coalesce(`tabSales Order`.swf_last_promised_on, `tabSales Order`.swf_requested_on,
				`tabSales Order`.delivery_date) last
		from `tabSales Order`
		where `tabSales Order`.docstatus = 1 and `tabSales Order`.skip_delivery_note = 0
			{"".join(f" and ({it})" for it in conditions)}
		order by `tabSales Order`.transaction_date desc, `tabSales Order`.name desc limit {MOST}""",
		wanted,
		as_dict=True,
	)


def ordered_goods(rows: list[dict[str, Any]]) -> list[OrderedGoods]:
	"""The goods of these orders; those of services alone are left out. Three statements for each thousand."""
	found: list[OrderedGoods] = []
	for start in range(0, len(rows), _CHUNK):
		some = rows[start : start + _CHUNK]
		names = tuple(row["name"] for row in some)
		lines, sendings = _lines(names), _sendings(names)
		found += [
			OrderedGoods(
				row["name"],
				{REQUESTED: row["requested"], FIRST: row["first"], LAST: row["last"]},
				lines[row["name"]],
				tuple(sendings[row["name"]]),
			)
			for row in some
			if row["name"] in lines
		]
	return found


def _lines(orders: tuple[str, ...]) -> dict[str, tuple[OrderedLine, ...]]:
	"""Lines of goods that we send; a bundle is one line, and nothing is locked for it itself."""
	at_once = _locked_at_once(orders) if is_on(STOCK_LOCK) else None
	found: dict[str, list[OrderedLine]] = defaultdict(list)
	for row in frappe.db.sql(
		"""select soi.parent, soi.name, soi.stock_qty, soi.base_net_amount, item.is_stock_item,
			soi.reserve_stock, coalesce(soi.warehouse, '') warehouse,
			coalesce(soi.item_group, '') item_group, soi.swf_returned_qty > 0 or exists (
				select 1 from `tabOrder Box Item` packed where packed.sales_order_item = soi.name
					and packed.refused_qty > 0) came_back
		from `tabSales Order Item` soi join `tabItem` item on item.name = soi.item_code
		where soi.parent in %(orders)s and soi.delivered_by_supplier = 0 and soi.stock_qty > 0
			and (item.is_stock_item = 1 or exists (select 1 from `tabPacked Item` part
				where part.parent = soi.parent and part.parent_detail_docname = soi.name))
		order by soi.parent, soi.idx""",
		{"orders": orders},
		as_dict=True,
	):
		is_lockable = at_once is not None and row.is_stock_item and row.reserve_stock
		found[row.parent].append(
			OrderedLine(
				row.name,
				flt(row.stock_qty),
				flt(row.base_net_amount),
				row.warehouse,
				row.item_group,
				at_once.get(row.name, 0.0) if is_lockable and at_once is not None else None,
				bool(row.came_back),
			)
		)
	return {order: tuple(lines) for order, lines in found.items()}


def _locked_at_once(orders: tuple[str, ...]) -> dict[str, float]:
	"""{line: what was locked within a minute of the order's first submission}."""
	rows = frappe.db.sql(
		"""select event.sales_order_item, sum(event.qty_stock)
		from `tabStock Lock Event` event join `tabSales Order` so on so.name = event.sales_order
		where event.sales_order in %(orders)s and event.event = 'Locked'
			and event.happened_on <= coalesce(so.swf_queued_since, so.creation) + interval 1 minute
		group by event.sales_order_item""",
		{"orders": orders},
	)
	return {line: flt(qty) for line, qty in rows}


def _sendings(orders: tuple[str, ...]) -> dict[str, list[Sending]]:
	"""What left with notes, and with invoices that move stock: those are handed over the counter."""
	found: dict[str, list[Sending]] = defaultdict(list)
	rows: list[tuple[str, str, float, date, date | None, int]] = frappe.db.sql(
		"""select row.against_sales_order, row.so_detail, row.stock_qty, note.posting_date,
			date(note.swf_delivered_on), 0
		from `tabDelivery Note Item` row join `tabDelivery Note` note on note.name = row.parent
		where row.against_sales_order in %(orders)s and note.docstatus = 1 and note.is_return = 0
		union all
		select row.sales_order, row.so_detail, row.stock_qty, bill.posting_date, bill.posting_date, 1
		from `tabSales Invoice Item` row join `tabSales Invoice` bill on bill.name = row.parent
		where row.sales_order in %(orders)s and bill.docstatus = 1 and bill.is_return = 0
			and bill.update_stock = 1""",
		{"orders": orders},
	)
	for order, line, qty, left, there, at_counter in rows:
		found[order].append(Sending(line, flt(qty), left, there, bool(at_counter)))
	return found
