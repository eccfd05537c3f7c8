"""What the desk and other programs may call to pick goods."""

import frappe
from frappe.model.document import Document
from frappe.utils import flt

from erpnext.selling.doctype.sales_order import sales_order as native_order

from sales_wh_flow.base import border, retry
from sales_wh_flow.order import refresh_status
from sales_wh_flow.picking import pick, wave
from sales_wh_flow.picking import short_pick as picking_short
from sales_wh_flow.picking import warehouse_work as work_of_warehouses


@frappe.whitelist(methods=["POST"])
@border.checked()
def make_pick_lists(sales_order: str) -> list[str]:
	"""Draft Pick Lists for what is locked, one per warehouse. Returns their names."""
	frappe.has_permission("Pick List", "create", throw=True)
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")

	def work():
		names = pick.make(frappe.get_doc("Sales Order", sales_order))
		refresh_status.of(sales_order)
		return names

	return retry.again_if_refused(work)


@frappe.whitelist(methods=["GET", "POST"])
@border.checked()
def create_pick_list_of_order(source_name: str, target_doc: str | dict | Document | None = None) -> Document:
	"""ERPNext's draft Pick List of an order, which hooks.py sends here; not saved."""
	frappe.get_doc("Sales Order", source_name).check_permission("read")
	frappe.has_permission("Pick List", "create", throw=True)
	return pick.draft_of(source_name, target_doc, native_order.create_pick_list)


@frappe.whitelist(methods=["GET"])
@border.checked()
def warehouse_work(company: str | None = None) -> dict:
	"""What the warehouses that the user may see have to do; shape: `picking.warehouse_work.overview`."""
	frappe.has_permission("Warehouse", "read", throw=True)
	frappe.has_permission("Sales Order", "read", throw=True)
	return work_of_warehouses.overview(company or None)


@frappe.whitelist(methods=["GET"])
@border.checked()
def warehouse_lines(warehouse: str, kind: str) -> list[dict]:
	"""The lines behind one number of a warehouse; shape: `picking.warehouse_work.lines`."""
	frappe.get_doc("Warehouse", warehouse).check_permission("read")
	frappe.has_permission("Sales Order", "read", throw=True)
	return work_of_warehouses.lines(warehouse, kind)


@frappe.whitelist(methods=["POST"])
@border.checked()
def make_wave(warehouse: str, by: str, key: str = "") -> str:
	"""One draft Pick List for a group of a warehouse's orders. Returns its name."""
	frappe.has_permission("Pick List", "create", throw=True)
	frappe.has_permission("Sales Order", "read", throw=True)
	frappe.get_doc("Warehouse", warehouse).check_permission("read")
	return retry.from_a_fresh_transaction(lambda: wave.make(warehouse, by, key))


@frappe.whitelist(methods=["POST"])
@border.checked()
def make_wave_delivery_notes(pick_list: str) -> list[str]:
	"""Draft Delivery Notes for what a wave picked, one for each order. Returns their names."""
	frappe.has_permission("Delivery Note", "create", throw=True)
	picked = frappe.get_doc("Pick List", pick_list)
	picked.check_permission("read")
	return wave.make_delivery_notes(picked)


@frappe.whitelist(methods=["POST"])
@border.checked()
def short_pick(pick_list: str, row: str, found: float, reason: str) -> dict:
	"""A picker found only so much of a row, in stock UOM, and says why; the rest is served from elsewhere.

	Shape: {"missing", "moved": [[warehouse, quantity]], "left", "pick_list_is_gone", "is_served_soon"}. Who
	may not change the order moves nothing; the settings may let the flow do it right afterwards.
	"""
	doc = frappe.get_doc("Pick List", pick_list)
	doc.check_permission("write")
	order = next((it.sales_order for it in doc.locations if it.name == row and it.sales_order), None)
	may_move = bool(order) and all(
		frappe.has_permission("Sales Order", right, doc=order) for right in ("write", "submit")
	)
	rest = retry.from_a_fresh_transaction(
		lambda: picking_short.record(pick_list, row, flt(found), reason, may_move=may_move)
	)
	return {
		"missing": rest.missing_stock,
		"moved": [list(part) for part in rest.moved],
		"left": rest.left_stock,
		"pick_list_is_gone": rest.pick_list_is_gone,
		"is_served_soon": rest.is_served_soon,
	}
