from frappe.model.document import Document


class OrderApprovalDecider(Document):
	pass
