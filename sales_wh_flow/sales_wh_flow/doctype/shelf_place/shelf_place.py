from frappe.model.document import Document


class ShelfPlace(Document):
	"""Where an item lies in a warehouse: a sort key for the walk, no stock of its own."""
