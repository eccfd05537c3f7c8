"""Open stock locks by age, order and customer."""

import frappe
from frappe import _
from frappe.utils import cint

from sales_wh_flow.store import holders


def execute(filters=None):
	wanted = frappe._dict(filters or {})
	rows = holders.open_locks(
		company=wanted.company,
		item_code=wanted.item_code,
		warehouse=wanted.warehouse,
		customer=wanted.customer,
		older_than_days=cint(wanted.older_than_days),
	)
	allowed = _readable({row.sales_order for row in rows})
	return _columns(), [row for row in rows if row.sales_order in allowed]


def _readable(orders: set[str]) -> set[str]:
	if not orders:
		return set()
	return set(
		frappe.get_list("Sales Order", {"name": ("in", tuple(orders))}, pluck="name", limit_page_length=0)
	)


def _columns() -> list[dict]:
	return [
		_column("item_code", _("Item"), "Link", "Item", 160),
		_column("warehouse", _("Warehouse"), "Link", "Warehouse", 160),
		_column("qty_stock", _("Locked"), "Float", width=90),
		_column("stock_uom", _("UOM"), "Link", "UOM", 70),
		_column("sales_order", _("Sales Order"), "Link", "Sales Order", 160),
		_column("customer", _("Customer"), "Link", "Customer", 160),
		_column("flow_status", _("Flow Status"), "Data", width=130),
		_column("locked_on", _("Locked Since"), "Datetime", width=150),
		_column("age_days", _("Days"), "Int", width=70),
		_column("delivery_date", _("Due"), "Date", width=100),
		_column("reservation", _("Entry"), "Link", "Stock Reservation Entry", 160),
	]


def _column(fieldname: str, label: str, fieldtype: str, options: str | None = None, width: int = 120) -> dict:
	return {
		"fieldname": fieldname,
		"label": label,
		"fieldtype": fieldtype,
		"options": options,
		"width": width,
	}
