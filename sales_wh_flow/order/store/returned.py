"""What came back of each order line, and what of it is sent again, in the line's own UOM.

ERPNext's own figure of returned goods stays 0 where a return was made and submitted in one go: whether a
document is a return it asks when the document begins, which is before anybody has said so.
"""

from collections.abc import Iterable

import frappe

from sales_wh_flow.order.rules.return_status import ReturnedLine, return_status

_SUM = """coalesce((
		select sum(-note.qty) from `tabDelivery Note Item` note
		join `tabDelivery Note` doc on doc.name = note.parent and doc.is_return = 1 {only}
		where note.so_detail = line.name and note.docstatus = 1), 0)
	+ coalesce((
		select sum(-bill.qty) from `tabSales Invoice Item` bill
		join `tabSales Invoice` doc on doc.name = bill.parent and doc.is_return = 1 and doc.update_stock = 1
			{only}
		where bill.so_detail = line.name and bill.docstatus = 1), 0)"""

_REFUNDED = """coalesce((
		select sum(-bill.qty) from `tabSales Invoice Item` bill
		join `tabSales Invoice` doc on doc.name = bill.parent and doc.is_return = 1
		where bill.so_detail = line.name and bill.docstatus = 1), 0)"""

NOT_REFUNDED = "('Nothing', 'Repair')"
"""SQL for the remedies of a row of a Return Case that give nothing back: its goods are to be paid all the
same.
"""

TO_BE_PAID = f"""if(line.swf_returned_qty > 0, coalesce((
		select sum(its.received_qty * its.conversion_factor) from `tabReturn Case Row` its
		join `tabDelivery Note` note on note.name = its.return_note and note.docstatus = 1
		where its.sales_order = line.parent and its.sales_order_item = line.name
			and its.remedy in {NOT_REFUNDED}), 0) / line.conversion_factor, 0)"""
"""What of an order's ``line`` came back and is to be paid all the same: nothing is refunded for it."""

PER_BILLED = f"""if(so.per_billed >= 100 or coalesce(so.swf_return_status, '') = '', so.per_billed, if((
		select sum(greatest(line.amount - line.billed_amt - line.amount / nullif(line.qty, 0) * greatest(
			line.swf_returned_qty - line.swf_replaced_qty - line.swf_refunded_qty - {TO_BE_PAID}, 0), 0))
		from `tabSales Order Item` line where line.parent = so.name) < 0.02, 100, so.per_billed))"""
"""How much of an order ``so`` is billed, as ERPNext's own figure says; 100 where what is not came back before
it was invoiced, and is refunded: nobody is going to bill that.
"""

_RETURNED = _SUM.format(only="")
_REPLACED = _SUM.format(only="and doc.swf_replace = 1 and doc.name <> %(but)s")


def write_returned(rows: Iterable[str]) -> None:
	"""Add up the submitted returns and credit notes of these order lines anew, and say on their orders
	whether all came back; four statements.

	ERPNext's own figure becomes what is asked for by nobody any more: it counts open demand by it.
	"""
	names = tuple(rows)
	frappe.db.sql(
		f"""update `tabSales Order Item` line force index (primary)
		set line.swf_returned_qty = {_RETURNED}, line.swf_replaced_qty = {_REPLACED},
			line.swf_refunded_qty = {_REFUNDED},
			line.returned_qty = greatest(line.swf_returned_qty - line.swf_replaced_qty, 0)
		where line.name in %(rows)s""",
		{"rows": names, "but": ""},
	)
	_write_status(names)


