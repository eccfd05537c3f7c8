from frappe.model.document import Document


class CourierStatusWord(Document):
	pass
