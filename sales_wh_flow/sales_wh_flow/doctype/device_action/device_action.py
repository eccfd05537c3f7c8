from frappe.model.document import Document


class DeviceAction(Document):
	"""What a device did under a key of its own: see base/once.py."""
