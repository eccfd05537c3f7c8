"""A Delivery Note is received once nothing of it is under way, and what was refused is back."""

from frappe.utils import now_datetime

from sales_wh_flow.delivery import follow, gate
from sales_wh_flow.delivery.store import notes


def boxes_came_back(doctype: str, name: str, is_undone: bool) -> None:
	"""Hook swf_boxes_came_back: goods of a document came back, or, ``is_undone``, do so no more. The orders
	and the boxes are locked.
	"""
	if doctype != "Delivery Note" or gate.wants_proof(name):
		return
	received_on, receiver = notes.last_received(name) or (now_datetime(), "")
	follow.stamp_notes(
		[name], received_on, receiver, may_take_back=is_undone and bool(follow.not_taken(name))
	)
