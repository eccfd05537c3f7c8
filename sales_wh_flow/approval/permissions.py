"""Who may see and decide approvals. The desk hides buttons; this is what counts."""

from collections.abc import Collection, Iterable

import frappe
from frappe.permissions import get_doc_permissions

from sales_wh_flow.approval import subject
from sales_wh_flow.approval.store import requests
from sales_wh_flow.base.read_once import once
from sales_wh_flow.order.permissions import (
	READING,
	condition_on,
	of_its_order,
	of_visible_orders,
	stored_values,
)

MOST_DECIDERS = 20
"""How many of an order's possible approvers are named and told."""
MOST_LOOKED_AT = 200
"""How many users are asked for their right to read the order."""


def order_approvals_visible(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of Order Approval: the SQL condition for lists and reports."""
	orders, quotations = (
		of_visible_orders("Order Approval", user, has_customer=True),
		condition_on("Quotation", user),
	)
	if not (orders or quotations):
		return ""
	link = "coalesce(`tabOrder Approval`.quotation, '')"
	names = f"select `tabQuotation`.name from `tabQuotation` where {quotations or '1 = 1'}"
	return f"(({link} = '' and {orders or '1 = 1'}) or ({link} <> '' and {link} in ({names})))"


def of_its_subject(doc, ptype: str | None = "read", user: str | None = None, debug: bool = False) -> bool:
	"""Whether a user may read an approval: as the order, or the Quotation, that it is about."""
	(quotation,) = stored_values(doc, "quotation")
	if not (quotation and frappe.db.exists("Quotation", quotation)):
		return of_its_order(doc, ptype, user, debug)
	return ptype in READING and bool(frappe.has_permission("Quotation", "read", doc=quotation, user=user))


def gates_visible(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of Order Gate: the SQL condition for lists and reports."""
	return of_visible_orders("Order Gate", user)


def deciders(order, role: str, excluded: Collection[str]) -> list[tuple[str, str]]:
	"""(user, full name) of those who have the role, may read the order, and are not excluded."""
	return readers(order, [it for it in requests.users_with_role(role) if it[0] not in excluded])


def readers(order, people: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
	"""(user, full name) of those of the people who may read the order; the first MOST_DECIDERS by name."""
	found: list[tuple[str, str]] = []
	for user, name in sorted(people, key=lambda person: (person[1], person[0]))[:MOST_LOOKED_AT]:
		if may_read(order, user):
			found.append((user, name))
		if len(found) == MOST_DECIDERS:
			break
	return found


@once
def may_read(order, user: str) -> bool:
	"""Whether a user may read the order, or the Quotation that it is made of."""
	about = subject.document_of(order)
	return bool(frappe.has_permission(about.doctype, "read", doc=about, user=user))


def check_by_role(doc) -> None:
	"""Raises: PermissionError unless the user's roles give the right to save it: a share does not."""
	ptype = "create" if doc.is_new() else "write"
	if not (doc.flags.ignore_permissions or get_doc_permissions(doc, ptype=ptype).get(ptype)):
		doc.raise_no_permission_to(ptype)


DELEGATOR = "System Manager"
"""Who may name a substitute for anybody. Everybody else hands on what is their own to decide, and nothing
else: a manager who named somebody else's substitute would choose who decides about his orders.
"""
_READS_DELEGATIONS = frozenset({"Sales Manager", DELEGATOR})


def delegation(doc, ptype: str | None = "read", user: str | None = None, debug: bool = False) -> bool:
	"""Hook has_permission of Approval Delegation: one's own; the substitute may look at it.

	Whoever changes one needs the right on what is stored, and on what it becomes.
	"""
	user = user or frappe.session.user
	roles = frappe.get_roles(user)
	if user == "Administrator" or DELEGATOR in roles:
		return True
	from_user, to_user = stored_values(doc, "from_user", "to_user")
	if ptype in READING:
		return user in (from_user, to_user) or bool(_READS_DELEGATIONS.intersection(roles))
	return user == from_user == doc.from_user


def delegations_visible(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of Approval Delegation."""
	user = user or frappe.session.user
	if user == "Administrator" or _READS_DELEGATIONS.intersection(frappe.get_roles(user)):
		return ""
	name = frappe.db.escape(user)
	return f"(`tabApproval Delegation`.from_user = {name} or `tabApproval Delegation`.to_user = {name})"


FALLBACK_ROLES = ("Sales Manager", "System Manager")
"""Who decides when nobody whom a rule names is left, the first that anybody has."""


def fallback_role(order=None, excluded: Collection[str] = ()) -> str:
	"""The role that decides when nobody else can; with an order, one of whose users can decide about it."""
	for role in FALLBACK_ROLES:
		if deciders(order, role, excluded) if order else requests.users_with_role(role):
			return role
	return FALLBACK_ROLES[-1]


def may_see_credit(order, user: str | None = None) -> bool:
	"""Whether a user may see what an order's customer owes and may owe: as the documents let it that say so.

	Who reads the customer and invoices may, and who is asked about this order: the request is about that.
	"""
	user = user or frappe.session.user
	is_asked = requests.is_asked(order.name, user, frappe.get_roles(user))
	reads = frappe.has_permission("Sales Invoice", "read", user=user) and frappe.has_permission(
		"Customer", "read", doc=order.customer, user=user
	)
	return bool(reads or is_asked)
