from frappe.model.document import Document


class CourierService(Document):
	pass
