from frappe.model.document import Document


class PackingCompany(Document):
	"""How one company packs: a row of Sales Flow Settings."""
