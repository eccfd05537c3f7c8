"""What the desk may call to change a submitted order."""

import frappe

from sales_wh_flow.base import border, retry, sent_quantities
from sales_wh_flow.order_changes import update_items as edit_items


@frappe.whitelist(methods=["POST"])
@border.checked(trans_items=border.records())
def update_items(
	parent_doctype: str, trans_items: str | list, parent_doctype_name: str, child_docname: str = "items"
) -> None:
	"""ERPNext's Update Items, which hooks.py sends here; of a Sales Order under its locks. ERPNext checks the
	rights.
	"""

	native = edit_items.native(
		parent_doctype, frappe.as_json(trans_items), parent_doctype_name, child_docname
	)
	if parent_doctype != "Sales Order":
		return native()
	frappe.get_doc(parent_doctype, parent_doctype_name).check_permission("write")
	sent_quantities.check_rows_sent_alone("Sales Order Item", trans_items)
	return retry.from_a_fresh_transaction(lambda: edit_items.update(parent_doctype_name, trans_items, native))
