"""Whether what a message tells is still so when its turn comes: it may have waited for a mail server, for a
digest, or for Messages to be switched on again.
"""

from dataclasses import dataclass

from sales_wh_flow.milestones.rules.milestones import (
	APPROVED_AND_LOCKED,
	CONFIRMED,
	DELAYED,
	DELIVERED,
	DISPATCHED,
	MAY_BE_INVOICED,
	READY,
	REFUNDED,
	REFUSED,
	RETURN_ANNOUNCED,
	RETURN_RECEIVED,
	SHORT,
)
from sales_wh_flow.order.rules import stages
from sales_wh_flow.order.rules.lateness import ON_TIME

CANCELLED, CLOSED, TAKEN_BACK = "order_was_cancelled", "order_was_closed", "taken_back"
"""Why something is not told any more."""

_ON_THE_WAY = frozenset({"Partly Dispatched", "Dispatched", "Delivered", "Completed"})
_READY = _ON_THE_WAY | {"Ready for Dispatch"}
_LOCKED = _READY | {"Locked", "Picking", "Packing"}
_UNKNOWN_STOCK = frozenset({"On Hold", "Pending Approval", "Rejected"})
"""Statuses that say nothing of whether goods are missing."""
_BEFORE_IT_LEAVES = frozenset({CONFIRMED, APPROVED_AND_LOCKED, SHORT, DELAYED, READY})
_THERE = frozenset({stages.TO_INVOICE.name, stages.TO_COLLECT.name, stages.ENDED.name})

PAPERS = {
	DISPATCHED: ("Order Box", "Delivery Note"),
	DELIVERED: ("Order Box", "Delivery Note"),
	REFUSED: ("Order Box",),
	RETURN_ANNOUNCED: ("Return Case",),
	RETURN_RECEIVED: ("Delivery Note",),
	REFUNDED: ("Sales Invoice",),
}
"""The documents that a milestone may rest on."""

_NOT_LEFT = frozenset({"Open", "Cancelled"})
_NOT_THERE = frozenset({"Delivery Failed", "Refused", "Returning", "Returned", "Lost"})
_REFUSED_BOX = frozenset({"Partly Accepted", "Refused", "Returning", "Returned"})


@dataclass(frozen=True, slots=True)
class OrderNow:
	"""An order as it is. ``flow_status``, ``stage``: "" while the flow is off. ``lateness``: "" where nobody
	judges it. ``may_be_invoiced``: None where nobody asks.
	"""

	docstatus: int
	status: str
	flow_status: str = ""
	stage: str = ""
	lateness: str = ""
	may_be_invoiced: bool | None = None


@dataclass(frozen=True, slots=True)
class PaperNow:
	"""A box or a document as it is. ``state``: of boxes and Return Cases; ``is_delivered``: a note."""

	doctype: str
	docstatus: int = 0
	state: str = ""
	is_delivered: bool = False


def why_untrue(milestone: str, order: OrderNow, papers: tuple[PaperNow, ...] = ()) -> str:
	"""CANCELLED, CLOSED or TAKEN_BACK; "" where it is still so. ``papers``: those the message names that are
	there.
	"""
	if order.docstatus == 2:
		return CANCELLED
	if milestone in _BEFORE_IT_LEAVES and order.docstatus == 0:
		return TAKEN_BACK
	if milestone in _BEFORE_IT_LEAVES and order.status == "Closed":
		return CLOSED
	has_note = any(it.doctype == "Delivery Note" and it.docstatus == 1 for it in papers)
	is_so = _is_so(milestone, order) and all(_stands(milestone, paper, has_note) for paper in papers)
	return "" if is_so else TAKEN_BACK


def _is_so(milestone: str, order: OrderNow) -> bool:
	"""By the order itself. One that has gone on since is told: it has been there."""
	if milestone == MAY_BE_INVOICED:
		return order.may_be_invoiced is not False
	if milestone == DELAYED:
		return order.lateness != ON_TIME and order.stage not in _THERE
	if not order.flow_status:
		return True
	if milestone == APPROVED_AND_LOCKED:
		return order.flow_status in _LOCKED
	if milestone == READY:
		return order.flow_status in _READY
	if milestone == SHORT:
		return order.stage == stages.WAITING.name or order.flow_status in _UNKNOWN_STOCK
	return True


def _stands(milestone: str, paper: PaperNow, has_note: bool) -> bool:
	"""``has_note``: its submitted note is among the papers. A closed box leaves with that where no hand-over
	says so.
	"""
	if paper.doctype == "Return Case":
		return paper.state == "Open"
	if paper.doctype != "Order Box":
		return paper.docstatus == 1 and (milestone != DELIVERED or paper.is_delivered)
	if milestone == REFUSED:
		return paper.state in _REFUSED_BOX
	if paper.state == "Closed":
		return has_note
	return paper.state not in _NOT_LEFT and (milestone != DELIVERED or paper.state not in _NOT_THERE)
