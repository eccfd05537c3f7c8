"""ToDos of approvers: one for each who is asked, closed as soon as there is nothing left to decide."""

from collections.abc import Iterable

import frappe


def assign(approval, users: Iterable[str], subject: str) -> None:
	"""A ToDo for each user who has no open one for this approval."""
	busy = set(frappe.get_all("ToDo", _open(approval.name), pluck="allocated_to"))
	for user in users:
		if user in busy:
			continue
		todo = frappe.get_doc(
			{
				"doctype": "ToDo",
				"allocated_to": user,
				"assigned_by": frappe.session.user,
				"reference_type": "Order Approval",
				"reference_name": approval.name,
				"description": subject,
				"date": approval.due_on,
			}
		)
		todo.flags.ignore_permissions = True  # asking is the flow's; the author needs no right to assign
		todo.insert()


def close(*approvals: str) -> None:
	"""Nobody has to do anything about these any more."""
	if not approvals:
		return
	for name in frappe.get_all("ToDo", _open(("in", approvals)), pluck="name"):
		todo = frappe.get_doc("ToDo", name)
		todo.status = "Closed"
		todo.flags.ignore_permissions = True  # whoever decided closes the others' ToDos as well
		todo.save()


def delete(approvals: Iterable[str]) -> None:
	"""The approvals are deleted with their order."""
	names = tuple(approvals)
	if names:
		frappe.db.sql(
			"delete from `tabToDo` where reference_type = 'Order Approval' and reference_name in %s", (names,)
		)


def _open(reference) -> dict:
	return {"reference_type": "Order Approval", "reference_name": reference, "status": "Open"}
