from frappe.model.document import Document


class StockLockEvent(Document):
	pass
