"""Rows of submitted Sales Orders where ERPNext offers no way to change them."""

from collections.abc import Iterable, Mapping

import frappe
from frappe.utils import now


def names(order: str) -> list[str]:
	"""The names of an order's rows, in their order."""
	rows = frappe.db.sql("select name from `tabSales Order Item` where parent = %s order by idx", order)
	return [row[0] for row in rows]


def set_header_warehouse(order: str, warehouse: str | None) -> None:
	"""Write the order's Set Source Warehouse and nothing else."""
	frappe.db.sql("update `tabSales Order` set set_warehouse = %s where name = %s", (warehouse, order))


def set_warehouses(warehouses: Mapping[str, str], reasons: Mapping[str, str]) -> None:
	"""Give rows of submitted orders another warehouse and say why; one statement for all.

	The caller holds the locks of the orders and the Bins, and writes the Bins' figures.
	"""
	if not warehouses:
		return
	rows = list(warehouses)
	cases = " ".join("when %s then %s" for _ in rows)
	frappe.db.sql(
		f"""update `tabSales Order Item` set warehouse = case name {cases} end,
			swf_route_reason = case name {cases} end, modified = %s, modified_by = %s
		where name in %s""",
		(
			*(part for row in rows for part in (row, warehouses[row])),
			*(part for row in rows for part in (row, reasons.get(row, ""))),
			*(now(), frappe.session.user, tuple(rows)),
		),
	)


def touch(order: str) -> None:
	"""Let forms that show the order know that it changed: what they would save is out of date."""
	frappe.db.sql(
		"update `tabSales Order` set modified = %s, modified_by = %s where name = %s",
		(now(), frappe.session.user, order),
	)


def relink_supply(row: str, order: str, new_row: str) -> None:
	"""What was requested, ordered or is being made for a row is for another order's row from now on."""
	for doctype in ("Material Request Item", "Purchase Order Item", "Work Order"):
		frappe.db.sql(
			f"""update `tab{doctype}` set sales_order = %s, sales_order_item = %s
			where sales_order_item = %s and docstatus < 2""",
			(order, new_row, row),
		)
	frappe.db.sql(
		"""update `tabSales Order Item` line set line.ordered_qty = coalesce((
			select sum(bought.stock_qty) from `tabPurchase Order Item` bought
			where bought.sales_order_item = line.name and bought.docstatus = 1), 0)
		where line.name in %s""",
		((row, new_row),),
	)


def count_backorders(order: str) -> int:
	"""How many orders were split off an order."""
	rows = frappe.db.sql("select count(*) from `tabSales Order` where swf_backorder_of = %s", order)
	return rows[0][0]


def backorders(orders: Iterable[str]) -> list[dict]:
	"""[{"name", "docstatus", "swf_flow_status"}] of what was split off these orders, oldest first."""
	wanted = tuple(orders)
	if not wanted:
		return []
	return frappe.db.sql(
		"""select name, docstatus, swf_flow_status from `tabSales Order`
		where swf_backorder_of in %s and docstatus < 2 order by creation""",
		(wanted,),
		as_dict=True,
	)
