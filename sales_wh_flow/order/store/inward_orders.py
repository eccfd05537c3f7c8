"""Orders of work on a customer's material, which later ERPNext delivers by Subcontracting Inward Orders."""

import frappe
from frappe.model.document import Document

from sales_wh_flow.base.compat import knows_inward_orders


def per_delivered_sql() -> str:
	"""SQL for the part of an order ``so`` that is delivered, in percent, as ERPNext counts it: of work on a
	customer's material in its Subcontracting Inward Orders alone. Too much of one good makes up for nothing
	that is missing of another.
	"""
	return _PER_DELIVERED if knows_inward_orders() else "so.per_delivered"


_PER_DELIVERED = """if(so.is_subcontracted, greatest(so.per_delivered, coalesce((
	select 100 * sum(least(soi.fg_item_qty, coalesce((
			select sum(made.delivered_qty + made.process_loss_qty)
			from `tabSubcontracting Inward Order Item` made
			where made.sales_order_item = soi.name and made.docstatus = 1), 0))) / sum(soi.fg_item_qty)
	from `tabSales Order Item` soi where soi.parent = so.name), 0)), so.per_delivered)"""


def order_of_entry(stock_entry: Document) -> str | None:
	"""The Sales Order that a Stock Entry's Subcontracting Inward Order works on; no statement without one."""
	inward_order = stock_entry.get("subcontracting_inward_order")
	return inward_order and frappe.db.get_value("Subcontracting Inward Order", inward_order, "sales_order")
