from frappe.model.document import Document


class ReturnCaseDocument(Document):
	pass
