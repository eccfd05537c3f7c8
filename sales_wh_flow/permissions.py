"""Who may see and decide approvals. The desk hides buttons; this is what counts."""

from collections.abc import Collection, Iterable

import frappe
from frappe import _
from frappe.model.db_query import DatabaseQuery
from frappe.permissions import get_allowed_docs_for_doctype, get_doc_permissions, get_user_permissions
from frappe.utils import cint

from sales_wh_flow.compat import NO_OPINION
from sales_wh_flow.settings import flow_settings
from sales_wh_flow.store import approvals, order_rows
from sales_wh_flow.store.once import once

MOST_DECIDERS = 20
"""How many of an order's possible approvers are named and told."""

MOST_LOOKED_AT = 200
"""How many users are asked for their right to read the order."""


READING = frozenset({None, "read", "select", "report", "print", "email", "export"})
"""What can be done with records by hand. ``None``: Frappe asks for all of a form's rights at once."""

AUDITORS = frozenset({"Auditor", "Accounts Manager", "Sales Manager", "System Manager"})
"""Roles that read what was decided about orders that are deleted."""


def of_its_order(doc, ptype: str | None = "read", user: str | None = None, debug: bool = False) -> bool:
	"""Hook has_permission of records about an order: whoever may not read the order sees nothing of them, and
	nobody does anything but read.

	The order is the stored one: what a caller writes into the document counts for nothing.
	"""
	if ptype not in READING:
		return False
	order, customer = _stored(doc, "sales_order", "customer")
	if not order or not frappe.db.exists("Sales Order", order):
		return _may_read_what_is_left(customer, user)
	return bool(frappe.has_permission("Sales Order", "read", doc=order, user=user))


def lock_event(doc, ptype: str | None = "read", user: str | None = None, debug: bool = False) -> bool:
	"""Hook has_permission of Stock Lock Event: as its order; a mended figure of no order as its warehouse."""
	if ptype not in READING:
		return False
	order, warehouse = _stored(doc, "sales_order", "warehouse")
	if order:
		return bool(frappe.has_permission("Sales Order", "read", doc=order, user=user))
	return not warehouse or bool(frappe.has_permission("Warehouse", "read", doc=warehouse, user=user))


def _stored(doc, *fields: str) -> tuple:
	"""The fields as they are stored, those of a new document as they are in hand; None where it has none."""
	known = [field for field in fields if doc.meta.has_field(field)]
	found = frappe.db.get_value(doc.doctype, doc.name, known, as_dict=True) if doc.name else None
	return tuple((found or doc).get(field) if field in known else None for field in fields)


def _may_read_what_is_left(customer: str | None, user: str | None) -> bool:
	"""Whether the user reads a record of an order that is deleted."""
	if not orders_visible(user):
		return True
	if AUDITORS.isdisjoint(frappe.get_roles(user or frappe.session.user)):
		return False
	return not customer or bool(frappe.has_permission("Customer", "read", doc=customer, user=user))


