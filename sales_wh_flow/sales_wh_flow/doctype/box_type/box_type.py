from frappe.model.document import Document


class BoxType(Document):
	"""A kind of box, pallet, bag or tube that goods are packed into."""
