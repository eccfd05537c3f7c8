"""Who may see what couriers said, and who may write numbers and couriers on boxes."""

from collections.abc import Iterable

import frappe
from frappe import _

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.order.permissions import READING, condition_on, stored_values
from sales_wh_flow.packing.permissions import WAREHOUSE_ROLES, own_places

WITHOUT_A_BOX = frozenset({"Stock Manager", "System Manager"})
"""Who reads what came for numbers that are on no box."""


def courier_event(doc, ptype: str | None = "read", user: str | None = None, debug: bool = False) -> bool:
	"""Hook has_permission of Courier Event: who may read the box; nobody does anything but read."""
	if ptype not in READING:
		return False
	(box,) = stored_values(doc, "box")
	if not box:
		return not WITHOUT_A_BOX.isdisjoint(frappe.get_roles(user or frappe.session.user))
	return bool(frappe.has_permission("Order Box", "read", doc=box, user=user))


def courier_events_visible(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of Courier Event: the same for lists and reports."""
	visible = condition_on("Order Box", user)
	sees_all = not WITHOUT_A_BOX.isdisjoint(frappe.get_roles(user or frappe.session.user))
	without = "coalesce(`tabCourier Event`.box, '') = ''"
	if not visible:
		return "" if sees_all else f"not ({without})"
	boxes = f"`tabCourier Event`.box in (select `tabOrder Box`.name from `tabOrder Box` where {visible})"
	return f"({boxes} or {without})" if sees_all else boxes


def label_of_its_box(doc, ptype: str | None = "read", user: str | None = None, debug: bool = False) -> bool:
	"""Hook has_permission of Courier Label: who may read the box; nobody does anything but read."""
	if ptype not in READING:
		return False
	boxes = {*stored_values(doc, "box"), doc.get("box")} - {None, ""}
	return all(frappe.has_permission("Order Box", "read", doc=box, user=user) for box in boxes)


def labels_visible(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of Courier Label: the same for lists and reports."""
	visible = condition_on("Order Box", user)
	names = "select `tabOrder Box`.name from `tabOrder Box`"
	return f"`tabCourier Label`.box in ({names} where {visible})" if visible else ""


def check_sender() -> None:
	"""Raises: PermissionError unless the session's user hands goods to couriers."""
	if WAREHOUSE_ROLES.isdisjoint(frappe.get_roles()):
		refuse(RuleViolation("no_sender", roles=[_(role) for role in sorted(WAREHOUSE_ROLES)]))


def check_places(boxes: Iterable) -> None:
	"""Raises: PermissionError for a box of a warehouse that a User Permission keeps from the session's user.

	ERPNext's Shipment has no warehouse of its own: who may write it would say what became of any parcel.
	"""
	found = list(boxes)
	own = own_places(box.warehouse for box in found)
	refuse(RuleViolation("parcel_of_elsewhere", box=box.name) for box in found if box.warehouse not in own)
