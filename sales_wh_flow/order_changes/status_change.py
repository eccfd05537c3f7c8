"""ERPNext puts an order on hold, closes or re-opens it with a bare write of its status: only `on_change`
tells.
"""

from sales_wh_flow.approval import judge_change
from sales_wh_flow.approval.store import requests
from sales_wh_flow.base.alongside import alongside
from sales_wh_flow.order import refresh_status
from sales_wh_flow.order.rules.held_statuses import NO_DEMAND
from sales_wh_flow.stock_lock import release


def follow_supplier(doc) -> None:
	"""ERPNext writes what a supplier has sent to the customer without a save; the flow status follows."""
	if doc.docstatus.is_submitted() and any(row.delivered_by_supplier for row in doc.items):
		refresh_status.refresh_order(doc.name)


def follow_status(doc) -> str:
	"""Give back or lock again what the new status asks for, and refresh the flow status. Returns the new
	status, empty when there is none."""
	before = doc.get_doc_before_save()
	seen = alongside(doc).seen_status or (before and before.status)
	if not doc.docstatus.is_submitted() or seen == doc.status or not {seen, doc.status} & {*NO_DEMAND}:
		return ""
	alongside(doc).seen_status = doc.status
	if doc.status not in NO_DEMAND:
		judge_change.reopened(doc)
	release.after_status_change(doc, lambda: bool(requests.held_orders([doc.name])))
	refresh_status.refresh_order(doc.name)
	return doc.status
