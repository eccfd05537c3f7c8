from frappe.model.document import Document


class OrderApprovalRule(Document):
	pass
