"""The one status of an order, derived from facts and never typed."""

from sales_wh_flow.base.quantities import HALF_CENT, is_less, is_positive, open_qty
from sales_wh_flow.order.rules.held_statuses import NO_DEMAND
from sales_wh_flow.order.rules.status_facts import StatusFacts

COLOURS = {
	"Draft": "gray",
	"Pending Approval": "orange",
	"Rejected": "red",
	"Approved": "light-blue",
	"Backordered": "red",
	"Partly Locked": "yellow",
	"Locked": "blue",
	"Picking": "purple",
	"Packing": "cyan",
	"Ready for Dispatch": "light-blue",
	"Partly Dispatched": "yellow",
	"Dispatched": "green",
	"Delivered": "green",
	"Completed": "green",
	"On Hold": "orange",
	"Closed": "gray",
	"Cancelled": "red",
}
"""Every flow status, in the order of an order's life, with its indicator colour."""


def derive(facts: StatusFacts) -> str:
	"""The status these facts give; one of COLOURS."""
	if facts.docstatus == 2:
		return "Cancelled"
	if facts.docstatus == 0:
		return _draft(facts)
	if facts.erpnext_status in NO_DEMAND:
		return facts.erpnext_status
	if facts.rejected_approvals or facts.open_approvals:
		return "Rejected" if facts.rejected_approvals else "Pending Approval"
	if not is_positive(facts.ordered_stock):
		return _without_goods(facts)
	if not is_less(facts.delivered_stock, facts.ordered_stock):
		return _shipped(facts)
	return _moving(facts) or _waiting(facts)


def is_in_doubt(facts: StatusFacts) -> bool:
	"""Whether these facts can be from before another document of the order was submitted: one that looks like
	a draft, or one that ERPNext has counted and the lines have not.
	"""
	has_all_left = facts.per_delivered >= 100 and is_less(facts.delivered_stock, facts.ordered_stock)
	return bool(facts.draft_pick_lists or has_all_left)


def _draft(facts: StatusFacts) -> str:
	if facts.rejected_approvals:
		return "Rejected"
	if facts.open_approvals:
		return "Pending Approval"
	return "Approved" if facts.granted_approvals else "Draft"


def _without_goods(facts: StatusFacts) -> str:
	"""Services, goods that a supplier sends, orders that are billed without a delivery: nothing leaves our
	shelves, so what ERPNext counts as delivered, and the invoice, say how far it is.
	"""
	if _is_settled(facts):
		return "Completed"
	return "Delivered" if facts.per_delivered >= 100 else "Approved"


def _is_settled(facts: StatusFacts) -> bool:
	return facts.per_billed >= 100 and not facts.unpaid_base > HALF_CENT


def _shipped(facts: StatusFacts) -> str:
	if facts.waits_for_supplier:
		return "Partly Dispatched"
	if facts.unconfirmed_deliveries:
		return "Dispatched"
	return "Completed" if _is_settled(facts) else "Delivered"


def _moving(facts: StatusFacts) -> str | None:
	"""What warehouse work says, or None when there is none."""
	if facts.draft_pick_lists:
		return "Picking"
	if facts.open_packing_slips or _waits_for_packing(facts):
		return "Packing"
	if is_positive(facts.picked_open_stock):
		return "Ready for Dispatch"
	if is_positive(facts.delivered_stock):
		return "Partly Dispatched"
	return None


def _waits_for_packing(facts: StatusFacts) -> bool:
	"""Whether something that was picked and has not left is in no closed box, where boxes count."""
	if not (facts.counts_boxes and is_positive(facts.picked_open_stock)):
		return False
	return bool(facts.open_boxes) or is_less(facts.packed_stock, facts.picked_open_stock)


def _waiting(facts: StatusFacts) -> str:
	if not is_positive(facts.locked_stock):
		return "Backordered"
	still_open = open_qty(facts.ordered_stock, facts.delivered_stock)
	return "Partly Locked" if is_less(facts.locked_stock, still_open) else "Locked"
