from frappe.model.document import Document


class DelayOwner(Document):
	pass
