"""Who may see and move orders. The desk hides buttons; this is what counts."""

from collections.abc import Collection

import frappe
from frappe.model.db_query import DatabaseQuery
from frappe.permissions import get_allowed_docs_for_doctype, get_user_permissions
from frappe.utils import cint

from sales_wh_flow.base.compat import NO_OPINION
from sales_wh_flow.base.may import may
from sales_wh_flow.base.settings import flow_settings
from sales_wh_flow.order.store import rows as order_rows

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
	order, customer = stored_values(doc, "sales_order", "customer")
	if not order or not frappe.db.exists("Sales Order", order):
		return _may_read_what_is_left(customer, user)
	return bool(frappe.has_permission("Sales Order", "read", doc=order, user=user))


def stored_values(doc, *fields: str) -> tuple:
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


def of_visible_orders(doctype: str, user: str | None, has_customer: bool = False) -> str:
	"""The SQL condition for documents about orders that a user may see, "" for all of them.

	Whoever audits sees what is left of deleted orders, too; ``has_customer``: of customers that one may see.
	"""
	visible = orders_visible(user)
	if not visible:
		return ""
	orders = f"select `tabSales Order`.name from `tabSales Order` where {visible}"
	alive = f"`tab{doctype}`.sales_order in ({orders})"
	if AUDITORS.isdisjoint(frappe.get_roles(user or frappe.session.user)):
		return alive
	left = f"coalesce(`tab{doctype}`.sales_order, '') = ''"
	customers = condition_on("Customer", user) if has_customer else ""
	if customers:
		names = f"select `tabCustomer`.name from `tabCustomer` where {customers}"
		left = f"({left} and `tab{doctype}`.customer in ({names}))"
	return f"({alive} or {left})"


def stages_visible(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of Order Stage Log: the SQL condition for lists and reports."""
	return of_visible_orders("Order Stage Log", user)


def findings_visible(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of Gate Finding."""
	return of_visible_orders("Gate Finding", user, has_customer=True)


def losers_visible(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of the orders that a count takes stock from."""
	return of_visible_orders("Count Loser", user)


def orders_visible(user: str | None = None) -> str:
	"""The SQL condition on ``tabSales Order`` for what a user may read; empty for everything."""
	return condition_on("Sales Order", user)


def condition_on(doctype: str, user: str | None) -> str:
	"""The SQL condition for documents that a user may read, as Frappe's lists take it; "" for all, 1 = 0 for
	none.
	"""
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


def opens_the_app() -> bool:
	"""Whether the session's user finds anything behind the app's icon on the desk."""
	return bool(frappe.has_permission("Sales Order", "read") or frappe.has_permission("Pick List", "read"))


def may_move(order) -> bool:
	"""Whether the session's user may serve lines of a submitted order from elsewhere."""
	return may(order, "write") and may(order, "submit")


def readable_orders(names: Collection[str], user: str | None = None) -> dict[str, str]:
	"""{order: customer} of those of the orders that the user, or else the session's, may read."""
	if not names or (user and not frappe.has_permission("Sales Order", "read", user=user)):
		return {}
	filters = {"name": ("in", tuple(names))}
	# Not get_list: it asks the session's user for the DocType, also where it lists for another.
	query = DatabaseQuery("Sales Order", user=user)
	rows = query.execute(["name", "customer"], filters, limit_page_length=0, user=user)
	return {row.name: row.customer for row in rows}


def readable_warehouses(names: Collection[str]) -> set[str]:
	"""Those of the warehouses that the session's user may read."""
	if not names:
		return set()
	rows = frappe.get_list("Warehouse", {"name": ("in", tuple(names))}, ["name"], limit_page_length=0)
	return {row.name for row in rows}


def permitted(doctype: str, names: Collection[str]) -> set[str]:
	"""Those of these documents of companies that are the session user's, for whom a role of the flow stands
	in for a right on the DocType: User Permissions count even where no role reads it.
	"""
	if not names:
		return set()
	filters = {"name": ("in", tuple(names))}
	if frappe.has_permission(doctype, "read"):
		return set(frappe.get_list(doctype, filters, pluck="name", limit_page_length=0))
	restricted = get_user_permissions(frappe.session.user)
	companies, own = (
		set(get_allowed_docs_for_doctype(restricted.get(kind, []), doctype)) for kind in ("Company", doctype)
	)
	rows = frappe.get_all(doctype, filters, ["name", "company"])
	return {
		row.name
		for row in rows
		if (not companies or row.company in companies) and (not own or row.name in own)
	}
