"""What a message is about, as it is when its turn comes: locking reads, past what this transaction saw."""

from datetime import date

import frappe

from sales_wh_flow.milestones.rules.still_true import OrderNow, PaperNow

_COLUMNS = {
	"Order Box": "0, state, 0",
	"Delivery Note": "docstatus, '', swf_delivered_on is not null",
	"Sales Invoice": "docstatus, '', 0",
	"Return Case": "0, state, 0",
}


def order_now(name: str, is_judged: bool) -> tuple[OrderNow, date | None] | None:
	"""(the order, the day it is expected on), locked; None when it is gone. ``is_judged``: whether its
	lateness and forecast are kept up to date.
	"""
	rows = frappe.db.sql(
		"""select docstatus, coalesce(status, ''), coalesce(swf_flow_status, ''), coalesce(swf_stage, ''),
			coalesce(swf_lateness, ''), coalesce(swf_forecast_on, swf_forecast_ships_on)
		from `tabSales Order` force index (primary) where name = %s for update""",
		name,
	)
	if not rows:
		return None
	docstatus, status, flow_status, stage, lateness, expected = rows[0]
	lateness, expected = (lateness, expected) if is_judged else ("", None)
	return OrderNow(docstatus, status, flow_status, stage, lateness), expected


def may_be_invoiced(order: str) -> bool | None:
	"""What Billing says of an order; None where it says nothing."""
	rows = frappe.db.sql(
		"select may_be_invoiced from `tabOrder Money` where name = %s lock in share mode", order
	)
	return bool(rows[0][0]) if rows else None


def paper_now(doctype: str, name: str) -> PaperNow | None:
	"""A box or document, locked against change; None when there is none of that name."""
	rows = frappe.db.sql(
		f"select {_COLUMNS[doctype]} from `tab{doctype}` where name = %s lock in share mode", name
	)
	return PaperNow(doctype, rows[0][0], rows[0][1] or "", bool(rows[0][2])) if rows else None
