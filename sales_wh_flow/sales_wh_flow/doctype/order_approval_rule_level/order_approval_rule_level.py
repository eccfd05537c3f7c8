from frappe.model.document import Document


class OrderApprovalRuleLevel(Document):
	pass
