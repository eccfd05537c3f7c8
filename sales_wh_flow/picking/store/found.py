"""What pickers have found: on the rows of draft Pick Lists, and who walks for a list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import frappe
from frappe.utils import flt, now

from sales_wh_flow.base import bulk
from sales_wh_flow.base.quantities import SQL_NOISE
from sales_wh_flow.base.serial_nos import each_serial
from sales_wh_flow.order.rules.held_statuses import NO_DEMAND
from sales_wh_flow.picking.rules.found import CANCELLED, NOTHING_TO_DO, RowToPick


@dataclass(frozen=True, slots=True)
class HeldList:
	"""A Pick List whose row is locked. ``picker``: who walks for it, "" for nobody."""

	name: str
	docstatus: int
	company: str
	warehouse: str
	picker: str
	picker_since: datetime | None


def hold_list(name: str) -> HeldList | None:
	"""Lock a Pick List's row and return it as last committed; None when it is gone."""
	rows = frappe.db.sql(
		"""select name, docstatus, company, coalesce(parent_warehouse, ''), coalesce(swf_picker, ''),
			swf_picker_since from `tabPick List` where name = %s for update""",
		name,
	)
	return HeldList(*rows[0]) if rows else None


def rows_to_pick(name: str) -> list[RowToPick]:
	"""The rows of a Pick List as last committed, by number; they are locked. One statement."""
	rows = frappe.db.sql(
		"""select pick.name, pick.idx, pick.item_code, pick.stock_qty, pick.swf_found_qty, pick.batch_no,
			pick.serial_no, pick.swf_found_serials, pick.sales_order, pick.swf_tote,
			(select so.docstatus from `tabSales Order` so where so.name = pick.sales_order),
			(select so.status from `tabSales Order` so where so.name = pick.sales_order)
		from `tabPick List Item` pick
		where pick.parent = %s and pick.parenttype = 'Pick List' order by pick.idx for update""",
		name,
	)
	return [
		RowToPick(
			row,
			int(idx),
			item,
			flt(asked),
			flt(found),
			batch or "",
			each_serial(serials),
			each_serial(found_serials),
			order or "",
			tote or "",
			_why_not_picked(order, docstatus, status),
		)
		for row, idx, item, asked, found, batch, serials, found_serials, order, tote, docstatus, status in (
			rows
		)
	]


def why_not_picked(orders: Iterable[str]) -> dict[str, str]:
	"""{order: why it is not picked}, as last committed, of those that are not; the caller holds them."""
	names = tuple({order for order in orders if order})
	if not names:
		return {}
	rows = frappe.db.sql(
		"""select name, docstatus, status from `tabSales Order` force index (primary)
		where name in %s lock in share mode""",
		(names,),
	)
	return {order: why for order, *state in rows if (why := _why_not_picked(order, *state))}


def _why_not_picked(order: str | None, docstatus: int | None, status: str | None) -> str:
	if not order:
		return ""
	if docstatus == 2:
		return CANCELLED
	return NOTHING_TO_DO if docstatus != 1 or status in NO_DEMAND else ""


def set_found(row: str, found_stock: float, serial_nos: Iterable[str]) -> None:
	"""What lies in the picker's hands of a row."""
	frappe.db.sql(
		"""update `tabPick List Item` set swf_found_qty = %s, swf_found_serials = %s, swf_found_by = %s,
			swf_found_on = %s where name = %s""",
		(found_stock, "\n".join(serial_nos) or None, frappe.session.user, now(), row),
	)


def set_tote(rows: Iterable[str], tote: str) -> None:
	"""The tote that these rows' goods lie in is written; one statement."""
	frappe.db.sql(
		"update `tabPick List Item` force index (primary) set swf_tote = %s where name in %s",
		(tote, tuple(rows)),
	)


def order_in_tote(tote: str, order: str, pick_list: str) -> str | None:
	"""Another order whose goods lie in the tote: found for a draft of another list, or to be put back. One
	statement.
	"""
	rows = frappe.db.sql(
		"""select pick.sales_order from `tabPick List Item` pick
		where pick.swf_tote = %(tote)s and pick.docstatus = 0 and pick.swf_found_qty > 0
			and pick.parent <> %(list)s and pick.sales_order <> %(order)s
		union all
		select away.sales_order from `tabPut Away` away
		where away.state = 'Open' and away.stands_in = %(tote)s and away.sales_order <> %(order)s limit 1""",
		{"tote": tote, "order": order, "list": pick_list},
	)
	return rows[0][0] if rows else None


