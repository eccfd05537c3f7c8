from frappe.model.document import Document


class OrderApprovalDecision(Document):
	pass
