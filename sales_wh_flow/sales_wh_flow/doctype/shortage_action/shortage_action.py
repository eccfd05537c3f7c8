from frappe.model.document import Document


class ShortageAction(Document):
	pass
