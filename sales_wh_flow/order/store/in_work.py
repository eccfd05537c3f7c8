"""Orders that are not finished, found by the index on their status: years of finished ones are not read.

A list of what is left out (closed, on hold, completed) would read the whole table.
"""

import frappe

from sales_wh_flow.order.rules.held_statuses import NO_DEMAND, OVER

FINISHED = {*NO_DEMAND, *OVER, "Cancelled"}
"""Not drafts: ERPNext leaves an order that is inserted as submitted in the status of one."""


FROM = "`tabSales Order` so force index (primary, swf_in_work)"
"""Orders as ``so``: by name or by status, never all of them."""


def statuses() -> str:
	"""ERPNext's statuses of orders that are worked on, as an SQL list of texts; some of these are drafts."""
	options = frappe.get_meta("Sales Order").get_field("status").options or ""
	known = [status for status in options.split("\n") if status and status not in FINISHED]
	return "(" + ", ".join(frappe.db.escape(status) for status in known) + ")"
