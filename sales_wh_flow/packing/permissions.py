"""Who sees boxes: the people of their warehouse, and whoever reads one of their orders."""

from collections.abc import Iterable

import frappe
from frappe.permissions import get_allowed_docs_for_doctype, get_user_permissions

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.order.permissions import READING, condition_on, orders_visible, stored_values

WAREHOUSE_ROLES = frozenset(
	{"Stock User", "Stock Manager", "Delivery User", "Delivery Manager", "System Manager"}
)
"""Roles that see a box as its warehouse; all others see it as its orders."""


def box_is_visible(doc, ptype: str | None = "read", user: str | None = None, debug: bool = False) -> bool:
	"""Hook has_permission of Order Box: nobody does anything but read.

	User Permissions on company, warehouse and customer are Frappe's own to check.
	"""
	if ptype not in READING:
		return False
	if _sees_the_warehouse(user) or not doc.name:
		return True
	orders = frappe.get_all(
		"Order Box Item", {"parent": doc.name, "parenttype": "Order Box"}, pluck="sales_order", distinct=True
	)
	# Of no order is of none that the user reads: Frappe takes no document for any.
	return any(
		order and frappe.has_permission("Sales Order", "read", doc=order, user=user) for order in orders
	)


def boxes_visible(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of Order Box: the SQL condition for lists and reports."""
	visible = orders_visible(user)
	if _sees_the_warehouse(user) or not visible:
		return ""
	orders = f"select `tabSales Order`.name from `tabSales Order` where {visible}"
	return (
		"exists (select 1 from `tabOrder Box Item` content where content.parent = `tabOrder Box`.name"
		f" and content.sales_order in ({orders}))"
	)


def contents_visible(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of the rows of boxes, which can be listed by themselves."""
	boxes = condition_on("Order Box", user)
	names = "select `tabOrder Box`.name from `tabOrder Box`"
	return f"`tabOrder Box Item`.parent in ({names} where {boxes})" if boxes else ""


def event_is_visible(doc, ptype: str | None = "read", user: str | None = None, debug: bool = False) -> bool:
	"""Hook has_permission of Box Event: as its box."""
	if ptype not in READING:
		return False
	(box,) = stored_values(doc, "box")
	return not box or bool(frappe.has_permission("Order Box", "read", doc=box, user=user))


def events_visible(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of Box Event: the same for lists and reports."""
	boxes = condition_on("Order Box", user)
	if not boxes:
		return ""
	return f"`tabBox Event`.box in (select `tabOrder Box`.name from `tabOrder Box` where {boxes})"


def _sees_the_warehouse(user: str | None) -> bool:
	return not WAREHOUSE_ROLES.isdisjoint(frappe.get_roles(user or frappe.session.user))


def own_places(warehouses: Iterable[str], user: str | None = None) -> set[str]:
	"""Those of the warehouses that no User Permission, on warehouses or on companies, keeps from the user.

	No statement for whoever has none; what the roles say is asked elsewhere.
	"""
	restricted = get_user_permissions(user or frappe.session.user)
	places, companies = (
		set(get_allowed_docs_for_doctype(restricted.get(kind, []), "Order Box"))
		for kind in ("Warehouse", "Company")
	)
	return {
		name
		for name in {*warehouses}
		if (not places or name in places)
		and (not companies or frappe.get_cached_value("Warehouse", name, "company") in companies)
	}


def check_may_pack_box(box: str) -> None:
	"""Raises: PermissionError unless the session's user sees the box; ValidationError where there is none."""
	if not frappe.db.exists("Order Box", box):
		refuse(RuleViolation("no_such_box", box=box))
	frappe.has_permission("Order Box", "read", doc=box, throw=True)


def check_may_pack_from(pick_list: str | None, order: str | None) -> None:
	"""Raises: PermissionError unless the session's user may see the Pick List or order that is packed."""
	if not (pick_list or order):
		refuse(RuleViolation("packed_from_nothing"))
	if pick_list:
		frappe.has_permission("Pick List", "read", doc=pick_list, throw=True)
	if order:
		frappe.has_permission("Sales Order", "read", doc=order, throw=True)