def set_picker(pick_list: str, user: str | None) -> None:
	"""Who walks for a Pick List, from now on, or nobody; one statement."""
	frappe.db.sql(
		"update `tabPick List` set swf_picker = %s, swf_picker_since = %s where name = %s",
		(user, now() if user else None, pick_list),
	)
	bulk.forget_cached("Pick List", [pick_list])


@dataclass(frozen=True, slots=True)
class ListToPick:
	"""A draft Pick List in the list of lists. ``due``: the first day that one of its orders leaves;
	``cut_off``: until when (HH:MM), by its courier or its warehouse, "" for no hour.
	"""

	name: str
	warehouse: str
	courier: str
	picker: str
	picker_name: str
	orders: int
	order: str
	customer_name: str
	rows: int
	found_rows: int
	due: date | None
	cut_off: str


def lists_to_pick(names: Iterable[str]) -> list[ListToPick]:
	"""Draft Pick Lists, what has to leave first first, by day and hour. One statement, none for no name."""
	wanted = tuple(names)
	if not wanted:
		return []
	rows = frappe.db.sql(
		f"""select list.name, coalesce(list.parent_warehouse, min(pick.warehouse)),
			coalesce(list.swf_courier, ''), coalesce(list.swf_picker, ''),
			coalesce(max(person.full_name), ''),
			count(distinct pick.sales_order), coalesce(min(pick.sales_order), ''),
			coalesce(min(sold.customer_name), ''), count(*),
			sum(pick.swf_found_qty >= pick.stock_qty - {SQL_NOISE} and pick.swf_found_on is not null),
			min(line.delivery_date) due,
			coalesce(nullif(max(courier.cut_off), ''), '24'),
			coalesce(
				max(if(place.swf_has_cut_off = 1, time_format(place.swf_cut_off, '%%H:%%i'), null)), '24')
		from `tabPick List` list
		join `tabPick List Item` pick on pick.parent = list.name and pick.parenttype = 'Pick List'
		left join `tabSales Order Item` line on line.name = pick.sales_order_item
		left join `tabSales Order` sold on sold.name = pick.sales_order
		left join `tabCourier` courier on courier.name = list.swf_courier
		left join `tabWarehouse` place on place.name = list.parent_warehouse
		left join `tabUser` person on person.name = list.swf_picker
		where list.name in %s group by list.name
		order by min(line.delivery_date) is null, min(line.delivery_date), list.name""",
		(wanted,),
	)
	found = [
		ListToPick(
			*(name, place, courier, picker, full_name, int(orders), order, customer, int(count)),
			found_rows=int(done or 0),
			due=due,
			cut_off=_first_hour(ends),
		)
		for name, place, courier, picker, full_name, orders, order, customer, count, done, due, *ends in rows
	]
	return sorted(found, key=lambda it: (it.due is None, it.due or date.max, it.cut_off or "24", it.name))


def _first_hour(ends: Iterable[str]) -> str:
	first = min(ends)
	return "" if first == "24" else first


def shown_rows(pick_list: str) -> list[dict[str, Any]]:
	"""The rows of a Pick List as the page shows them, in the order of the walk: by shelf place, then by
	number. One statement.
	"""
	return frappe.db.sql(
		"""select pick.name `row`, pick.idx, pick.item_code, pick.item_name, item.image, pick.warehouse,
			place.place, pick.batch_no, pick.serial_no, pick.stock_qty, pick.stock_uom, pick.qty, pick.uom,
			pick.swf_found_qty found, pick.swf_found_on found_on, pick.swf_found_serials found_serials,
			pick.swf_short_reason short_reason, pick.swf_tote tote,
			pick.sales_order, so.customer_name, so.docstatus, so.status,
			so.swf_special_instructions instructions, standing.qty standing_qty, standing.stands_in
		from `tabPick List Item` pick
		join `tabItem` item on item.name = pick.item_code
		left join `tabSales Order` so on so.name = pick.sales_order
		left join `tabShelf Place` place on place.name = (
			select one.name from `tabShelf Place` one
			where one.item_code = pick.item_code and one.warehouse = pick.warehouse
			order by one.sequence, one.place, one.name limit 1)
		left join (select away.item_code, away.warehouse, sum(away.qty_stock) qty,
				group_concat(distinct away.stands_in order by away.stands_in separator ', ') stands_in
			from `tabPut Away` away where away.state = 'Open' group by away.item_code, away.warehouse
		) standing on standing.item_code = pick.item_code and standing.warehouse = pick.warehouse
		where pick.parent = %s and pick.parenttype = 'Pick List'
		order by place.name is null, place.sequence, place.place, pick.idx""",
		pick_list,
		as_dict=True,
	)
