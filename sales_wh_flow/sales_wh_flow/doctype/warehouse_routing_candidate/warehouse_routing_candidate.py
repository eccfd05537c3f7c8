from frappe.model.document import Document


class WarehouseRoutingCandidate(Document):
	pass
