from frappe.model.document import Document


class ReturnCondition(Document):
	pass
