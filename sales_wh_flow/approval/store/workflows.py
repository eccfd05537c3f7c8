"""A company's own Workflow on Sales Order: it owns the submit, and its roles take the steps."""

import frappe
from frappe.model.document import Document
from frappe.model.workflow import get_workflow_name

from sales_wh_flow.approval.store import requests


def active(doctype: str = "Sales Order") -> str | None:
	"""The Workflow that such documents follow now, if there is one."""
	return get_workflow_name(doctype) or None


def workflow_state(order: Document) -> str:
	"""Where the order stands in its Workflow; empty without one."""
	name = active()
	field = frappe.get_cached_value("Workflow", name, "workflow_state_field") if name else None
	return (order.get(field) or "") if field else ""


def next_takers(order: Document) -> list[tuple[str, str]]:
	"""(user, full name) of those who have a role for a next step from where the order stands."""
	name = active()
	if not name:
		return []
	here = workflow_state(order)
	steps = frappe.get_cached_doc("Workflow", name).transitions
	found: dict[str, str] = {}
	for role in sorted({step.allowed for step in steps if step.state == here}):
		found.update(requests.users_with_role(role))
	return sorted(found.items())