def order_approvals_visible(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of Order Approval: the SQL condition for lists and reports."""
	return _of_visible_orders("Order Approval", user, has_customer=True)


def shortage_actions_visible(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of Shortage Action: the SQL condition for lists and reports."""
	return _of_visible_orders("Shortage Action", user)


def gates_visible(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of Order Gate: the SQL condition for lists and reports."""
	return _of_visible_orders("Order Gate", user)


def lock_events_visible(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of Stock Lock Event: the SQL condition for lists and reports."""
	orders, warehouses = orders_visible(user), _visible("Warehouse", user)
	if not (orders or warehouses):
		return ""
	of_order = f"select `tabSales Order`.name from `tabSales Order` where {orders or '1 = 1'}"
	of_warehouse = f"select `tabWarehouse`.name from `tabWarehouse` where {warehouses or '1 = 1'}"
	event = "`tabStock Lock Event`"
	return (
		f"({event}.sales_order in ({of_order}) or (coalesce({event}.sales_order, '') = ''"
		f" and (coalesce({event}.warehouse, '') = '' or {event}.warehouse in ({of_warehouse}))))"
	)


def _of_visible_orders(doctype: str, user: str | None, has_customer: bool = False) -> str:
	visible = orders_visible(user)
	if not visible:
		return ""
	orders = f"select `tabSales Order`.name from `tabSales Order` where {visible}"
	alive = f"`tab{doctype}`.sales_order in ({orders})"
	if AUDITORS.isdisjoint(frappe.get_roles(user or frappe.session.user)):
		return alive
	left = f"coalesce(`tab{doctype}`.sales_order, '') = ''"
	customers = _visible("Customer", user) if has_customer else ""
	if customers:
		names = f"select `tabCustomer`.name from `tabCustomer` where {customers}"
		left = f"({left} and `tab{doctype}`.customer in ({names}))"
	return f"({alive} or {left})"


def orders_visible(user: str | None = None) -> str:
	"""The SQL condition on ``tabSales Order`` for what a user may read; empty for everything."""
	return _visible("Sales Order", user)


def _visible(doctype: str, user: str | None) -> str:
	user = user or frappe.session.user
	if not frappe.has_permission(doctype, "read", user=user):
		return "1 = 0"
	query = DatabaseQuery(doctype, user=user)
	# Who reads an order only because it was shared gets that condition in ``conditions``, not as the result.
	return " and ".join(part for part in (query.build_match_conditions(), *query.conditions) if part)


def order_from_its_warehouses(doc, ptype: str = "read", user: str | None = None, debug: bool = False):
	"""Hook has_permission of Sales Order, where orders are seen from each of their warehouses: who is
	permitted some warehouses sees the orders that have a line there, and those that have none anywhere.

	Whoever changes an order needs that for the order as it is stored, and as it becomes. ERPNext's own answer
	stands for everybody else.
	"""
	allowed = _permitted_warehouses(user)
	if not allowed or doc.get("__islocal"):
		return NO_OPINION
	named = {row.warehouse for row in doc.get("items") or () if row.warehouse}
	stored = set() if ptype in READING else order_rows.warehouses_of(doc.name)
	return NO_OPINION if all(not names or names & allowed for names in (named, stored)) else False


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


def check_by_role(doc) -> None:
	"""Raises: PermissionError unless the user's roles give the right to save it: a share does not."""
	ptype = "create" if doc.is_new() else "write"
	if not (doc.flags.ignore_permissions or get_doc_permissions(doc, ptype=ptype).get(ptype)):
		doc.raise_no_permission_to(ptype)


DELEGATORS = frozenset({"Sales Manager", "System Manager"})
"""Roles that may name a substitute for anybody; everybody else for themselves alone."""


def delegation(doc, ptype: str | None = "read", user: str | None = None, debug: bool = False) -> bool:
	"""Hook has_permission of Approval Delegation: one's own; the substitute may look at it.

	Whoever changes one needs the right on what is stored, and on what it becomes.
	"""
	user = user or frappe.session.user
	if user == "Administrator" or DELEGATORS.intersection(frappe.get_roles(user)):
		return True
	from_user, to_user = _stored(doc, "from_user", "to_user")
	if ptype in READING:
		return user in (from_user, to_user)
	return user == from_user == doc.from_user


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


def may_see_credit(order, user: str | None = None) -> bool:
	"""Whether a user may see what an order's customer owes and may owe: as the documents let it that say so.

	Who reads the customer and invoices may, and who is asked about this order: the request is about that.
	"""
	user = user or frappe.session.user
	is_asked = approvals.is_asked(order.name, user, frappe.get_roles(user))
	reads = frappe.has_permission("Sales Invoice", "read", user=user) and frappe.has_permission(
		"Customer", "read", doc=order.customer, user=user
	)
	return bool(reads or is_asked)


def readable_warehouses(names: Collection[str]) -> set[str]:
	"""Those of the warehouses that the session's user may read."""
	if not names:
		return set()
	rows = frappe.get_list("Warehouse", {"name": ("in", tuple(names))}, ["name"], limit_page_length=0)
	return {row.name for row in rows}
