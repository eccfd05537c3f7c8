from frappe.model.document import Document


class WarehouseRoutingRule(Document):
	pass
