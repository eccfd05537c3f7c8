from frappe.model.document import Document


class OrderApproval(Document):
	pass
