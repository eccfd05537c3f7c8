from frappe.model.document import Document


class ShortagePolicy(Document):
	pass
