from frappe.model.document import Document


class OwedWork(Document):
	pass
