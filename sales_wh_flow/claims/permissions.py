"""Who sees claims: whoever may read the box that they are about."""

import frappe

from sales_wh_flow.base.compat import NO_OPINION
from sales_wh_flow.order.permissions import condition_on, stored_values


def claim_of_its_box(doc, ptype: str | None = "read", user: str | None = None, debug: bool = False):
	"""Hook has_permission of Courier Claim: as its box may be read, the stored one and the named one."""
	boxes = {*stored_values(doc, "box"), doc.get("box")} - {None, ""}
	for box in boxes:
		if not frappe.has_permission("Order Box", "read", doc=box, user=user):
			return False
	return NO_OPINION


def claims_visible(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of Courier Claim."""
	boxes = condition_on("Order Box", user)
	names = "select `tabOrder Box`.name from `tabOrder Box`"
	return f"`tabCourier Claim`.box in ({names} where {boxes})" if boxes else ""
