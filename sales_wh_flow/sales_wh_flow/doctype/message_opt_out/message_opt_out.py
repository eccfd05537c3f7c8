from frappe.model.document import Document


class MessageOptOut(Document):
	"""What a customer does not want to be told."""
