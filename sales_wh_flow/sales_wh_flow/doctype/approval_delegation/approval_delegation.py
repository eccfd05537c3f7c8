from frappe.model.document import Document


class ApprovalDelegation(Document):
	pass
