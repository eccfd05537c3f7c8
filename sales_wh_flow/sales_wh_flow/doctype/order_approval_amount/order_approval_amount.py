from frappe.model.document import Document


class OrderApprovalAmount(Document):
	"""A rule's threshold for companies of another currency."""
