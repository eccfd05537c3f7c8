from frappe.model.document import Document


class ReturnPlace(Document):
	pass
