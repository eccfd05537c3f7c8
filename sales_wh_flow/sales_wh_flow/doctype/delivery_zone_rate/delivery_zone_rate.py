from frappe.model.document import Document


class DeliveryZoneRate(Document):
	pass
