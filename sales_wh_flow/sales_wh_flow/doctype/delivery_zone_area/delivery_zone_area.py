from frappe.model.document import Document


class DeliveryZoneArea(Document):
	pass
