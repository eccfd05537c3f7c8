"""Boxes go where their order goes: those still here follow another address, or keep the order from it, and
say an address as it is corrected.
"""

import frappe
from frappe import _

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.packing.rules import states
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


def follow_corrected(address) -> None:
	"""After an address was corrected: boxes that go there and are still here say so. Those that a courier's
	label or a hand-over names keep what it says; who corrects it is told which.
	"""
	before, going = address.get_doc_before_save(), measures.boxes_going_to(address.name)
	text = measures.plain_address(address.get_display()) if before and going else ""
	if not text or text == measures.plain_address(before.get_display()):
		return
	held = store.hold_boxes(going)
	here = {name: box for name, box in held.items() if box.state in states.IN_THE_HOUSE}
	named = [name for name, box in here.items() if _is_named(box)]
	if follow := here.keys() - named:
		store.set_on_boxes(follow, {"ship_to_text": text})
	_tell(named)


def _tell(named: list[str]) -> None:
	"""Whoever may see the boxes; others could do nothing about them."""
	if not (named and frappe.has_permission("Order Box", "read")):
		return
	seen = frappe.get_list("Order Box", {"name": ("in", named)}, pluck="name", order_by="name")
	if seen:
		words = _("{0} keep the address that a courier's label or a hand-over says already.")
		frappe.msgprint(words.format(", ".join(seen)), title=_("Addressed Already"), indicator="orange")


def _is_named(box: store.BoxRow) -> bool:
	return bool(box.label_made_on or box.label_asked_on or box.handover)


def _is_told(box: store.BoxRow) -> bool:
	return bool(_is_named(box) or box.document or box.parent_box)


def _address_of(order) -> str:
	"""As the order's form writes it; who changes an order by a program leaves the old text on it."""
	name = order.shipping_address_name
	return (frappe.get_doc("Address", name).get_display() if name else order.address_display) or ""
