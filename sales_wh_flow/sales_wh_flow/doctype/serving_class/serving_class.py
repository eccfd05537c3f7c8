from frappe.model.document import Document


class ServingClass(Document):
	pass
