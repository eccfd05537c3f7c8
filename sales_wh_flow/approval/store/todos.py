"""ToDos of approvers: one for each who is asked, closed as soon as there is nothing left to decide."""

from collections.abc import Iterable
from typing import Any

import frappe
from frappe.model.document import Document

from sales_wh_flow.base import reader, said


def assign_todos(approval: Document, users: Iterable[str], subject: str) -> None:
	"""A ToDo for each user who has no open one for this approval, in that user's words."""
	busy = set(frappe.get_all("ToDo", _open(approval.name), pluck="allocated_to"))
	for user in users:
		if user in busy:
			continue
		with reader.reading_as(user):
			words = said.worded(subject)
		todo = frappe.get_doc(
			{
				"doctype": "ToDo",
				"allocated_to": user,
				"assigned_by": frappe.session.user,
				"reference_type": "Order Approval",
				"reference_name": approval.name,
				"description": words,
				"date": approval.due_on,
			}
		)
		todo.flags.ignore_permissions = True  # asking is the flow's; the author needs no right to assign
		todo.insert()


def close(*approvals: str) -> None:
	"""Nobody has to do anything about these any more."""
	if approvals:
		_close(_open(("in", approvals)))


def _close(filters: dict[str, Any]) -> None:
	"""Two statements; Frappe's own list of who is assigned to the approvals follows."""
	found = frappe.get_all("ToDo", filters, ["name", "reference_name"])
	if found:
		frappe.db.sql(
			"""update `tabToDo` force index (primary)
			set status = 'Closed', modified = %s, modified_by = %s where name in %s""",
			(frappe.utils.now(), frappe.session.user, tuple(row.name for row in found)),
		)
		frappe.db.sql(
			"""update `tabOrder Approval` force index (primary) set _assign = nullif(concat('["', (
				select group_concat(allocated_to order by name separator '", "') from `tabToDo` todo
				where todo.reference_type = 'Order Approval'
					and todo.reference_name = `tabOrder Approval`.name
					and todo.status not in ('Closed', 'Cancelled')), '"]'), '')
			where name in %s""",
			(tuple({row.reference_name for row in found}),),
		)


def dismiss(about: Any, approval: Document, users: Iterable[str]) -> None:
	"""These users have nothing to do about an approval any more: their ToDos are closed, its notifications
	read. ``about``: what the approval is about, by DocType and name.
	"""
	names = tuple(users)
	if not names:
		return
	_close({**_open(approval.name), "allocated_to": ("in", names)})
	frappe.db.sql(
		"""update `tabNotification Log` set `read` = 1 where for_user in %s and `read` = 0
			and document_type = %s and document_name = %s and locate(%s, subject) > 0""",
		(names, about.doctype, about.name, frappe.utils.escape_html(approval.rule)),
	)


def _open(reference: Any) -> dict[str, Any]:
	return {"reference_type": "Order Approval", "reference_name": reference, "status": "Open"}
