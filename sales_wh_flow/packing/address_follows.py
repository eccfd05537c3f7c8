"""Boxes go where their order goes: those still here follow another address, or keep the order from it."""

import frappe

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.packing.store import boxes as store
from sales_wh_flow.packing.store import measures


def follow_address(order) -> None:
	"""Before a submitted order is saved with another shipping address. Boxes that have left keep theirs.

	Raises: ValidationError naming the boxes that say the address of before to somebody else.
	"""
	before = order.get_doc_before_save()
	if not before or (before.shipping_address_name or "") == (order.shipping_address_name or ""):
		return
	mine = measures.boxes_here(order.name)
	held = store.hold_boxes(mine)
	stuck = tuple(name for name, box in held.items() if mine[name] or _is_told(box))
	if stuck:
		refuse(RuleViolation("boxes_are_addressed", boxes=stuck))
	if held:
		text = measures.plain_address(_address_of(order))
		store.set_on_boxes(held, {"ship_to": order.shipping_address_name or None, "ship_to_text": text})


def _is_told(box: store.BoxRow) -> bool:
	return bool(box.label_made_on or box.label_asked_on or box.handover or box.document or box.parent_box)


def _address_of(order) -> str:
	"""As the order's form writes it; who changes an order by a program leaves the old text on it."""
	name = order.shipping_address_name
	return (frappe.get_doc("Address", name).get_display() if name else order.address_display) or ""
