"""Who may see the figures in an approval's reason: what a customer owes and may owe, what goods cost.

As the documents let it that say so. Whoever may not sees which rule asks, and that it waits. Stored reasons
are whole; they are cut when they are shown.
"""

from collections.abc import Iterable

import frappe

from sales_wh_flow.approval import permissions as approval_permissions
from sales_wh_flow.approval import sayings
from sales_wh_flow.approval.rules.criteria import CREDIT_EXPOSURE, MARGIN, OVERDUE
from sales_wh_flow.approval.store import figures as approval_figures
from sales_wh_flow.base import said
from sales_wh_flow.base.may import may_read_field

CREDIT = frozenset({CREDIT_EXPOSURE, OVERDUE})
COST = frozenset({MARGIN})


def may_see_costs(user: str | None = None) -> bool:
	"""Whether a user may see ERPNext's own gross profit of an order's rows."""
	return may_read_field("Sales Order Item", "gross_profit", user, parent="Sales Order")


def kept_criteria(order, criteria: Iterable[str], user: str | None = None) -> frozenset[str]:
	"""Those of the criteria whose figures about this order are kept from a user."""
	asked = set(criteria)
	found = set()
	if asked & CREDIT and not approval_permissions.may_see_credit(order, user):
		found |= CREDIT
	if asked & COST and not may_see_costs(user):
		found |= COST
	return frozenset(found)


def shown_reason(criterion: str, stored: str | None, kept_ones: Iterable[str]) -> str:
	"""A stored reason in words, or that its figures are not for this reader; plain text."""
	return without_figures(criterion) if criterion in kept_ones else said.worded(stored)


def public(criterion: str, stored: str | None) -> str:
	"""What the order's timeline keeps, which everybody reads who reads the order: the reason, or that it has
	figures.
	"""
	return _figures_are_kept(criterion) if criterion in CREDIT | COST else stored or ""


def without_figures(criterion: str) -> str:
	"""Said in place of a reason whose figures the reader may not see; in words."""
	return said.worded(_figures_are_kept(criterion))


def _figures_are_kept(criterion: str) -> said.Kept:
	words = sayings.costs_are_kept if criterion in COST else sayings.debts_are_kept
	return said.keep(words, criterion=criterion)


def word_visible_reasons(rows: Iterable, *figures: str) -> None:
	"""Word the ``reason`` of rows of many orders, as far as the session's user may see it; where not,
	``figures`` become None. A row has ``criterion``, ``customer``, and ``is_mine`` where the user is
	asked or decided.

	Statements: one, and none where no row has anything to keep.
	"""
	rows = list(rows)
	said.word_rows(rows, "reason")
	costs = may_see_costs()
	meant = [row for row in rows if row.criterion in COST or (row.criterion in CREDIT and not row.is_mine)]
	customers = {row.customer for row in meant if row.criterion in CREDIT}
	readable = _readable_customers(customers)
	for row in meant:
		if not (costs if row.criterion in COST else row.customer in readable):
			row.reason = without_figures(row.criterion)
			row.update(dict.fromkeys(figures))


def _readable_customers(names: set[str]) -> set[str]:
	"""Those of the customers whose debts the session's user may read."""
	if not names or not _reads_debts():
		return set()
	filters = {"name": ("in", tuple(names))}
	return set(frappe.get_list("Customer", filters, pluck="name", limit_page_length=0))


def order_approval(doc, ptype: str | None = "read", user: str | None = None, debug: bool = False) -> bool:
	"""Hook has_permission of Order Approval: as its order, and only who may see its figures opens it."""
	if not approval_permissions.of_its_subject(doc, ptype, user, debug):
		return False
	criterion = frappe.db.get_value("Order Approval", doc.name, "criterion") if doc.name else ""
	if criterion in COST:
		return may_see_costs(user)
	if criterion not in CREDIT:
		return True
	return approval_figures.fits(doc.name, approvals_with_visible_figures(user))


def approvals_with_visible_figures(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of Order Approval: the SQL condition for lists and reports."""
	user = user or frappe.session.user
	parts = [approval_permissions.order_approvals_visible(user)]
	if not may_see_costs(user):
		parts.append(approval_figures.without(COST))
	if not _reads_debts(user):
		parts.append(approval_figures.unless_involved(CREDIT, user))
	return " and ".join(f"({part})" for part in parts if part)


def approval_rows_visible(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of the rows of Order Approvals, which can be listed by themselves, and
	say figures as well: who made the order worse, and how.
	"""
	visible = approvals_with_visible_figures(user)
	return approval_figures.rows_whose_approval(doctype, visible) if visible else ""


def _reads_debts(user: str | None = None) -> bool:
	return all(frappe.has_permission(doctype, "read", user=user) for doctype in ("Sales Invoice", "Customer"))
