from frappe.model.document import Document


class OrderApprovalRuleApprover(Document):
	pass
