from frappe.model.document import Document


class CountLoser(Document):
	pass
