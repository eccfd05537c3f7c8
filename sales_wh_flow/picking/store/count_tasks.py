"""Places that somebody is asked to count: open ToDos on their Bins, and what waits for it."""

from collections.abc import Iterable, Mapping

import frappe
from frappe.utils import flt, now

from sales_wh_flow.base import bulk

SHORT_PICK = "Short Pick"

_OPEN = """exists (select 1 from `tabToDo` todo where todo.reference_type = 'Bin'
	and todo.reference_name = bin.name and todo.status = 'Open'{since})"""


def bin_of(item_code: str, warehouse: str) -> tuple[str, bool] | None:
	"""(the Bin of a place, whether somebody is asked to count it already); None where nothing ever was."""
	rows = frappe.db.sql(
		f"""select bin.name, {_OPEN.format(since="")} from `tabBin` bin
		where bin.item_code = %s and bin.warehouse = %s""",
		(item_code, warehouse),
	)
	return (rows[0][0], bool(rows[0][1])) if rows else None


def who_counts(warehouse: str, most: int) -> list[str]:
	"""Stock Managers who may see the warehouse; who is permitted no warehouse by name sees all."""
	rows = frappe.db.sql(
		"""select distinct user.name from `tabUser` user
		join `tabHas Role` has on has.parent = user.name and has.parenttype = 'User'
			and has.role = 'Stock Manager'
		where user.enabled = 1 and user.name not in ('Administrator', 'Guest')
			and (not exists (select 1 from `tabUser Permission` own where own.user = user.name
				and own.allow = 'Warehouse')
			or exists (select 1 from `tabUser Permission` own
				join `tabWarehouse` above on above.name = own.for_value
				join `tabWarehouse` place on place.lft >= above.lft and place.rgt <= above.rgt
				where own.user = user.name and own.allow = 'Warehouse' and place.name = %s))
		order by user.name limit %s""",
		(warehouse, most),
	)
	return [row[0] for row in rows]


def add_tasks(bin_name: str, tasks: Mapping[str, str]) -> None:
	"""A ToDo on a Bin for each user, in words of that user. Two statements: a picker waits at the shelf."""
	stamp, user = now(), frappe.session.user
	bulk.insert(
		"ToDo",
		(
			*("name", "owner", "creation", "modified", "modified_by", "docstatus", "idx", "status"),
			*("priority", "allocated_to", "assigned_by", "reference_type", "reference_name", "description"),
		),
		[
			(name, user, stamp, stamp, user, 0, 0, "Open", "Medium", one, user, "Bin", bin_name, text)
			for name, (one, text) in zip(bulk.new_names(len(tasks)), tasks.items(), strict=True)
		],
	)
	frappe.db.sql(
		"update `tabBin` set _assign = %s where name = %s", (frappe.as_json([*tasks], indent=None), bin_name)
	)


def not_counted(order: str) -> dict[tuple[str, str, str], float]:
	"""{(order row, item, warehouse): what pickers did not find there, and nobody has counted since}."""
	rows = frappe.db.sql(
		f"""select short.sales_order_item, short.item_code, short.warehouse, sum(short.qty_stock)
		from `tabShortage Action` short
		join `tabBin` bin on bin.item_code = short.item_code and bin.warehouse = short.warehouse
		where short.sales_order = %s and short.action = %s
			and {_OPEN.format(since=" and todo.creation <= short.creation")}
		group by short.sales_order_item, short.item_code, short.warehouse""",
		(order, SHORT_PICK),
	)
	return {(row, item, place): flt(qty) for row, item, place, qty in rows}


def not_counted_at(warehouses: Iterable[str]) -> dict[tuple[str, str], float]:
	"""{(order row or component of its bundle, warehouse): as ``not_counted``} of all orders; one statement,
	none for no warehouse.
	"""
	places = tuple(warehouses)
	if not places:
		return {}
	rows = frappe.db.sql(
		"""select coalesce(part.name, short.sales_order_item), short.warehouse, sum(short.qty_stock)
		from (select reference_name, min(creation) since from `tabToDo`
			where reference_type = 'Bin' and status = 'Open' group by reference_name) task
		join `tabBin` bin on bin.name = task.reference_name and bin.warehouse in %s
		join `tabShortage Action` short on short.item_code = bin.item_code
			and short.warehouse = bin.warehouse and short.action = %s and short.creation >= task.since
		left join `tabPacked Item` part on part.parent_detail_docname = short.sales_order_item
			and part.item_code = short.item_code and part.parenttype = 'Sales Order'
		group by 1, 2""",
		(places, SHORT_PICK),
	)
	return {(row, place): flt(qty) for row, place, qty in rows}


def bins_at(places: Iterable[tuple[str, str]]) -> list[str]:
	"""The Bins of these (item, warehouse) that somebody is asked to count; one statement, none for none."""
	wanted = tuple(set(places))
	if not wanted:
		return []
	rows = frappe.db.sql(
		f"""select bin.name from `tabBin` bin
		where (bin.item_code, bin.warehouse) in %s and {_OPEN.format(since="")}""",
		(wanted,),
	)
	return [row[0] for row in rows]


def end_tasks(bins: Iterable[str]) -> None:
	"""Nobody has to count these any more. Two statements, none for none."""
	names = tuple(bins)
	if not names:
		return
	frappe.db.sql(
		"""update `tabToDo` set status = 'Closed', modified = %s, modified_by = %s
		where reference_type = 'Bin' and reference_name in %s and status = 'Open'""",
		(now(), frappe.session.user, names),
	)
	frappe.db.sql("update `tabBin` force index (primary) set _assign = '' where name in %s", (names,))
