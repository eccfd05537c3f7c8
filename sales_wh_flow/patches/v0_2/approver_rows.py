"""A rule's role becomes the first row of its approvers; open approvals ask the role they asked before.

May run again: rules and approvals that have rows are left alone.
"""

import frappe

from sales_wh_flow.approval.store import asked_people


def execute():
	if frappe.db.has_column("Order Approval Rule", "approver_role"):
		asked_people.take_over_roles_of_rules()
	asked_people.take_over_roles_of_open_approvals()
