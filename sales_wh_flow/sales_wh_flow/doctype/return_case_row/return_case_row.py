from frappe.model.document import Document


class ReturnCaseRow(Document):
	pass
