"""Who may see and decide approvals. The desk hides buttons; this is what counts."""

from collections.abc import Collection, Iterable

import frappe
from frappe import _
from frappe.model.db_query import DatabaseQuery
from frappe.permissions import get_allowed_docs_for_doctype, get_user_permissions
from frappe.utils import cint

from sales_wh_flow.compat import NO_OPINION
from sales_wh_flow.settings import flow_settings
from sales_wh_flow.store import approvals
from sales_wh_flow.store.once import once

MOST_DECIDERS = 20
"""How many of an order's possible approvers are named and told."""

MOST_LOOKED_AT = 200
"""How many users are asked for their right to read the order."""


def order_approval(doc, ptype: str = "read", user: str | None = None, debug: bool = False) -> bool:
	"""Hook has_permission of Order Approval: whoever may not read the order sees nothing of its approvals."""
	if not doc.sales_order:
		return True
	return bool(frappe.has_permission("Sales Order", "read", doc=doc.sales_order, user=user))


def order_approvals_visible(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of Order Approval: the SQL condition for lists and reports."""
	visible = orders_visible(user)
	if not visible:
		return ""
	orders = f"select `tabSales Order`.name from `tabSales Order` where {visible}"
	return f"`tabOrder Approval`.sales_order in ({orders})"


def orders_visible(user: str | None = None) -> str:
	"""The SQL condition on ``tabSales Order`` for what a user may read; empty for everything."""
	user = user or frappe.session.user
	if not frappe.has_permission("Sales Order", "read", user=user):
		return "1 = 0"
	query = DatabaseQuery("Sales Order", user=user)
	# Who reads an order only because it was shared gets that condition in ``conditions``, not as the result.
	return " and ".join(part for part in (query.build_match_conditions(), *query.conditions) if part)


def order_from_its_warehouses(doc, ptype: str = "read", user: str | None = None, debug: bool = False):
	"""Hook has_permission of Sales Order, where orders are seen from each of their warehouses: who is
	permitted some warehouses sees the orders that have a line there, and those that have none anywhere.

	ERPNext's own answer stands for everybody else.
	"""
	allowed = _permitted_warehouses(user)
	if not allowed or doc.get("__islocal"):
		return NO_OPINION
	named = {row.warehouse for row in doc.get("items") or () if row.warehouse}
	return NO_OPINION if not named or named & allowed else False


def orders_from_their_warehouses(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of Sales Order: the same for lists and reports."""
	allowed = _permitted_warehouses(user)
	if not allowed:
		return ""
	names = ", ".join(frappe.db.escape(name) for name in sorted(allowed))
	row = "select 1 from `tabSales Order Item` where `tabSales Order Item`.parent = `tabSales Order`.name"
	there = "`tabSales Order Item`.warehouse"
	return f"(exists ({row} and {there} in ({names})) or not exists ({row} and coalesce({there}, '') <> ''))"


def _permitted_warehouses(user: str | None) -> set[str]:
	"""The only warehouses a user is permitted; empty = all, or orders are not seen this way."""
	if not cint(flow_settings().get("orders_seen_from_warehouses")):
		return set()
	restricted = get_user_permissions(user or frappe.session.user)
	return set(get_allowed_docs_for_doctype(restricted.get("Warehouse", []), "Sales Order"))


def of_its_order(doc, ptype: str = "read", user: str | None = None, debug: bool = False) -> bool:
	"""Hook has_permission of Shortage Action: whoever may not read the order sees nothing of it."""
	return order_approval(doc, ptype, user, debug)


def shortage_actions_visible(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of Shortage Action: the SQL condition for lists and reports."""
	return order_approvals_visible(user).replace("`tabOrder Approval`", "`tabShortage Action`")


def deciders(order, role: str, excluded: Collection[str]) -> list[tuple[str, str]]:
	"""(user, full name) of those who have the role, may read the order, and are not excluded."""
	return readers(order, [it for it in approvals.users_with_role(role) if it[0] not in excluded])


def readers(order, people: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
	"""(user, full name) of those of the people who may read the order; the first MOST_DECIDERS by name."""
	found: list[tuple[str, str]] = []
	for user, name in sorted(people, key=lambda person: (person[1], person[0]))[:MOST_LOOKED_AT]:
		if _may_read(order, user):
			found.append((user, name))
		if len(found) == MOST_DECIDERS:
			break
	return found


@once
def _may_read(order, user: str) -> bool:
	return bool(frappe.has_permission("Sales Order", "read", doc=order, user=user))


def approval_rows_visible(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of the rows of Order Approvals, which can be listed by themselves."""
	visible = order_approvals_visible(user)
	if not visible:
		return ""
	approvals_seen = f"select `tabOrder Approval`.name from `tabOrder Approval` where {visible}"
	return f"`tab{doctype}`.parent in ({approvals_seen})"


DELEGATORS = frozenset({"Sales Manager", "System Manager"})
"""Roles that may name a substitute for anybody; everybody else for themselves alone."""


def delegation(doc, ptype: str = "read", user: str | None = None, debug: bool = False) -> bool:
	"""Hook has_permission of Approval Delegation: one's own; the substitute may look at it."""
	user = user or frappe.session.user
	if user == "Administrator" or DELEGATORS.intersection(frappe.get_roles(user)):
		return True
	involved = (doc.from_user, doc.to_user) if ptype in ("read", "report", "print") else (doc.from_user,)
	return user in involved


def delegations_visible(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of Approval Delegation."""
	user = user or frappe.session.user
	if user == "Administrator" or DELEGATORS.intersection(frappe.get_roles(user)):
		return ""
	name = frappe.db.escape(user)
	return f"(`tabApproval Delegation`.from_user = {name} or `tabApproval Delegation`.to_user = {name})"


FALLBACK_ROLES = ("Sales Manager", "System Manager")
"""Who decides when nobody whom a rule names is left, the first that anybody has."""


def fallback_role(order=None, excluded: Collection[str] = ()) -> str:
	"""The role that decides when nobody else can; with an order, one of whose users can decide about it."""
	for role in FALLBACK_ROLES:
		if deciders(order, role, excluded) if order else approvals.users_with_role(role):
			return role
	return FALLBACK_ROLES[-1]


RELEASERS = frozenset({"Stock Manager", "System Manager"})
"""Roles that may end an order's locks by hand, and see all locks."""


def may_release() -> bool:
	"""Whether the session's user may end, give and move locks."""
	return not RELEASERS.isdisjoint(frappe.get_roles())


def check_may_release() -> None:
	"""Raises: PermissionError unless the session's user may end locks."""
	if not may_release():
		frappe.throw(
			_("Releasing locked stock takes the role {0}.").format(frappe.bold(_("Stock Manager"))),
			frappe.PermissionError,
		)


def may_move(order) -> bool:
	"""Whether the session's user may serve lines of a submitted order from elsewhere."""
	return bool(order.has_permission("write") and order.has_permission("submit"))


def check_may_audit() -> None:
	"""Raises: PermissionError unless the session's user may look over all locks."""
	if RELEASERS.isdisjoint(frappe.get_roles()):
		frappe.throw(
			_("Checking the stock lock takes the role {0}.").format(frappe.bold(_("Stock Manager"))),
			frappe.PermissionError,
		)


def readable_orders(names: Collection[str], user: str | None = None) -> dict[str, str]:
	"""{order: customer} of those of the orders that the user, or else the session's, may read."""
	if not names or (user and not frappe.has_permission("Sales Order", "read", user=user)):
		return {}
	filters = {"name": ("in", tuple(names))}
	rows = frappe.get_list("Sales Order", filters, ["name", "customer"], limit_page_length=0, user=user)
	return {row.name: row.customer for row in rows}


def readable_warehouses(names: Collection[str]) -> set[str]:
	"""Those of the warehouses that the session's user may read."""
	if not names:
		return set()
	rows = frappe.get_list("Warehouse", {"name": ("in", tuple(names))}, ["name"], limit_page_length=0)
	return {row.name for row in rows}
