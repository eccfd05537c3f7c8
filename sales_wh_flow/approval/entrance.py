"""Who comes in with an approval's name: what its order, or its Quotation, lets them do."""

import frappe
from frappe import _

from sales_wh_flow.approval import subject
from sales_wh_flow.approval.subject import Subject


def order_to_decide(approval: str) -> Subject:
	"""What the approval is about. Raises: PermissionError, which does not name it, unless the user may read
	it.
	"""
	about = subject.subject_of_approval(approval)
	if not frappe.has_permission(about.doctype, "read", doc=about.name):
		approval = frappe.bold(frappe.utils.escape_html(approval))
		frappe.throw(_("You may not see what {0} is about.").format(approval), frappe.PermissionError)
	return about


def order_to_change(approval: str) -> Subject:
	"""What an approval is about, for who may write it. Raises: PermissionError."""
	about = order_to_decide(approval)
	frappe.get_doc(about.doctype, about.name).check_permission("write")
	return about
