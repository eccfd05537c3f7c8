"""What is locked and what is on Pick Lists, line by line."""

from collections.abc import Iterable

import frappe

from sales_wh_flow.base import hold_rows
from sales_wh_flow.base.serial_nos import each_serial
from sales_wh_flow.stock_lock.rules.facts import PickFacts
from sales_wh_flow.stock_lock.store import batches, reservations


def locked_entries(order: str) -> list[PickFacts]:
	"""What an order's locks hold, oldest lock first: one entry per batch or serial number, one per plain
	lock.
	"""
	locks = reservations.open_of_order(order, for_update=True)
	entries = batches.entries_of(lock.name for lock in locks)
	found = []
	for lock in locks:
		for entry in entries.get(lock.name) or (None,):
			found.append(
				PickFacts(
					item_code=lock.item_code,
					warehouse=lock.warehouse,
					sales_order_item=lock.sales_order_item,
					qty_stock=entry.qty_stock if entry else lock.qty_stock,
					batch_no=entry.batch_no if entry else None,
					serial_nos=(entry.serial_no,) if entry and entry.serial_no else (),
				)
			)
	return found


def on_pick_lists(
	order: str, but: str | None = None, for_update: bool = True, only: str | None = None
) -> list[PickFacts]:
	"""What drafts and undelivered submitted Pick Lists hold of an order, ``but`` one of them, or ``only``
	that one.
	"""
	rows = frappe.db.sql(
		f"""select row.item_code, row.warehouse,
			coalesce(nullif(row.product_bundle_item, ''), row.sales_order_item), row.batch_no, row.serial_no,
			if(row.docstatus = 0, greatest(row.stock_qty, row.picked_qty), row.picked_qty) - coalesce((
				select sum(dni.stock_qty) from `tabDelivery Note Item` dni
				where dni.so_detail = row.sales_order_item and dni.pick_list_item = row.name
					and dni.docstatus = 1), 0) - if(row.product_bundle_item <> '', row.delivered_qty, 0),
			row.parent, coalesce((
				select sum(dni.stock_qty) from `tabDelivery Note Item` dni
				where coalesce(row.product_bundle_item, '') = '' and dni.so_detail = row.sales_order_item
					and dni.against_pick_list = row.parent and dni.warehouse = row.warehouse
					and coalesce(dni.pick_list_item, '') = '' and dni.docstatus = 1), 0)
		from `tabPick List Item` row
		where row.sales_order = %s and row.docstatus < 2 and row.parent <> %s
			{"and row.parent = %s" if only else ""}
		order by row.parent, row.idx {"for update" if for_update else ""}""",
		(order, but or "", *([only] if only else ())),
	)
	found: list[PickFacts] = []
	gone_together: dict[tuple[str, str, str], float] = {}
	for item, warehouse, line, batch_no, serials, qty, parent, together in rows:
		# What left as whole boxes names the list, not the row: it is taken from the rows in their order.
		key = (parent, line, warehouse)
		gone = min(gone_together.setdefault(key, together), max(qty, 0.0))
		gone_together[key] -= gone
		if qty > gone:
			found.append(PickFacts(item, warehouse, line, qty - gone, batch_no, each_serial(serials)))
	return found


def lists_of_row(order: str, row: str) -> tuple[str, ...]:
	"""The Pick Lists, drafts among them, that name an order row or a component of its bundle; a locking read,
	as what they hold is counted by one.
	"""
	rows = frappe.db.sql(
		"""select parent from `tabPick List Item` where sales_order = %(order)s and docstatus < 2
			and (sales_order_item = %(row)s or product_bundle_item = %(row)s)
		order by parent lock in share mode""",
		{"order": order, "row": row},
	)
	return tuple(dict.fromkeys(name for (name,) in rows))


def picked_lots(pick_list: str, line: str, warehouse: str) -> list[tuple[str | None, str | None, float]]:
	"""(batch, serial numbers, quantity) that a submitted Pick List picked for an order line and that has not
	left, row by row.
	"""
	return frappe.db.sql(
		"""select batch_no, serial_no, picked_qty - delivered_qty from `tabPick List Item`
		where parent = %s and sales_order_item = %s and warehouse = %s and docstatus = 1
			and coalesce(product_bundle_item, '') = '' order by idx""",
		(pick_list, line, warehouse),
	)


