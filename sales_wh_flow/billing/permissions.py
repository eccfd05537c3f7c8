"""Who may see what an order's customer owes and has promised."""

import frappe

from sales_wh_flow.order.permissions import of_its_order, of_visible_orders, stored_values


def promise_of_its_order(
	doc, ptype: str | None = "read", user: str | None = None, debug: bool = False
) -> bool:
	"""Hook has_permission of Payment Promise: as its order may be read, the stored one and the named one."""
	orders = {str(it) for it in (*stored_values(doc, "sales_order"), doc.get("sales_order")) if it}
	return all(bool(frappe.has_permission("Sales Order", "read", doc=order, user=user)) for order in orders)


def money_of_its_order(doc, ptype: str | None = "read", user: str | None = None, debug: bool = False) -> bool:
	"""Hook has_permission of Order Money: as its order."""
	return of_its_order(doc, ptype, user)


def promises_visible(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of Payment Promise."""
	return of_visible_orders("Payment Promise", user)


def money_visible(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of Order Money."""
	return of_visible_orders("Order Money", user)
