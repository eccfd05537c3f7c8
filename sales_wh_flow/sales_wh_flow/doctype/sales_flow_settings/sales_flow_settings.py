from frappe.model.document import Document


class SalesFlowSettings(Document):
	pass