def draft_delivery_note(pick_list: str) -> str | None:
	"""The draft Delivery Note that was made from a Pick List, if there is one, as last committed: the list is
	held. A row of a bundle names no row of the list.
	"""
	found = frappe.db.sql(
		"""select dni.parent from `tabPick List Item` row
		join `tabDelivery Note Item` dni on dni.so_detail = row.sales_order_item and (
			dni.pick_list_item = row.name
			or coalesce(dni.pick_list_item, '') = '' and dni.against_pick_list = row.parent)
		where row.parent = %s and dni.docstatus = 0 order by dni.parent limit 1 lock in share mode""",
		pick_list,
	)
	return found[0][0] if found else None


def draft_delivery_notes(pick_list: str) -> dict[str, str]:
	"""{order: its draft Delivery Note} of those that were made from a Pick List, as last committed: the list
	is held.
	"""
	rows = frappe.db.sql(
		"""select row.sales_order, min(dni.parent) from `tabPick List Item` row
		join `tabDelivery Note Item` dni on dni.so_detail = row.sales_order_item and (
			dni.pick_list_item = row.name
			or coalesce(dni.pick_list_item, '') = '' and dni.against_pick_list = row.parent)
		where row.parent = %s and dni.docstatus = 0 group by row.sales_order lock in share mode""",
		pick_list,
	)
	return dict(rows)


def write_picked(orders: Iterable[str]) -> None:
	"""What is picked of these orders, without what came back and is picked once more: three statements.

	Others may hold their orders meanwhile and wait for our Bins, so only these orders and their rows are
	locked: a join that began with the orders would scan, and lock, every order of a small site.
	"""
	names = tuple(orders)
	rows = """(select sum(pick.picked_qty) from `tabPick List Item` pick
		where pick.{column} = {row} and pick.docstatus = 1 {only})"""
	of_line = rows.format(
		column="sales_order_item", row="line.name", only="and coalesce(pick.product_bundle_item, '') = ''"
	)
	frappe.db.sql(
		f"""update `tabSales Order Item` line force index (parent) set line.picked_qty = greatest(
			coalesce({of_line}, 0) - line.swf_replaced_qty * line.conversion_factor, 0)
		where line.parent in %s""",
		(names,),
	)
	of_part = rows.format(column="product_bundle_item", row="part.name", only="")
	frappe.db.sql(
		f"""update `tabPacked Item` part force index (parent)
		straight_join `tabSales Order Item` line force index (primary)
			on line.name = part.parent_detail_docname and line.qty > 0
		set part.picked_qty = greatest(
			coalesce({of_part}, 0) - part.qty * line.swf_replaced_qty / line.qty, 0)
		where part.parent in %s and part.parenttype = 'Sales Order'""",
		(names,),
	)
	frappe.db.sql(
		"""update (
			select line.parent, sum(least(line.picked_qty, line.stock_qty)) picked, sum(line.stock_qty) asked
			from `tabSales Order Item` line force index (parent)
			straight_join `tabItem` item on item.name = line.item_code
			where line.parent in %s and item.is_stock_item = 1 group by line.parent
		) goods straight_join `tabSales Order` so force index (primary) on so.name = goods.parent
		set so.per_picked = if(goods.asked > 0, 100 * goods.picked / goods.asked, 0)""",
		(names,),
	)


def with_goods_to_send_again(orders: Iterable[str]) -> list[str]:
	"""Those of the orders whose returned goods are sent once more, sorted; no statement for no order."""
	names = tuple(orders)
	if not names:
		return []
	rows = frappe.db.sql(
		"""select distinct parent from `tabSales Order Item` where parent in %s and swf_replaced_qty > 0
		order by parent""",
		(names,),
	)
	return [row[0] for row in rows]


def has_something_left(pick_list: str) -> bool:
	"""Whether a submitted Pick List holds anything that no submitted note has taken; a locking read."""
	orders = frappe.db.sql(
		"select distinct coalesce(sales_order, '') from `tabPick List Item` where parent = %s", pick_list
	)
	if any(not order for (order,) in orders):
		return True  # what belongs to no order is ERPNext's to count
	return any(on_pick_lists(order, only=pick_list) for (order,) in orders)


def hold_pick_list(name: str) -> None:
	"""Lock a Pick List's row, so that one delivery at a time is made from it."""
	hold_rows.hold_document_row("Pick List", name)
