"""What orders wait for, in the order in which they are served, and when it can be expected."""

import frappe
from frappe import _

from sales_wh_flow.permissions import readable_orders
from sales_wh_flow.rules import allocation, expectation
from sales_wh_flow.sales_wh_flow.report.columns import column
from sales_wh_flow.store import incoming, waiting


def execute(filters=None):
	wanted = frappe._dict(filters or {})
	lines = waiting.lines_in(company=wanted.company, item_code=wanted.item_code, warehouse=wanted.warehouse)
	days = expectation.expected(lines, incoming.of_items(line.item_code for line in lines))
	orders = readable_orders({line.order for line in lines})
	rows = [
		{
			"turn": at,
			"sales_order": line.order,
			"customer": orders[line.order],
			"item_code": line.item_code,
			"warehouse": line.warehouse,
			"qty_stock": line.qty_stock,
			"due": line.due,
			"expected": days[line.row],
			"days_late": _late(line, days[line.row]),
		}
		for at, line in enumerate(sorted(lines, key=allocation.turn), start=1)
		if line.order in orders
	]
	return _columns(), rows


def _late(line, day) -> int | None:
	if not (day and line.due):
		return None
	return max((day - line.due.date()).days, 0)


def _columns() -> list[dict]:
	return [
		column("turn", _("Turn"), "Int", width=60),
		column("sales_order", _("Sales Order"), "Link", "Sales Order", 160),
		column("customer", _("Customer"), "Link", "Customer", 160),
		column("item_code", _("Item"), "Link", "Item", 160),
		column("warehouse", _("Warehouse"), "Link", "Warehouse", 160),
		column("qty_stock", _("Waiting For"), "Float", width=100),
		column("due", _("Promised"), "Date", width=100),
		column("expected", _("Expected"), "Date", width=100),
		column("days_late", _("Days Late"), "Int", width=90),
	]
