"""Who may end, give and check locks. The desk hides buttons; this is what counts."""

import frappe
from frappe import _

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.order.permissions import READING, condition_on, orders_visible, stored_values


def lock_event(doc, ptype: str | None = "read", user: str | None = None, debug: bool = False) -> bool:
	"""Hook has_permission of Stock Lock Event: as its order; a mended figure of no order as its warehouse."""
	if ptype not in READING:
		return False
	order, warehouse = stored_values(doc, "sales_order", "warehouse")
	if order:
		return bool(frappe.has_permission("Sales Order", "read", doc=order, user=user))
	return not warehouse or bool(frappe.has_permission("Warehouse", "read", doc=warehouse, user=user))


def lock_events_visible(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of Stock Lock Event: the SQL condition for lists and reports."""
	orders, warehouses = orders_visible(user), condition_on("Warehouse", user)
	if not (orders or warehouses):
		return ""
	of_order = f"select `tabSales Order`.name from `tabSales Order` where {orders or '1 = 1'}"
	of_warehouse = f"select `tabWarehouse`.name from `tabWarehouse` where {warehouses or '1 = 1'}"
	event = "`tabStock Lock Event`"
	return (
		f"({event}.sales_order in ({of_order}) or (coalesce({event}.sales_order, '') = ''"
		f" and (coalesce({event}.warehouse, '') = '' or {event}.warehouse in ({of_warehouse}))))"
	)


RELEASERS = frozenset({"Stock Manager", "System Manager"})
"""Roles that may end an order's locks by hand, and see all locks."""


def may_release() -> bool:
	"""Whether the session's user may end, give and move locks."""
	return not RELEASERS.isdisjoint(frappe.get_roles())


def check_may_release() -> None:
	"""Raises: PermissionError unless the session's user may end locks."""
	if not may_release():
		refuse(RuleViolation("may_not_release", role=_("Stock Manager")))


def check_may_audit() -> None:
	"""Raises: PermissionError unless the session's user may look over all locks."""
	if RELEASERS.isdisjoint(frappe.get_roles()):
		refuse(RuleViolation("may_not_audit", role=_("Stock Manager")))
