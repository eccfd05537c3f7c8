"""Open stock locks by age, order and customer."""

import frappe
from frappe import _
from frappe.utils import cint

from sales_wh_flow.permissions import readable_orders
from sales_wh_flow.sales_wh_flow.report.columns import column
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
	allowed = readable_orders({row.sales_order for row in rows})
	return _columns(), [row for row in rows if row.sales_order in allowed]


def _columns() -> list[dict]:
	return [
		column("item_code", _("Item"), "Link", "Item", 160),
		column("warehouse", _("Warehouse"), "Link", "Warehouse", 160),
		column("qty_stock", _("Locked"), "Float", width=90),
		column("stock_uom", _("UOM"), "Link", "UOM", 70),
		column("sales_order", _("Sales Order"), "Link", "Sales Order", 160),
		column("customer", _("Customer"), "Link", "Customer", 160),
		column("flow_status", _("Flow Status"), "Data", width=130),
		column("locked_on", _("Locked Since"), "Datetime", width=150),
		column("age_days", _("Days"), "Int", width=70),
		column("delivery_date", _("Due"), "Date", width=100),
		column("reservation", _("Entry"), "Link", "Stock Reservation Entry", 160),
	]
