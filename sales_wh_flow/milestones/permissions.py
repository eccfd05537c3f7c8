"""Who may see what was told of orders, the links of their pages, and what customers wish to be told."""

import frappe

from sales_wh_flow.base.compat import NO_OPINION
from sales_wh_flow.order.permissions import of_visible_orders, orders_visible, stored_values


def messages_visible(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of Order Message."""
	return of_visible_orders("Order Message", user)


def page_links_visible(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of Customer Page Link."""
	return of_visible_orders("Customer Page Link", user)


def wish_about_its_order(
	doc, ptype: str | None = "read", user: str | None = None, debug: bool = False
) -> bool | None:
	"""Hook has_permission of Message Opt Out: one about an order is for who may read it, the stored one and
	the named one.
	"""
	orders = {str(it) for it in (*stored_values(doc, "sales_order"), doc.get("sales_order")) if it}
	if all(frappe.has_permission("Sales Order", "read", doc=order, user=user) for order in orders):
		return NO_OPINION
	return False


def wishes_visible(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of Message Opt Out."""
	visible = orders_visible(user)
	if not visible:
		return ""
	orders = f"select `tabSales Order`.name from `tabSales Order` where {visible}"
	named = "`tabMessage Opt Out`.sales_order"
	return f"(coalesce({named}, '') = '' or {named} in ({orders}))"
