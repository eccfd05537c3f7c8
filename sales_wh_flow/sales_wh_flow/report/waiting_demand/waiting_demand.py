"""What orders wait for, in the order in which they are served, and when it can be expected."""

import frappe
from frappe import _

from sales_wh_flow.rules import allocation, expectation
from sales_wh_flow.store import incoming, waiting


def execute(filters=None):
	wanted = frappe._dict(filters or {})
	lines = waiting.lines_in(company=wanted.company, item_code=wanted.item_code, warehouse=wanted.warehouse)
	days = expectation.expected(lines, incoming.of_items(line.item_code for line in lines))
	orders = _readable({line.order for line in lines})
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


def _readable(orders: set[str]) -> dict[str, str]:
	"""{order: customer} of those the user may read."""
	if not orders:
		return {}
	rows = frappe.get_list(
		"Sales Order", {"name": ("in", tuple(orders))}, ["name", "customer"], limit_page_length=0
	)
	return {row.name: row.customer for row in rows}


def _columns() -> list[dict]:
	return [
		_column("turn", _("Turn"), "Int", width=60),
		_column("sales_order", _("Sales Order"), "Link", "Sales Order", 160),
		_column("customer", _("Customer"), "Link", "Customer", 160),
		_column("item_code", _("Item"), "Link", "Item", 160),
		_column("warehouse", _("Warehouse"), "Link", "Warehouse", 160),
		_column("qty_stock", _("Waiting For"), "Float", width=100),
		_column("due", _("Promised"), "Date", width=100),
		_column("expected", _("Expected"), "Date", width=100),
		_column("days_late", _("Days Late"), "Int", width=90),
	]


def _column(fieldname: str, label: str, fieldtype: str, options: str | None = None, width: int = 120) -> dict:
	return {
		"fieldname": fieldname,
		"label": label,
		"fieldtype": fieldtype,
		"options": options,
		"width": width,
	}
