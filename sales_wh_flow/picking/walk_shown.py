"""What the page Pick shows: the lists, and one list row by row."""

import frappe
from frappe.utils import cstr, flt, get_fullname

from sales_wh_flow.base.quantities import is_less
from sales_wh_flow.base.serial_nos import each_serial
from sales_wh_flow.base.settings import flow_settings
from sales_wh_flow.order.rules.held_statuses import NO_DEMAND
from sales_wh_flow.picking.answers import MayWalk, PickListShown, RowToWalk, WalkedList
from sales_wh_flow.picking.rules import found
from sales_wh_flow.picking.store import found as store

MOST = 200
MANAGER = "Stock Manager"
"""Who hands on anybody's list."""


def lists(warehouse: str | None = None) -> list[PickListShown]:
	"""Draft Pick Lists of deliveries that the user may see, what has to leave first first."""
	filters = {"docstatus": 0, "purpose": "Delivery"}
	if warehouse:
		filters["parent_warehouse"] = warehouse
	names = frappe.get_list("Pick List", filters, pluck="name", order_by="creation", limit_page_length=MOST)
	return [
		{
			"name": one.name,
			"warehouse": one.warehouse,
			"courier": one.courier,
			"picker": one.picker,
			"picker_name": one.picker_name,
			"is_mine": one.picker == frappe.session.user,
			"orders": one.orders,
			"order": one.order,
			"customer_name": one.customer_name,
			"rows": one.rows,
			"found": one.found_rows,
			"due": cstr(one.due),
			"cut_off": one.cut_off,
		}
		for one in store.lists_to_pick(names)
	]


def one_list(pick_list: str, may_write: bool = True) -> WalkedList:
	"""A Pick List in the order of the walk; whether the user may read it was asked at the entrance, and
	``may_write``, too.
	"""
	head = frappe.db.get_value(
		"Pick List",
		pick_list,
		["name", "docstatus", "swf_picker", "parent_warehouse", "swf_courier"],
		as_dict=True,
	)
	if not head:
		return {
			"name": pick_list,
			"is_draft": False,
			"picker": "",
			"picker_name": "",
			"may": _may("", False),
			"warehouse": "",
			"courier": "",
			"rows": [],
		}
	is_trusted = trusts_batches()
	return {
		"name": head.name,
		"is_draft": head.docstatus == 0,
		"picker": cstr(head.swf_picker),
		"picker_name": get_fullname(head.swf_picker) if head.swf_picker else "",
		"may": _may(cstr(head.swf_picker), may_write and head.docstatus == 0),
		"warehouse": cstr(head.parent_warehouse),
		"courier": cstr(head.swf_courier),
		"rows": [_row(row, is_trusted) for row in store.shown_rows(pick_list)],
	}


def trusts_batches() -> bool:
	"""Whether the list's batch counts as found with the item's own barcode."""
	return bool(flow_settings().get("trust_batches"))


def _may(picker: str, may_write: bool) -> MayWalk:
	"""A button that would be refused is not shown."""
	is_free = picker in ("", frappe.session.user)
	return {
		"pick": may_write and is_free,
		"hand_on": may_write and (is_free or MANAGER in frappe.get_roles()),
		"finish": may_write and is_free and bool(frappe.has_permission("Pick List", "submit")),
	}


def _row(row, is_trusted: bool) -> RowToWalk:
	return {
		"row": row.row,
		"idx": row.idx,
		"item_code": row.item_code,
		"item_name": cstr(row.item_name),
		"image": cstr(row.image),
		"place": cstr(row.place),
		"warehouse": cstr(row.warehouse),
		"batch_no": cstr(row.batch_no),
		"asks_batch": found.asks_batch(
			row.batch_no, row.serial_no, flt(row.found), trusts_batches=is_trusted
		),
		"serial_nos": list(each_serial(row.serial_no)),
		"found_serials": list(each_serial(row.found_serials)),
		"asked": flt(row.stock_qty),
		"found": flt(row.found),
		"uom": cstr(row.stock_uom),
		"asked_in_units": [flt(row.qty), cstr(row.uom)] if row.uom != row.stock_uom else None,
		"is_found": bool(row.found_on) and not is_less(flt(row.found), flt(row.stock_qty)),
		"short_reason": cstr(row.short_reason),
		"order": cstr(row.sales_order),
		"customer_name": cstr(row.customer_name),
		"tote": cstr(row.tote),
		"instructions": cstr(row.instructions),
		"standing": flt(row.standing_qty),
		"stands_in": cstr(row.stands_in),
		"gone": bool(row.sales_order) and (row.docstatus != 1 or row.status in NO_DEMAND),
	}
