"""Put Away: tasks to bring picked goods back to their shelf."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import frappe
from frappe.utils import flt, now

from sales_wh_flow.base import bulk
from sales_wh_flow.base.said import Kept
from sales_wh_flow.base.serial_nos import each_serial
from sales_wh_flow.picking.rules.put_away import OPEN, Leftover

_FIELDS = (
	*("name", "owner", "creation", "modified", "modified_by", "docstatus", "idx"),
	*("state", "item_code", "warehouse", "company", "qty_stock", "batch_no", "serial_nos"),
	*("stands_in", "sales_order", "pick_list", "why", "asked_by", "asked_on"),
)


@dataclass(frozen=True, slots=True)
class HeldPutAway:
	"""A task whose row is locked; quantities in stock UOM."""

	name: str
	state: str
	item_code: str
	warehouse: str
	qty_stock: float
	serial_nos: tuple[str, ...]
	stands_in: str
	pick_list: str
	done_by: str


def add_put_aways(leftovers: Iterable[Leftover], pick_list: str, company: str, why: Kept) -> None:
	"""A task for each; one statement, none for none."""
	found, stamp, user = list(leftovers), now(), frappe.session.user
	if not found:
		return
	rows = [
		(
			*(name, user, stamp, stamp, user, 0, 0),
			*(OPEN, one.row.item_code, one.row.warehouse, company, one.qty_stock),
			*(one.row.batch_no or None, "\n".join(one.serial_nos) or None),
			*(one.row.stands_in or None, one.row.sales_order or None, pick_list, why, user, stamp),
		)
		for name, one in zip(bulk.new_names(len(found)), found, strict=True)
	]
	bulk.insert("Put Away", _FIELDS, rows)


def serials_still_in(serial_nos: Iterable[str], warehouses: Iterable[str]) -> set[str]:
	"""Those of the serial numbers that lie in one of these warehouses; one statement, none for none."""
	numbers, places = tuple(set(serial_nos)), tuple(set(warehouses))
	if not (numbers and places):
		return set()
	rows = frappe.db.sql(
		"select name from `tabSerial No` where name in %s and warehouse in %s", (numbers, places)
	)
	return {row[0] for row in rows}


def hold_put_away(name: str) -> HeldPutAway | None:
	"""A task as last committed, locked; None where there is none."""
	rows = frappe.db.sql(
		"""select name, state, item_code, warehouse, qty_stock, coalesce(serial_nos, ''),
			coalesce(stands_in, ''), coalesce(pick_list, ''), coalesce(done_by, '')
		from `tabPut Away` where name = %s for update""",
		name,
	)
	for name, state, item, place, qty, serials, stands_in, pick_list, done_by in rows:
		return HeldPutAway(
			name, state, item, place, flt(qty), each_serial(serials), stands_in, pick_list, done_by
		)
	return None


def end_put_away(name: str, state: str, done_stock: float, put_to: Kept) -> None:
	"""A task that is held is done by the session's user; one statement."""
	stamp, user = now(), frappe.session.user
	frappe.db.sql(
		"""update `tabPut Away` set state = %s, done_stock = %s, put_to = %s, done_by = %s, done_on = %s,
			modified = %s, modified_by = %s where name = %s""",
		(state, done_stock, put_to or None, user, stamp, stamp, user, name),
	)
	bulk.forget_cached("Put Away", [name])


def put_aways_shown(names: Iterable[str]) -> list[dict[str, Any]]:
	"""These tasks as the page shows them, crate by crate in the order of the walk; one statement."""
	wanted = tuple(names)
	if not wanted:
		return []
	return frappe.db.sql(
		"""select away.name task, away.item_code, item.item_name, item.image, item.stock_uom uom,
			away.warehouse, place.place, away.qty_stock qty, coalesce(away.batch_no, '') batch_no,
			coalesce(away.serial_nos, '') serial_nos, coalesce(away.stands_in, '') stands_in,
			coalesce(away.sales_order, '') `order`, coalesce(away.why, '') why
		from `tabPut Away` away
		join `tabItem` item on item.name = away.item_code
		left join `tabShelf Place` place on place.name = (
			select one.name from `tabShelf Place` one
			where one.item_code = away.item_code and one.warehouse = away.warehouse
			order by one.sequence, one.place, one.name limit 1)
		where away.name in %s
		order by away.stands_in is null, away.stands_in, place.name is null, place.sequence, place.place,
			away.item_code, away.name""",
		(wanted,),
		as_dict=True,
	)
