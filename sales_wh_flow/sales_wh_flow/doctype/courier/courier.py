from frappe.model.document import Document


class Courier(Document):
	pass
