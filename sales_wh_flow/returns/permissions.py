"""Who sees which Return Cases, beyond what their roles and User Permissions say."""

import frappe
from frappe.permissions import get_allowed_docs_for_doctype, get_user_permissions

from sales_wh_flow.base.compat import NO_OPINION
from sales_wh_flow.order.permissions import condition_on, of_visible_orders
from sales_wh_flow.returns.store import cases


def return_case(doc, ptype: str | None = "read", user: str | None = None, debug: bool = False):
	"""Hook has_permission of Return Case: who is permitted some warehouses has the cases of goods that left
	them or came into them.
	"""
	allowed = permitted_warehouses(user)
	if not allowed or doc.get("__islocal"):
		return NO_OPINION
	return NO_OPINION if cases.warehouses_in(doc.name) & allowed else False


def cases_visible(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of Return Case: the same for lists and reports."""
	allowed = permitted_warehouses(user)
	if not allowed:
		return ""
	names = ", ".join(frappe.db.escape(name) for name in sorted(allowed))
	row = "select 1 from `tabReturn Case Row` where `tabReturn Case Row`.parent = `tabReturn Case`.name"
	there = " or ".join(
		f"`tabReturn Case Row`.{field} in ({names})" for field in ("from_warehouse", "warehouse")
	)
	return f"exists ({row} and ({there}))"


def rows_with_their_case(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of the rows of a Return Case: as their case."""
	return _as_document("Return Case Row", "Return Case", user)


def answers_of_cases(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of what was answered about late goods: as its case."""
	return _as_document("Return Waiver Answer", "Return Case", user)


def documents_of_cases(user: str | None = None, doctype: str | None = None) -> str:
	"""The SQL condition for rows of documents that Return Cases made, of those the user may see."""
	return _as_document("Return Case Document", "Return Case", user)


def steps_of_reopenings(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of Order Reopening Step: as its record."""
	return _as_document("Order Reopening Step", "Order Reopening", user)


def _as_document(rows: str, parent: str, user: str | None) -> str:
	visible = condition_on(parent, user)
	if not visible:
		return ""
	return f"`tab{rows}`.parent in (select `tab{parent}`.name from `tab{parent}` where {visible})"


def reopenings_visible(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of Order Reopening: those of the orders a user may read."""
	return of_visible_orders("Order Reopening", user)


def permitted_warehouses(user: str | None = None) -> set[str]:
	"""The only warehouses a user is permitted; empty = all."""
	restricted = get_user_permissions(user or frappe.session.user)
	return set(get_allowed_docs_for_doctype(restricted.get("Warehouse", []), "Return Case"))
