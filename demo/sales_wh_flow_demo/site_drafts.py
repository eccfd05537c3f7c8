"""Why each draft is still one: who is asked, what was refused, or that nobody submitted it."""

import frappe
from frappe.utils import cstr

from sales_wh_flow.approval.rules.needs import OPEN, REJECTED
from sales_wh_flow_demo.site_reading import approvals

MOST_TOLD = 40


def why(company: str) -> list[str]:
	"""A line a draft, with what to do next."""
	drafts = frappe.get_all(
		"Sales Order",
		{"company": company, "docstatus": 0},
		["name", "customer_name", "owner"],
		order_by="name",
	)
	lines = [
		f"{draft.name}  {cstr(draft.customer_name)[:38]:<39}{_reason(draft)}" for draft in drafts[:MOST_TOLD]
	]
	if len(drafts) > MOST_TOLD:
		lines.append(f"and {len(drafts) - MOST_TOLD:,} more")
	return lines


def _reason(draft) -> str:
	asked = approvals(draft.name)
	waiting = [f"{row.approver_role} ({row.rule})" for row in asked if row.state == OPEN]
	refused = [row.rule for row in asked if row.state == REJECTED]
	if refused:
		return f"refused: {', '.join(refused)}; {draft.owner} has to change it and ask again"
	if waiting:
		return f"waits for {', '.join(waiting)}"
	return f"owes no approval; {draft.owner} has not submitted it yet"
