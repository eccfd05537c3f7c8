"""Who comes in with an approval's name: what its order lets them do."""

import frappe
from frappe import _

from sales_wh_flow.approval.store import requests


def order_to_decide(approval: str) -> str:
	"""The approval's order. Raises: PermissionError, which names no order, unless the user may read it."""
	order = requests.order_of(approval)
	if not frappe.has_permission("Sales Order", "read", doc=order):
		approval = frappe.bold(frappe.utils.escape_html(approval))
		frappe.throw(_("You may not see what {0} is about.").format(approval), frappe.PermissionError)
	return order


def order_to_change(approval: str) -> str:
	order = order_to_decide(approval)
	frappe.get_doc("Sales Order", order).check_permission("write")
	return order
