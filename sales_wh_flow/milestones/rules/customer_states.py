"""An order's and a box's state as a customer is told it: who approves, what is locked and what is short are
nobody's business outside.
"""

from collections.abc import Mapping

from sales_wh_flow.base.quantities import is_whole, rounded

_OF_FLOW = {
	"Picking": "Being Prepared",
	"Packing": "Being Prepared",
	"Ready for Dispatch": "Ready to Leave",
	"Partly Dispatched": "Partly on Its Way",
	"Dispatched": "On Its Way",
	"Delivered": "Delivered",
	"Completed": "Delivered",
}

BOX_STATES = {
	"Handed Over": "On Its Way",
	"In Transit": "On Its Way",
	"Out for Delivery": "Out for Delivery",
	"Ready for Pickup": "Ready for Pickup",
	"Delivered": "Delivered",
	"Partly Accepted": "Delivered in Part",
	"Refused": "Not Accepted",
	"Delivery Failed": "Could Not Be Delivered",
	"Returning": "On Its Way Back",
	"Returned": "Back With Us",
	"Lost": "Being Looked For",
}

_OTHER = ("Cancelled", "Closed", "Order Received", "Not Confirmed Yet")

STATES = frozenset((*_OF_FLOW.values(), *BOX_STATES.values(), *_OTHER))
"""All that a customer may read, in English."""


def customer_state(docstatus: int, status: str, flow_status: str) -> str:
	"""``status``: ERPNext's own, which speaks where the flow says nothing."""
	if docstatus == 2:
		return "Cancelled"
	if docstatus == 0:
		return "Not Confirmed Yet"
	if flow_status in _OF_FLOW:
		return _OF_FLOW[flow_status]
	if status == "Closed":
		return "Closed"
	return "Delivered" if status in ("Completed", "To Bill") and not flow_status else "Order Received"


def qty_left(row: Mapping) -> float:
	"""How much of a line has left. What came back had left before: ERPNext takes it off what is delivered.
	What is replaced leaves again.
	"""
	return max(
		min(rounded(row["delivered_qty"] + row["returned_qty"] - row["replaced_qty"]), row["qty"]), 0.0
	)


def as_ordered(qty: float, uom: str, order_uom: str | None, factor: float | None) -> tuple[float, str]:
	"""A quantity of the stock unit in the one it was ordered in, where that is whole. ``factor``: how many of
	the stock unit are one of those.
	"""
	if not order_uom or not factor or not is_whole(qty / factor):
		return qty, uom
	return rounded(qty / factor), order_uom
