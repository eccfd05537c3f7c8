"""Whether a user permission on warehouses hides an order for each line that lies elsewhere.

ERPNext hides a whole order from whoever is not permitted the warehouse of every line. Property setters of the
app's own make it look away; `order.permissions.order_from_its_warehouses` looks instead.
"""

import frappe

from sales_wh_flow.setup.custom_fields import MODULE

FIELDS = (
	("Sales Order", "set_warehouse"),
	("Sales Order Item", "warehouse"),
	("Sales Order Item", "target_warehouse"),
	("Packed Item", "warehouse"),
	("Packed Item", "target_warehouse"),
)
_PROPERTY = "ignore_user_permissions"


def apply_sight(seen_from_each: bool) -> None:
	"""Make or take away the property setters; those an admin made stay as they are. Safe to repeat."""
	for doctype, field in FIELDS:
		key = {"doc_type": doctype, "field_name": field, "property": _PROPERTY}
		if seen_from_each and not frappe.db.exists("Property Setter", key):
			doc = frappe.get_doc(
				{
					"doctype": "Property Setter",
					"doctype_or_field": "DocField",
					"property_type": "Check",
					"value": "1",
					"module": MODULE,
					"is_system_generated": 1,
					**key,
				}
			)
			doc.insert(ignore_permissions=True)  # whoever may change the settings may change what they mean
		elif not seen_from_each:
			frappe.db.delete("Property Setter", {**key, "module": MODULE})
		frappe.clear_cache(doctype=doctype)
