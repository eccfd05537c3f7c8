"""Rows of submitted Sales Orders where ERPNext offers no way to change them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import frappe
from frappe.utils import now

from sales_wh_flow.base import bulk, said
from sales_wh_flow.base.said import Kept
from sales_wh_flow.order.answers import Backorder


def row_names(order: str) -> list[str]:
	"""The names of an order's rows, in their order."""
	rows = frappe.db.sql("select name from `tabSales Order Item` where parent = %s order by idx", order)
	return [row[0] for row in rows]


def warehouses_of(order: str) -> set[str]:
	"""The warehouses that an order's rows name, as stored."""
	rows = frappe.db.sql(
		"""select distinct warehouse from `tabSales Order Item`
		where parent = %s and coalesce(warehouse, '') <> ''""",
		order,
	)
	return {row[0] for row in rows}


def set_header_warehouse(order: str, warehouse: str | None) -> None:
	"""Write the order's Set Source Warehouse and nothing else."""
	frappe.db.sql("update `tabSales Order` set set_warehouse = %s where name = %s", (warehouse, order))


def set_warehouses(warehouses: Mapping[str, str], reason: Kept) -> None:
	"""Give rows of submitted orders another warehouse and say why; one statement for all.

	The caller holds the locks of the orders and the Bins, and writes the Bins' figures.
	"""
	if not warehouses:
		return
	cases = " ".join("when %s then %s" for _ in warehouses)
	frappe.db.sql(
		f"""update `tabSales Order Item` force index (primary) set warehouse = case name {cases} end,
			swf_route_reason = %s, swf_brought_to = null, modified = %s, modified_by = %s
		where name in %s""",
		(
			*(part for pair in warehouses.items() for part in pair),
			*(said.checked_code(reason), now(), frappe.session.user, tuple(warehouses)),
		),
	)


def set_part_warehouses(warehouses: Mapping[str, str]) -> None:
	"""The components of bundles follow their rows: {row: warehouse}; one statement, none for no row."""
	if warehouses:
		cases = " ".join("when %s then %s" for _ in warehouses)
		frappe.db.sql(
			f"""update `tabPacked Item` set warehouse = case parent_detail_docname {cases} end, modified = %s,
				modified_by = %s
			where parent_detail_docname in %s and parenttype = 'Sales Order'""",
			(
				*(part for pair in warehouses.items() for part in pair),
				*(now(), frappe.session.user, tuple(warehouses)),
			),
		)


def keep_part_names(order: str, before: Iterable[Any]) -> None:
	"""Give packed items the names they had ``before`` (rows of the document): ERPNext makes them anew with
	every edit, and then no lock and no Pick List finds them. Two statements at most, none without any.
	"""
	old: dict[tuple[str, str], list[str]] = {}
	for row in before:
		old.setdefault((row.parent_detail_docname, row.item_code), []).append(row.name)
	if not old:
		return
	rows = frappe.db.sql(
		"""select name, parent_detail_docname, item_code from `tabPacked Item`
		where parent = %s and parenttype = 'Sales Order' order by idx for update""",
		order,
	)
	there = {name for name, *_what in rows}
	renamed = {}
	for name, line, item_code in rows:
		free = [known for known in old.get((line, item_code), ()) if known not in there]
		if free and name not in old[line, item_code]:
			renamed[name] = free[0]
			there.add(free[0])
	bulk.set_each("Packed Item", "name", renamed)


def set_brought_to(rows: Iterable[str], warehouse: str | None) -> None:
	"""Rows of submitted orders go to a warehouse by transfer first, or nowhere; one statement."""
	names = tuple(rows)
	if names:
		frappe.db.sql(
			"""update `tabSales Order Item` force index (primary)
			set swf_brought_to = %s where name in %s""",
			(warehouse, names),
		)


def set_ships_on(days: Mapping[str, date | None]) -> None:
	"""The day on which rows of submitted orders have to leave, None = nobody knows; one statement."""
	bulk.set_each("Sales Order Item", "swf_ships_on", days)


def touch(order: str) -> None:
	"""Let forms that show the order know that it changed: what they would save is out of date."""
	frappe.db.sql(
		"update `tabSales Order` set modified = %s, modified_by = %s where name = %s",
		(now(), frappe.session.user, order),
	)


def relink_supply(row: str, order: str, new_row: str) -> None:
	"""What was requested, ordered or is being made for a row is for another order's row from now on."""
	_relink(row, order, new_row)
	_count_ordered("Sales Order Item", "sales_order_item", (row, new_row))


def relink_part_supply(part: str, order: str, new_part: str) -> None:
	"""What was requested, ordered or is being made for a component of a bundle is for another order's from
	now on; purchase orders name it by a field of their own, too.
	"""
	_relink(part, order, new_part)
	frappe.db.sql(
		"""update `tabPurchase Order Item` set sales_order = %s, sales_order_packed_item = %s
		where sales_order_packed_item = %s and docstatus < 2""",
		(order, new_part, part),
	)
	_count_ordered("Packed Item", "sales_order_packed_item", (part, new_part))


def _relink(row: str, order: str, new_row: str) -> None:
	for doctype in ("Material Request Item", "Purchase Order Item", "Work Order"):
		frappe.db.sql(
			f"""update `tab{doctype}` set sales_order = %s, sales_order_item = %s
			where sales_order_item = %s and docstatus < 2""",
			(order, new_row, row),
		)


def _count_ordered(doctype: str, link: str, rows: tuple[str, ...]) -> None:
	"""Rows say what is ordered for them anew; ``link``: the field by which a Purchase Order names them."""
	frappe.db.sql(
		f"""update `tab{doctype}` line force index (primary) set line.ordered_qty = coalesce((
			select sum(bought.stock_qty) from `tabPurchase Order Item` bought
			where bought.`{link}` = line.name and bought.docstatus = 1), 0)
		where line.name in %s""",
		(rows,),
	)


def count_backorders(order: str) -> int:
	"""How many orders were split off an order."""
	rows = frappe.db.sql("select count(*) from `tabSales Order` where swf_backorder_of = %s", order)
	return rows[0][0]


def backorders(orders: Iterable[str]) -> list[Backorder]:
	"""What was split off these orders and is not cancelled, oldest first; one statement, none for none."""
	wanted = tuple(orders)
	if not wanted:
		return []
	return frappe.db.sql(
		"""select name, docstatus, swf_flow_status from `tabSales Order`
		where swf_backorder_of in %s and docstatus < 2 order by creation""",
		(wanted,),
		as_dict=True,
	)
