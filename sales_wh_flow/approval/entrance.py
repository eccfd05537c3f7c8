"""Who comes in with an approval's name: what its order, or its Quotation, lets them do."""

import frappe

from sales_wh_flow.approval import subject
from sales_wh_flow.approval.subject import Subject
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse


def order_to_decide(approval: str) -> Subject:
	"""What the approval is about. Raises: PermissionError, which does not name it, unless the user may read
	it.
	"""
	about = subject.subject_of_approval(approval)
	if not frappe.has_permission(about.doctype, "read", doc=about.name):
		refuse(RuleViolation("subject_is_hidden", approval=approval))
	return about


def order_to_change(approval: str) -> Subject:
	"""What an approval is about, for who may write it. Raises: PermissionError."""
	about = order_to_decide(approval)
	frappe.get_doc(about.doctype, about.name).check_permission("write")
	return about