def _write_status(rows: tuple[str, ...]) -> None:
	"""Three statements. Only these orders and their lines are locked, so nothing is joined in the update."""
	goods = frappe.db.sql(
		"""select line.name, line.parent, item.is_stock_item = 1 or exists (
			select 1 from `tabPacked Item` part where part.parent = line.parent
				and part.parenttype = 'Sales Order' and part.parent_detail_docname = line.name)
		from `tabSales Order Item` line join `tabItem` item on item.name = line.item_code
		where line.parent in (select its.parent from `tabSales Order Item` its where its.name in %s)""",
		(rows,),
	)
	orders = tuple(sorted({order for _row, order, _is_goods in goods}))
	if not orders:
		return
	lines: dict[str, list[ReturnedLine]] = {order: [] for order in orders}
	counted = {row for row, _order, is_goods in goods if is_goods}
	for row, order, *figures in frappe.db.sql(
		"""select name, parent, qty, swf_returned_qty, swf_replaced_qty from `tabSales Order Item`
		where parent in %s lock in share mode""",
		(orders,),
	):
		if row in counted:
			lines[order].append(ReturnedLine(*figures))
	cases = " ".join("when %s then %s" for _ in orders)
	frappe.db.sql(
		f"""update `tabSales Order` force index (primary) set swf_return_status = case name {cases} end
		where name in %s""",
		(*(part for order in orders for part in (order, return_status(lines[order]))), orders),
	)


def write_replaced(rows: Iterable[str], but: str) -> None:
	"""What is sent again, as it will be without the return ``but``; one statement."""
	frappe.db.sql(
		f"""update `tabSales Order Item` line force index (primary) set line.swf_replaced_qty = {_REPLACED}
		where line.name in %(rows)s""",
		{"rows": tuple(rows), "but": but},
	)


def lines_with_returns() -> list[tuple[str, str]]:
	"""(order line, its order) of which something came back or was credited."""
	rows = frappe.db.sql(
		"""select line.name, line.parent from `tabSales Order Item` line where line.name in (
			select row.so_detail from `tabDelivery Note Item` row
			join `tabDelivery Note` doc on doc.name = row.parent and doc.is_return = 1
			where row.docstatus = 1
		union select row.so_detail from `tabSales Invoice Item` row
			join `tabSales Invoice` doc on doc.name = row.parent and doc.is_return = 1
			where row.docstatus = 1)
		order by line.parent, line.name"""
	)
	return [(row, order) for row, order in rows]


def wrong_lines() -> list[tuple[str, str]]:
	"""(order line, its order) of which something came back or was credited and that say otherwise."""
	found = lines_with_returns()
	if not found:
		return []
	rows = frappe.db.sql_list(
		f"""select line.name from `tabSales Order Item` line where line.name in %(rows)s and (
			line.swf_returned_qty <> ({_RETURNED}) or line.swf_replaced_qty <> ({_REPLACED})
			or line.swf_refunded_qty <> ({_REFUNDED})
			or line.returned_qty <> greatest(line.swf_returned_qty - line.swf_replaced_qty, 0))""",
		{"rows": tuple(row for row, _order in found), "but": ""},
	)
	wrong = set(rows)
	return [it for it in found if it[0] in wrong]


def orders_settled_by_returns() -> list[str]:
	"""The submitted orders of which all that is not billed came back before anybody billed it, by name."""
	rows = frappe.db.sql(
		f"""select so.name from `tabSales Order` so
		where so.docstatus = 1 and so.per_billed < 100 and coalesce(so.swf_return_status, '') <> ''
			and {PER_BILLED} >= 100 order by so.name"""
	)
	return [row[0] for row in rows]


def orders_of_unrefunded_returns() -> list[str]:
	"""The submitted orders, by name, that are not billed in full and of which goods came back that are to be
	paid all the same.
	"""
	rows = frappe.db.sql(
		f"""select distinct so.name from `tabReturn Case Row` its
		join `tabDelivery Note` note on note.name = its.return_note and note.docstatus = 1
		join `tabSales Order` so on so.name = its.sales_order and so.docstatus = 1 and so.per_billed < 100
		where its.remedy in {NOT_REFUNDED} order by so.name"""
	)
	return [row[0] for row in rows]
